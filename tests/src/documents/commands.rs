//! Checks the commands on a page: the tasks, cargo packages, cargo targets, sandbox commands and flags must exist.

use std::collections::{BTreeMap, BTreeSet};

use super::markdown::{Kind, Piece};
use super::usage::Usage;

/// Cargo subcommands that pages may use.
const CARGO: [&str; 20] = [
    "add",
    "build",
    "check",
    "clippy",
    "deny",
    "doc",
    "fetch",
    "fmt",
    "info",
    "install",
    "metadata",
    "new",
    "openapi-keys",
    "package",
    "publish",
    "run",
    "test",
    "tree",
    "update",
    "xtask",
];

/// Cargo flags that pages may name without a command.
const CARGO_FLAGS: [&str; 5] =
    ["--all-features", "--locked", "--no-default-features", "--offline", "--workspace"];

/// `wasm-opt` flags that pages recommend for frontends. The test `documents` checks that `wasm-build` uses them.
const WASM_OPT_FLAGS: [&str; 3] = [
    "--low-memory-unused",
    "--one-caller-inline-max-function-size=20",
    "--reorder-functions-by-name",
];

/// Everything that a command on a page can name.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The tasks of `cargo xtask`.
    pub tasks: BTreeSet<String>,
    /// The command line of `mileston-sandbox`.
    pub sandbox: Usage,
    /// The flags of `openapi-keys`.
    pub generator: BTreeSet<String>,
    /// The workspace's packages.
    pub packages: BTreeMap<String, Package>,
}

/// A workspace package.
#[derive(Clone, Debug, Default)]
pub struct Package {
    /// Kind (`bin`, `test`, `example`, …) and name of each target.
    pub targets: BTreeSet<(String, String)>,
    /// Its features.
    pub features: BTreeSet<String>,
}

/// Returns the problems with the commands on a page.
#[must_use]
pub fn problems(
    page: &str,
    pieces: &[Piece],
    facts: &Facts,
    files: &BTreeSet<String>,
) -> Vec<String> {
    let mut problems = Vec::new();
    let mut report = |line: usize, found: Vec<String>| {
        problems.extend(found.into_iter().map(|problem| format!("{page}:{line}: {problem}")));
    };
    for piece in pieces {
        match &piece.kind {
            Kind::Code(code) => report(piece.line, in_code(code, facts)),
            Kind::Block(info, text) if is_shell(page, info) => {
                for command in lines(text) {
                    report(piece.line, in_shell(&command, facts, files));
                }
            }
            _ => {}
        }
    }
    problems
}

/// Returns whether a block is a shell script. A block without a language counts as a script in Markdown, but not in doc
/// comments, where it is Rust.
fn is_shell(page: &str, info: &str) -> bool {
    ["sh", "bash", "console"].contains(&info) || (info.is_empty() && page.ends_with(".md"))
}

/// Returns the commands of a script. Joins continued lines, splits lines at `|`, `;` and `(`, and leaves out comments
/// at the ends of lines.
fn lines(text: &str) -> Vec<String> {
    let joined = text.replace("\\\n", " ");
    let lines = joined.lines().map(|line| line.split(" #").next().unwrap_or(line));
    let commands = lines.flat_map(|line| line.split(['|', ';', '(']).collect::<Vec<_>>());
    commands
        .map(|command| command.trim().to_owned())
        .filter(|command| !command.is_empty())
        .collect()
}

/// Returns the problems with the command in a code span. The span may be a sandbox command without the program's name,
/// or only a flag.
fn in_code(code: &str, facts: &Facts) -> Vec<String> {
    let words: Vec<&str> = code.split_whitespace().collect();
    let Some(first) = words.first() else { return Vec::new() };
    // A line of a manifest, such as `mileston-sandbox = "0.1"`, isn't a command.
    if words.get(1) == Some(&"=") {
        return Vec::new();
    }
    if first.starts_with("--") && first.len() > 2 {
        let known = CARGO_FLAGS.contains(first)
            || WASM_OPT_FLAGS.contains(first)
            || facts.sandbox.has_flag(first)
            || facts.generator.contains(*first)
            || facts.tasks.iter().any(|it| it.contains(first));
        return if known { Vec::new() } else { vec![format!("no command has the flag `{first}`")] };
    }
    if words.len() > 1 && facts.sandbox.is_command(first) && looks_like_arguments(&words[1..]) {
        return facts.sandbox.check(&words).err().into_iter().collect();
    }
    command(&words, facts)
}

