//! Collects the licence texts of the crates that are compiled into the binary. The texts must be distributed with
//! the binary.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::Platform;

/// The name of the file with the licence texts. Every package that contains a binary also contains this file.
pub(crate) const FILE: &str = "THIRD-PARTY-LICENSES.txt";

/// How the names of licence and notice files begin.
const NAMES: [&str; 5] = ["LICENSE", "LICENCE", "COPYING", "COPYRIGHT", "NOTICE"];

/// Returns the text for [`FILE`]: a list of crates and their licences, then each licence text once, after the
/// names of the crates that use it.
///
/// # Errors
///
/// Returns an error if cargo fails, or a crate's folder can't be read.
pub(crate) fn notices(platform: Platform) -> Result<String, String> {
    let target = platform.target();
    // The crates that the sandbox was built from are already downloaded, so this command doesn't need the
    // network.
    let metadata = tools::metadata(&["--offline", "--filter-platform", &target])?;
    let mut list = String::new();
    let mut texts = BTreeMap::<String, Vec<String>>::new();
    for package in dependencies(&metadata, "mileston-sandbox")? {
        let field = |name: &str| package[name].as_str().unwrap_or_default();
        let name = format!("{} {}", field("name"), field("version"));
        list.push_str(&format!("{name}: {}\n", field("license")));
        let folder = Path::new(field("manifest_path")).parent().unwrap_or(Path::new(""));
        for text in licences(folder)? {
            texts.entry(text).or_default().push(name.clone());
        }
    }
    let mut all = format!("mileston-sandbox contains these crates:\n\n{list}");
    for (text, crates) in texts {
        all.push_str(&format!("\n{}\n{}\n\n{text}\n", "-".repeat(80), crates.join(", ")));
    }
    Ok(all)
}

/// Returns the third-party packages that the package `root` needs at run time, sorted by name.
fn dependencies<'a>(metadata: &'a Value, root: &str) -> Result<Vec<&'a Value>, String> {
    let incomplete = || "cargo metadata: the list of dependencies is incomplete".to_owned();
    let list = |value: &'a Value| value.as_array().map(Vec::as_slice).unwrap_or_default();
    let packages: BTreeMap<&str, &Value> = list(&metadata["packages"])
        .iter()
        .filter_map(|package| Some((package["id"].as_str()?, package)))
        .collect();
    let nodes: BTreeMap<&str, &Value> = list(&metadata["resolve"]["nodes"])
        .iter()
        .filter_map(|node| Some((node["id"].as_str()?, node)))
        .collect();
    let start = packages.iter().find(|(_, package)| package["name"] == root);
    let mut waiting = vec![*start.ok_or_else(incomplete)?.0];
    let mut seen = BTreeSet::new();
    while let Some(id) = waiting.pop() {
        if !seen.insert(id) {
            continue;
        }
        for dependency in list(&nodes.get(id).ok_or_else(incomplete)?["deps"]) {
            // This excludes the dependencies of build scripts and tests.
            if list(&dependency["dep_kinds"]).iter().any(|kind| kind["kind"].is_null()) {
                waiting.push(dependency["pkg"].as_str().ok_or_else(incomplete)?);
            }
        }
    }
    let mut found: Vec<&Value> =
        seen.into_iter().filter_map(|id| packages.get(id).copied()).collect();
    // Workspace packages have no `source`. Their licences are added as separate files.
    found.retain(|package| !package["source"].is_null());
    found.sort_by_key(|package| package["name"].as_str());
    Ok(found)
}

/// Returns the licence texts in the folder of a crate.
fn licences(folder: &Path) -> Result<Vec<String>, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut texts = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name().to_string_lossy().to_uppercase();
        if NAMES.iter().any(|each| name.starts_with(each)) && entry.path().is_file() {
            let text = fs::read(entry.path()).map_err(failed)?;
            texts.push(String::from_utf8_lossy(&text).replace("\r\n", "\n").trim().to_owned());
        }
    }
    Ok(texts)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests may panic")]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_crates_that_are_needed_at_run_time_are_listed() {
        let package =
            |name: &str, source: Value| json!({ "id": name, "name": name, "source": source });
        let on = |name: &str, kind: Value| json!({ "pkg": name, "dep_kinds": [{ "kind": kind }] });
        let metadata = json!({
            "packages": [
                package("it", Value::Null), package("own", Value::Null), package("b", json!("registry")),
                package("a", json!("registry")), package("test", json!("registry")),
            ],
            "resolve": { "nodes": [
                { "id": "it", "deps": [on("own", Value::Null), on("test", json!("dev")), on("b", Value::Null)] },
                { "id": "own", "deps": [on("a", Value::Null), on("b", json!("build"))] },
                { "id": "a", "deps": [] }, { "id": "b", "deps": [] }, { "id": "test", "deps": [] },
            ] },
        });
        let found = dependencies(&metadata, "it").unwrap();
        let names: Vec<_> = found.iter().map(|package| package["name"].as_str().unwrap()).collect();
        assert_eq!(names, ["a", "b"]);
        assert!(dependencies(&metadata, "other").is_err());
    }

    #[test]
    fn the_notices_of_this_workspace_contain_the_licence_texts() {
        let text = notices(Platform::of_this_machine().unwrap()).unwrap();
        assert!(
            text.contains("\ntokio 1.") && text.contains("Permission is hereby granted"),
            "{text}"
        );
        assert!(!text.contains("\nproptest ") && !text.contains("mileston-keys"));
    }
}
