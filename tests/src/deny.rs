//! Checks the dependencies that `cargo metadata` lists against the licences, bans and sources in `deny.toml`, without
//! an extra tool.
//!
//! `cargo deny check licenses bans sources` reads the same file, and also checks licence texts and duplicate versions.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use spdx::{Expression, ParseMode};
use toml::Table;

use crate::metadata::{packages, text};

/// Returns all violations of `deny.toml`.
///
/// # Errors
///
/// Returns an error if a list is missing from `deny.toml` or has the wrong format, or if `metadata` contains no
/// resolved dependencies.
pub fn problems(metadata: &Value, rules: &Table) -> Result<Vec<String>, String> {
    let mut problems = licences(metadata, rules)?;
    problems.extend(sources(metadata, rules)?);
    problems.extend(bans(metadata, rules)?);
    problems.extend(wildcards(metadata));
    Ok(problems)
}

fn list<'t>(rules: &'t Table, section: &str, name: &str) -> Result<&'t Vec<toml::Value>, String> {
    let found = rules.get(section).and_then(|section| section.get(name)?.as_array());
    found.ok_or_else(|| format!("deny.toml has no list `{name}` in [{section}]"))
}

fn texts(list: &[toml::Value]) -> BTreeSet<&str> {
    list.iter().filter_map(toml::Value::as_str).collect()
}

/// Returns the crates from outside the workspace. Workspace crates have no `source`.
fn foreign(metadata: &Value) -> impl Iterator<Item = &Value> {
    packages(metadata).iter().filter(|package| package["source"].is_string())
}

fn licences(metadata: &Value, rules: &Table) -> Result<Vec<String>, String> {
    let allowed = texts(list(rules, "licenses", "allow")?);
    let mut exceptions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for exception in list(rules, "licenses", "exceptions")? {
        let name = exception.get("crate").and_then(toml::Value::as_str).unwrap_or_default();
        let more = exception.get("allow").and_then(toml::Value::as_array).map(|list| texts(list));
        exceptions.entry(name).or_default().extend(more.unwrap_or_default());
    }
    let mut problems = Vec::new();
    for package in foreign(metadata) {
        let (name, licence) = (text(package, "name"), text(package, "license"));
        let more = exceptions.get(name);
        let is_allowed =
            |one: &str| allowed.contains(one) || more.is_some_and(|more| more.contains(one));
        match Expression::parse_mode(licence, ParseMode::LAX) {
            Err(_) => problems.push(format!("{name}: {licence:?} isn't an SPDX expression")),
            Ok(expression) if expression.evaluate(|one| is_allowed(&one.to_string())) => {}
            Ok(_) => problems.push(format!("{name}: the licence {licence:?} isn't allowed")),
        }
    }
    Ok(problems)
}

fn sources(metadata: &Value, rules: &Table) -> Result<Vec<String>, String> {
    let registries = texts(list(rules, "sources", "allow-registry")?);
    let git = texts(list(rules, "sources", "allow-git")?);
    let unknown = foreign(metadata).filter(|package| {
        let source = text(package, "source");
        let registry = source.strip_prefix("registry+").is_some_and(|it| registries.contains(it));
        let git =
            source.strip_prefix("git+").is_some_and(|it| git.iter().any(|ok| it.starts_with(ok)));
        !registry && !git
    });
    Ok(unknown
        .map(|it| format!("{}: comes from {}", text(it, "name"), text(it, "source")))
        .collect())
}

fn bans(metadata: &Value, rules: &Table) -> Result<Vec<String>, String> {
    let names: BTreeMap<&str, &str> =
        packages(metadata).iter().map(|it| (text(it, "id"), text(it, "name"))).collect();
    let name = |id: &Value| id.as_str().and_then(|id| names.get(id).copied()).unwrap_or_default();
    let nodes = metadata["resolve"]["nodes"].as_array().ok_or("cargo metadata resolved nothing")?;
    let mut problems = Vec::new();
    for ban in list(rules, "bans", "deny")? {
        let banned = ban.get("crate").and_then(toml::Value::as_str).unwrap_or_default();
        let wrappers = ban.get("wrappers").and_then(toml::Value::as_array).map(|list| texts(list));
        let wrappers = wrappers.unwrap_or_default();
        for node in nodes {
            let dependencies = node["dependencies"].as_array().map_or(&[][..], Vec::as_slice);
            let user = name(&node["id"]);
            if dependencies.iter().any(|it| name(it) == banned) && !wrappers.contains(user) {
                problems.push(format!("{banned} is banned, but {user} depends on it"));
            }
        }
    }
    Ok(problems)
}