fn looks_like_arguments(words: &[&str]) -> bool {
    words.iter().all(|word| !word.contains(['(', '{', '[', ':', ',']))
}

fn in_shell(text: &str, facts: &Facts, files: &BTreeSet<String>) -> Vec<String> {
    let is_assignment = |word: &&str| {
        word.split_once('=')
            .is_some_and(|(name, _)| name.chars().all(|it| it.is_ascii_uppercase() || it == '_'))
    };
    let words = text.split_whitespace().skip_while(|word| is_assignment(word) || *word == "time");
    let words: Vec<&str> = words.collect();
    let program = words.first().map_or("", |word| word.trim_start_matches("./"));
    let plain = |each: char| each.is_alphanumeric() || "._-/".contains(each);
    let is_script =
        program.contains('/') && !program.starts_with('/') && program.chars().all(plain);
    if is_script && !files.contains(program) {
        return vec![format!("no such program: `{program}`")];
    }
    command(&words, facts)
}

fn command(words: &[&str], facts: &Facts) -> Vec<String> {
    let found = match words {
        ["cargo", "xtask", task @ ..] => task_problem(&task.join(" "), facts),
        ["cargo", arguments @ ..] => return cargo(arguments, facts),
        ["mileston-sandbox"] => None,
        ["mileston-sandbox", arguments @ ..] => facts.sandbox.check(arguments).err(),
        _ => None,
    };
    found.into_iter().collect()
}

fn task_problem(task: &str, facts: &Facts) -> Option<String> {
    let known = facts.tasks.contains(task) || ["", "--help", "<TASK>"].contains(&task);
    (!known).then(|| format!("no such task: cargo xtask {task}"))
}

fn cargo(arguments: &[&str], facts: &Facts) -> Vec<String> {
    let mut problems = Vec::new();
    let end = arguments.iter().position(|word| *word == "--").unwrap_or(arguments.len());
    let (own, passed_on) = (&arguments[..end], arguments.get(end + 1..).unwrap_or_default());
    if let Some(subcommand) = own.first().filter(|it| !CARGO.contains(it) && !it.starts_with('-')) {
        problems.push(format!("no such command: cargo {subcommand}"));
    }
    if own.contains(&"--all-features") && !own.contains(&"metadata") && own.first() != Some(&"deny")
    {
        problems.push(
            "`--all-features` enables `native-tls`, which needs OpenSSL's headers".to_owned(),
        );
    }
    let value = |names: &[&str]| {
        let at = own.iter().position(|word| names.contains(word))?;
        own.get(at + 1).copied()
    };
    // `cargo install` and `cargo add` take the package as a plain argument.
    let installed = own.iter().copied().find(|word| facts.packages.contains_key(*word));
    let installed = installed.filter(|_| matches!(own.first(), Some(&("add" | "install"))));
    let name = value(&["-p", "--package"]).or(installed);
    let package = name.and_then(|name| facts.packages.get(name));
    if let (Some(name), None) = (name, package) {
        problems.push(format!("no such package: {name}"));
    }
    for kind in ["test", "bin", "example", "bench"] {
        let Some(target) = value(&[&format!("--{kind}")]) else { continue };
        let wanted = (kind.to_owned(), target.to_owned());
        let mut packages =
            facts.packages.values().filter(|it| package.is_none_or(|own| std::ptr::eq(own, *it)));
        if !packages.any(|it| it.targets.contains(&wanted)) {
            problems.push(format!("no such {kind}: {target}"));
        }
    }
    // The features of third-party packages aren't known.
    let foreign = package.is_none() && own.first() == Some(&"add");
    let list = value(&["--features", "-F"]).filter(|_| !foreign);
    problems.extend(list.into_iter().flat_map(|list| features(list, package, facts)));
    if name == Some("mileston-sandbox")
        && value(&["--example", "--test"]).is_none()
        && !passed_on.is_empty()
    {
        problems.extend(facts.sandbox.check(passed_on).err());
    }
    problems
}

fn features(list: &str, package: Option<&Package>, facts: &Facts) -> Vec<String> {
    let unknown = list.split(',').filter(|feature| match feature.split_once('/') {
        Some((name, feature)) => {
            !facts.packages.get(name).is_some_and(|package| package.features.contains(feature))
        }
        None => !package.is_some_and(|package| package.features.contains(*feature)),
    });
    unknown.map(|feature| format!("no such feature: {feature}")).collect()
}

#[cfg(test)]
mod tests;
