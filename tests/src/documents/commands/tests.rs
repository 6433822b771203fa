//! Tests the command check with commands that exist and commands that don't.

use super::*;
use crate::documents::markdown::pieces;

fn facts() -> Facts {
    let command = |name: &'static str, flag: &'static str| {
        clap::Command::new(name).arg(clap::Arg::new(flag).long(flag))
    };
    let commands = [command("serve", "port"), command("logs", "follow")];
    let program = clap::Command::new("mileston-sandbox").subcommands(commands);
    let target = |kind: &str, name: &str| (kind.to_owned(), name.to_owned());
    let package = Package {
        targets: [target("bin", "one"), target("test", "wire")].into(),
        features: ["axum".to_owned()].into(),
    };
    let sandbox = Package { targets: [target("example", "endpoint")].into(), ..Package::default() };
    Facts {
        tasks: ["demo", "codegen", "codegen --check"].map(str::to_owned).into(),
        sandbox: Usage::of(program),
        generator: ["--out"].map(str::to_owned).into(),
        packages: [("one".to_owned(), package), ("mileston-sandbox".to_owned(), sandbox)].into(),
    }
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let files = ["bench/run".to_owned()].into();
    let found = problems("a.md", &pieces(text), &facts(), &files);
    let expected: Vec<String> =
        expected.iter().map(|problem| format!("a.md:1: {problem}")).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn tasks_are_recognised_by_their_whole_names() {
    check("`cargo xtask demo`, `cargo xtask codegen --check`, `cargo xtask <TASK>`", &[]);
    check("`cargo xtask tests`", &["no such task: cargo xtask tests"]);
    check("    cargo xtask codegen --chekc   # x", &["no such task: cargo xtask codegen --chekc"]);
    check("`cargo xtask demo now`", &["no such task: cargo xtask demo now"]);
}

#[test]
fn names_in_cargo_commands_must_exist() {
    check("`cargo test -p one --test wire --features axum`, `cargo fmt --all --check`", &[]);
    check("`A=1 x`\n\n    A=1 B=2 cargo test -p one --test wire", &[]);
    check("`cargo test -p two`", &["no such package: two"]);
    check("`cargo test -p one --test wires`", &["no such test: wires"]);
    check("`cargo run --bin two`", &["no such bin: two"]);
    check("`cargo tset`", &["no such command: cargo tset"]);
    let all = "`--all-features` enables `native-tls`, which needs OpenSSL's headers";
    check("`cargo clippy --all-features -- -D warnings`", &[all]);
    check("`cargo test --features one/axum,one/x`", &["no such feature: one/x"]);
}

#[test]
fn sandbox_commands_are_checked_against_the_declared_arguments() {
    check("`mileston-sandbox serve`, `serve --port 7`, `logs --follow`, `--port`, `serve`", &[]);
    check("`cargo run -p mileston-sandbox --example endpoint -- $URL`", &[]);
    check("`cargo run -p mileston-sandbox -- serv`", &["no such command: serv"]);
    check("`serve --prot`", &["`serve` has no flag --prot"]);
    check("`--prot N`", &["no command has the flag `--prot`"]);
    check("```sh\nx | mileston-sandbox logs --port 1\n```", &["`logs` has no flag --port"]);
}

#[test]
fn scripts_must_exist() {
    check("```sh\nbench/run\n./bench/run\n/bin/x\n```", &[]);
    check("    bench/walk   # y", &["no such program: `bench/walk`"]);
    check("    time target/debug/x", &["no such program: `target/debug/x`"]);
}
