//! Documents cannot rot: what they quote is real, and what they point at exists.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::path::{Path, PathBuf};

use mileston_tests::compile::workspace;

/// The documents that people read.
fn documents() -> Vec<PathBuf> {
    let root = workspace();
    let mut documents: Vec<PathBuf> = [
        "README.md",
        "CONTRIBUTING.md",
        "openapi/README.md",
        "mileston-keys/README.md",
        "mileston-sandbox/README.md",
    ]
    .iter()
    .map(|name| root.join(name))
    .collect();
    for entry in std::fs::read_dir(root.join("docs")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "md") {
            documents.push(path);
        }
    }
    documents
}

#[test]
fn the_error_in_the_readme_is_the_real_one() {
    let readme = std::fs::read_to_string(workspace().join("README.md")).unwrap();
    let quoted =
        readme.split("```text\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let real = workspace().join("tests/mistakes/checkout_key_in_a_backend.stderr");
    assert!(
        std::fs::read_to_string(real).unwrap().contains(quoted),
        "not what the compiler says:\n{quoted}"
    );
}

#[test]
fn every_link_leads_somewhere() {
    let mut broken = Vec::new();
    let mut count = 0;
    for document in documents() {
        let text = std::fs::read_to_string(&document).unwrap();
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let target = target.split('#').next().unwrap_or_default();
            if target.is_empty() || target.contains("://") {
                continue;
            }
            count += 1;
            let folder = document.parent().unwrap_or(Path::new("."));
            if !folder.join(target).exists() {
                broken.push(format!("{}: {target}", document.display()));
            }
        }
    }
    assert!(broken.is_empty(), "broken links:\n{}", broken.join("\n"));
    assert!(count > 10, "no links were found: did the form of links change?");
}

#[test]
fn every_task_named_exists() {
    let mut count = 0;
    for document in documents() {
        let text = std::fs::read_to_string(&document).unwrap();
        for task in tasks(&text) {
            count += 1;
            assert!(is_known(task), "{}: no such task: cargo xtask {task}", document.display());
        }
    }
    assert!(count > 5, "hardly any task was found: did the form of commands change?");
}

/// What documents name: to the end of the line, or of what is marked as code, or to a comment.
fn tasks(text: &str) -> impl Iterator<Item = &str> {
    let rests = text.split("cargo xtask ").skip(1);
    rests.map(|rest| rest.split(['\n', '`', '#', ')']).next().unwrap_or_default().trim())
}

fn is_known(task: &str) -> bool {
    ["codegen", "codegen --check", "demo", "test", "--help", "<TASK>"].contains(&task)
}

#[test]
fn a_task_is_known_by_its_whole_name() {
    let text = "`cargo xtask codegen --check`, (cargo xtask demo)\ncargo xtask test   # all\n";
    assert_eq!(tasks(text).collect::<Vec<_>>(), ["codegen --check", "demo", "test"]);
    assert!(tasks(text).all(is_known));
    for task in ["", "tests", "codegen --chekc", "codegen --check x", "demo now", "Demo"] {
        assert!(!is_known(task), "{task}");
    }
}

#[test]
fn patterns_of_the_document_are_those_of_the_code() {
    use mileston_api::keys::pattern;
    let document = std::fs::read_to_string(workspace().join("openapi/mileston.yaml")).unwrap();
    let document = codegen::Document::parse("openapi/mileston.yaml", &document).unwrap();
    for (scheme, expected) in [
        ("normalKey", pattern::NORMAL_KEY),
        ("checkoutKey", pattern::CHECKOUT_KEY),
        ("businessId", pattern::BUSINESS_ID),
    ] {
        let found = document.get(&["components", "securitySchemes", scheme, "x-pattern"]);
        assert_eq!(found.and_then(|node| node.as_str()), Some(expected), "{scheme}");
    }
}

#[test]
fn every_file_says_what_it_is_for() {
    let mut silent = Vec::new();
    look(&workspace(), &mut silent);
    assert!(silent.is_empty(), "no `//!` on the first line:\n{}", silent.join("\n"));
}

fn look(folder: &Path, silent: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() && !["target", "generated", ".git"].contains(&name.as_str()) {
            look(&path, silent);
        } else if name.ends_with(".rs")
            && !std::fs::read_to_string(&path).unwrap().starts_with("//!")
        {
            silent.push(path.display().to_string());
        }
    }
}
