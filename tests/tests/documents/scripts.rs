//! Tests that scripts find cargo's output in any target folder, and that no test or bench assumes
//! that the folder is `target`.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

use mileston_tests::compile::workspace;
use mileston_tests::metadata;

use crate::repository::{read_file, repository};

/// Runs `bench/instructions` with a fake cargo, which only prints the path of a binary, and a fake
/// valgrind, which only records that path and prints a count.
#[test]
fn the_instruction_bench_runs_the_binary_that_cargo_built() {
    let folder = metadata::target().join("tests/instructions");
    fs::create_dir_all(&folder).unwrap();
    let put = |name: &str, script: &str| {
        let path = folder.join(name);
        fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    };
    put(
        "cargo",
        r#"echo '{"reason":"compiler-artifact","executable":null}'
echo '{"reason":"compiler-artifact","executable":"'"$CARGO_TARGET_DIR"'/release/facade","fresh":true}'"#,
    );
    put("valgrind", r#"echo "$3" >> "$CALLED"; echo "==1== Collected : $((1000 * $7))""#);
    let (called, elsewhere) = (folder.join("called"), folder.join("elsewhere"));
    drop(fs::remove_file(&called));
    let path = std::env::var_os("PATH").unwrap();
    let first = std::iter::once(folder.clone());
    let path = std::env::join_paths(first.chain(std::env::split_paths(&path))).unwrap();
    let output = Command::new("bash")
        .arg(workspace().join("bench/instructions"))
        .env("PATH", path)
        .env("CARGO_TARGET_DIR", &elsewhere)
        .env("CALLED", &called)
        .output()
        .unwrap();
    let (said, error) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && said.contains("| typed | 1000 | 1.000 |"), "{said}{error}");
    let called = fs::read_to_string(called).unwrap();
    let expected = elsewhere.join("release/facade").display().to_string();
    assert!(called.lines().all(|line| line == expected), "{called}");
}

#[test]
fn nothing_assumes_where_cargo_builds() {
    let fixed = ["target/debug", "target/release", "join(\"target", "\"target/"];
    let files = repository().files.iter().filter(|name| {
        let is_code = [".rs", ".mjs", ".py", ".toml", ".md"].iter().any(|end| name.ends_with(end));
        let is_checker = name.contains("/documents/") || *name == "tools/src/workspace.rs";
        (is_code || ["bench/instructions", ".ci/run"].contains(&name.as_str())) && !is_checker
    });
    let found = files.filter(|name| fixed.iter().any(|path| read_file(name).contains(path)));
    assert_eq!(found.collect::<Vec<_>>(), Vec::<&String>::new());
}