/// Returns whether cargo leaves this dependency out of a published package.
fn is_left_out(dependency: &Value) -> bool {
    dependency["kind"] == "dev" && dependency["path"].is_string()
}

/// Returns the workspace crates that accept any version of a dependency. Dev-dependencies on workspace crates are
/// exempt.
fn wildcards(metadata: &Value) -> Vec<String> {
    let own = packages(metadata).iter().filter(|package| package["source"].is_null());
    let any = own.flat_map(|package| {
        let all = package["dependencies"].as_array().map_or(&[][..], Vec::as_slice);
        let any = all.iter().filter(|it| it["req"] == "*" && !is_left_out(it));
        any.map(|it| {
            format!("{} accepts any version of {}", text(package, "name"), text(it, "name"))
        })
    });
    any.collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const RULES: &str = r#"
        [licenses]
        allow = ["MIT", "Apache-2.0", "Unicode-3.0"]
        exceptions = [{ crate = "generator", allow = ["MPL-2.0"] }]
        [bans]
        deny = [{ crate = "openssl", wrappers = ["native-tls"] }, { crate = "evil" }]
        [sources]
        allow-registry = ["https://github.com/rust-lang/crates.io-index"]
        allow-git = []
    "#;

    const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";

    #[track_caller]
    fn check(name: &str, licence: &str, source: &str, dependency: &str, expected: &[&str]) {
        let own = json!({"id": "own", "name": "own", "source": null,
            "dependencies": [{"name": name, "req": if name == "any" { "*" } else { "^1" }}]});
        let foreign = json!({"id": "a", "name": name, "license": licence, "source": source});
        let other = json!({"id": "b", "name": dependency, "license": "MIT", "source": CRATES_IO});
        let nodes =
            json!([{"id": "own", "dependencies": ["a"]}, {"id": "a", "dependencies": ["b"]}]);
        let metadata = json!({"packages": [own, foreign, other], "resolve": {"nodes": nodes}});
        let rules: Table = RULES.parse().unwrap();
        assert_eq!(problems(&metadata, &rules).unwrap(), expected, "{name}");
    }

    #[test]
    fn a_licence_must_be_allowed() {
        check("a", "MIT OR GPL-3.0-only", CRATES_IO, "b", &[]);
        check("a", "MIT/Apache-2.0", CRATES_IO, "b", &[]);
        check("a", "(MIT OR Apache-2.0) AND Unicode-3.0", CRATES_IO, "b", &[]);
        check("generator", "MPL-2.0", CRATES_IO, "b", &[]);
        check("a", "MPL-2.0", CRATES_IO, "b", &["a: the licence \"MPL-2.0\" isn't allowed"]);
        let both = "a: the licence \"MIT AND GPL-3.0-only\" isn't allowed";
        check("a", "MIT AND GPL-3.0-only", CRATES_IO, "b", &[both]);
        let exception =
            "a: the licence \"GPL-2.0-only WITH Classpath-exception-2.0\" isn't allowed";
        check("a", "GPL-2.0-only WITH Classpath-exception-2.0", CRATES_IO, "b", &[exception]);
        check("a", "", CRATES_IO, "b", &["a: \"\" isn't an SPDX expression"]);
    }

    #[test]
    fn a_crate_from_an_unknown_source_is_reported() {
        check(
            "a",
            "MIT",
            "git+https://x.example/a",
            "b",
            &["a: comes from git+https://x.example/a"],
        );
    }

    #[test]
    fn only_the_wrappers_of_a_banned_crate_may_use_it() {
        check("native-tls", "MIT", CRATES_IO, "openssl", &[]);
        check("a", "MIT", CRATES_IO, "openssl", &["openssl is banned, but a depends on it"]);
        check("evil", "MIT", CRATES_IO, "b", &["evil is banned, but own depends on it"]);
    }

    #[test]
    fn a_dependency_that_accepts_any_version_is_reported() {
        check("any", "MIT", CRATES_IO, "b", &["own accepts any version of any"]);
    }

    #[test]
    fn rules_without_a_list_are_rejected() {
        let rules: Table = "[licenses]\nallow = []\n".parse().unwrap();
        let error = problems(&json!({}), &rules).unwrap_err();
        assert_eq!(error, "deny.toml has no list `exceptions` in [licenses]");
    }
}
