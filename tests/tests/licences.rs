//! Tests that all dependencies, for all features and platforms, comply with `deny.toml`, and that
//! `docs/dependencies.md` lists the direct dependencies.

#![allow(clippy::unwrap_used, reason = "tests may panic")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use mileston_tests::compile::workspace;
use mileston_tests::metadata::{packages, text, whole};
use mileston_tests::{deny, tools};
use serde_json::Value;

const PAGE: &str = "docs/dependencies.md";

fn read(name: &str) -> String {
    std::fs::read_to_string(workspace().join(name)).unwrap()
}

fn metadata() -> &'static Value {
    static METADATA: OnceLock<Value> = OnceLock::new();
    METADATA.get_or_init(|| whole().unwrap())
}

#[test]
fn all_dependencies_comply_with_deny_toml() {
    let rules: toml::Table = read("deny.toml").parse().unwrap();
    let problems = deny::problems(metadata(), &rules).unwrap();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    let count = packages(metadata()).len();
    assert!(count > 200, "only {count} crates");
    tools::say(&format!("licences: {count} crates comply with deny.toml"));
}

/// Packages that use a dependency: always, with a feature, or only in tests.
#[derive(Default)]
struct Users<'m>([BTreeSet<&'m str>; 3]);

impl Users<'_> {
    /// Returns the text for the page.
    fn said(&self) -> String {
        let names = |names: &BTreeSet<&str>| {
            names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
        };
        let [always, by_feature, tests] = &self.0;
        let tests: BTreeSet<&str> = tests.difference(always).copied().collect();
        let parts = [
            (always.is_empty(), names(always)),
            (by_feature.is_empty(), format!("{} by feature", names(by_feature))),
            (tests.is_empty(), format!("tests of {}", names(&tests))),
        ];
        let parts = parts.into_iter().filter(|(empty, _)| !empty).map(|(_, text)| text);
        parts.collect::<Vec<_>>().join("; ")
    }
}

/// Returns the first four cells of each row: crate, version, licence, used by.
fn expected() -> BTreeSet<String> {
    let own = || packages(metadata()).iter().filter(|package| package["source"].is_null());
    let names: BTreeSet<&str> = own().map(|package| text(package, "name")).collect();
    let mut users: BTreeMap<(&str, &str), Users<'_>> = BTreeMap::new();
    for package in own() {
        let all = package["dependencies"].as_array().unwrap();
        for dependency in all.iter().filter(|it| !names.contains(text(it, "name"))) {
            let key = (text(dependency, "name"), text(dependency, "req"));
            let kind = match dependency["kind"].as_str() {
                Some("dev") => 2,
                _ => usize::from(dependency["optional"] == true),
            };
            users.entry(key).or_default().0[kind].insert(text(package, "name"));
        }
    }
    let row = |((name, required), users): ((&str, &str), Users<'_>)| {
        let version = required.trim_start_matches('^');
        format!("| `{name}` | {version} | {} | {} |", licence(name, version), users.said())
    };
    users.into_iter().map(row).collect()
}

/// Returns the licence of the required version.
fn licence(name: &str, required: &str) -> String {
    let major = required.trim_start_matches('=').split('.').next().unwrap_or_default();
    let package = packages(metadata()).iter().find(|it| {
        text(it, "name") == name && text(it, "version").split('.').next() == Some(major)
    });
    package.map(|package| text(package, "license").replace('/', " OR ")).unwrap_or_default()
}

#[test]
fn the_page_lists_each_direct_dependency_with_its_users() {
    let page = read(PAGE);
    let taken = page.split("## Dependencies in use").nth(1).unwrap().split("\n## ").next().unwrap();
    let rows = taken.lines().filter(|line| line.starts_with("| `"));
    let rows: Vec<Vec<&str>> = rows.map(|line| line.split(" | ").collect()).collect();
    let listed: BTreeSet<String> =
        rows.iter().map(|cells| format!("{} |", cells[..4].join(" | "))).collect();
    assert_eq!(listed.len(), rows.len(), "a crate is listed twice");
    let expected = expected();
    let missing: Vec<_> = expected.difference(&listed).collect();
    let stale: Vec<_> = listed.difference(&expected).collect();
    assert!(missing.is_empty() && stale.is_empty(), "missing: {missing:#?}\nstale: {stale:#?}");
    assert!(rows.iter().all(|cells| cells.len() == 5 && cells[4].len() > 3), "a row has no reason");
}

#[test]
fn every_workspace_dependency_is_used() {
    let manifest: toml::Table = read("Cargo.toml").parse().unwrap();
    let versions = manifest["workspace"]["dependencies"].as_table().unwrap();
    let members = manifest["workspace"]["members"].as_array().unwrap();
    let mut used = BTreeSet::new();
    for member in members {
        let member: toml::Table =
            read(&format!("{}/Cargo.toml", member.as_str().unwrap())).parse().unwrap();
        // Include dependencies for a single platform.
        let targets = member.get("target").and_then(toml::Value::as_table);
        let targets = targets.into_iter().flat_map(|targets| targets.values());
        for table in targets.filter_map(toml::Value::as_table).chain([&member]) {
            for section in ["dependencies", "dev-dependencies", "build-dependencies"] {
                let names = table.get(section).and_then(toml::Value::as_table).into_iter();
                used.extend(names.flat_map(toml::Table::keys).cloned());
            }
        }
    }
    let unused: Vec<_> = versions.keys().filter(|name| !used.contains(*name)).collect();
    assert!(unused.is_empty(), "no crate uses {unused:?} of [workspace.dependencies]");
}
