//! Tests the GitHub workflows. A test can't run the workflows, so the tests check that independent linters accept them,
//! and that the tasks, packages and files that they refer to exist.

#![allow(clippy::panic, clippy::unwrap_used, reason = "tests may panic")]

#[path = "workflows/linters.rs"]
mod linters;

use std::collections::BTreeSet;
use std::path::PathBuf;

use linters::Linters;
use mileston_tests::compile::workspace;
use mileston_tests::documents::usage;
use mileston_tests::{metadata, tools};
use serde_json::Value;

#[test]
fn linters_find_no_problems() -> Result<(), String> {
    let linters = match Linters::installed() {
        Ok(linters) => linters,
        Err(missing) => return tools::skip("the workflow linters", &missing),
    };
    for (name, mistake) in linters::MISTAKES {
        linters.check(name, &workspace()).unwrap_or_else(|said| panic!("{name}: {said}"));
        // As a control, each linter must find a mistake.
        let folder = metadata::target().join("tests/workflows").join(name);
        linters::write_mistake(&folder, mistake);
        let said = linters.check(name, &folder).unwrap_err();
        assert!(said.contains("test.yml"), "{name} must find the mistake:\n{said}");
    }
    Ok(())
}

/// Returns the workflow files with their text.
fn workflows() -> Vec<(String, String)> {
    let entries = std::fs::read_dir(workspace().join(".github/workflows")).unwrap();
    let read = |path: PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        (name, std::fs::read_to_string(path).unwrap())
    };
    entries.map(|entry| read(entry.unwrap().path())).collect()
}

fn workflow(name: &str) -> String {
    workflows().into_iter().find(|(its, _)| its == name).unwrap().1
}

#[test]
fn each_task_that_a_workflow_runs_exists() {
    let tasks = usage::tasks(xtask::HELP);
    let mut found = BTreeSet::new();
    for (name, text) in workflows() {
        for line in text.lines() {
            let Some((_, task)) = line.split_once("cargo xtask ") else { continue };
            let task = task.trim().split(" --").next().unwrap_or(task);
            assert!(tasks.contains(task), "{name}: there is no `cargo xtask {task}`");
            found.insert(task.to_owned());
        }
    }
    for task in ["bundle", "demo", "frontend", "package", "test"] {
        assert!(found.contains(task), "no workflow runs `cargo xtask {task}`");
    }
}

/// Checks that actions are pinned, because a tag could be moved to a different commit.
#[test]
fn each_action_is_pinned_to_a_commit() {
    let mut count = 0;
    for (name, text) in workflows() {
        for line in text
            .lines()
            .filter_map(|line| line.trim_start_matches([' ', '-']).strip_prefix("uses: "))
        {
            let (action, version) = line.split_once(" # v").unwrap_or((line, ""));
            let (_, commit) = action.split_once('@').unwrap_or_default();
            let is_commit = commit.len() == 40 && commit.bytes().all(|it| it.is_ascii_hexdigit());
            assert!(
                is_commit && !version.is_empty(),
                "{name}: pin the action to a full commit hash, followed by `# v` and its version: {line}"
            );
            count += 1;
        }
    }
    assert!(count > 0);
}

/// Returns the published packages of the workspace.
fn published() -> Vec<Value> {
    let members = metadata::members().unwrap();
    let all = metadata::packages(&members).iter().filter(|it| it["publish"].is_null());
    all.cloned().collect()
}

#[test]
fn the_oldest_compiler_checks_the_published_packages() {
    let text = workflow("ci.yml");
    let job = text.split("\n  msrv:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    for package in published() {
        let version = metadata::text(&package, "rust_version");
        assert!(job.contains(&format!("RUSTUP_TOOLCHAIN: \"{version}\"\n")), "{job}");
        let name = metadata::text(&package, "name");
        assert!(
            job.contains(&format!(" -p {name} ")) || job.contains(&format!(" -p {name}\n")),
            "{job}"
        );
    }
}

#[test]
fn the_release_lists_what_each_published_package_contains() {
    let text = workflow("release.yml");
    let mut count = 0;
    for line in text.lines().filter_map(|line| line.trim().strip_prefix("for folder in ")) {
        let folders: BTreeSet<&str> = line.trim_end_matches("; do").split(' ').collect();
        let expected = published().into_iter().map(|package| {
            let manifest = PathBuf::from(metadata::text(&package, "manifest_path"));
            let folder = manifest.parent().unwrap().strip_prefix(workspace()).unwrap().to_owned();
            folder.to_string_lossy().into_owned()
        });
        let expected: BTreeSet<String> = expected.collect();
        assert_eq!(folders, expected.iter().map(String::as_str).collect());
        count += 1;
    }
    assert!(count > 0);
}

#[test]
fn dependabot_checks_all_files_with_versions() {
    let text = std::fs::read_to_string(workspace().join(".github/dependabot.yml")).unwrap();
    let mut ecosystem = "";
    let mut count = 0;
    for line in text.lines() {
        if let Some((_, name)) = line.split_once("package-ecosystem: ") {
            ecosystem = name;
        }
        let Some((_, folders)) = line.split_once("directories: [") else { continue };
        let file = match ecosystem {
            "npm" => "package-lock.json",
            "pip" => "requirements.txt",
            other => panic!("add the file that has the versions of {other}"),
        };
        for folder in folders.trim_end_matches(']').split(", ") {
            let path = workspace().join(folder.trim_start_matches('/')).join(file);
            assert!(path.is_file(), "{}: no such file", path.display());
            count += 1;
        }
    }
    assert!(count > 0);
}
