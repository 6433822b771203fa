//! Tests that the README lists all golden files, and that these files contain each trace that `openapi/mileston.yaml`
//! cites.

use std::collections::{BTreeMap, BTreeSet};

use mileston_tests::compile::workspace;
use mileston_tests::wire::trace::golden;

use crate::{lines, text};

/// Returns the names of the golden files without their extension.
fn files() -> BTreeSet<String> {
    let entries = std::fs::read_dir(golden()).unwrap().map(|entry| entry.unwrap().file_name());
    let names = entries.map(|name| name.to_string_lossy().into_owned());
    names.filter_map(|name| name.strip_suffix(".jsonl").map(str::to_owned)).collect()
}

#[test]
fn the_readme_lists_the_golden_files() {
    let readme = std::fs::read_to_string(golden().join("README.md")).unwrap();
    let rows = readme.lines().filter(|line| line.starts_with("| ")).skip(2);
    let names = rows.flat_map(|row| row.split('|').nth(1).unwrap_or_default().split(','));
    let listed: BTreeSet<String> = names.map(|name| name.trim().to_owned()).collect();
    assert_eq!(listed, files());
}

/// Returns the ids of the traces in each file.
fn ids() -> BTreeMap<String, BTreeSet<String>> {
    let ids = |file: &str| lines(file).iter().map(|line| text(line, "id").to_owned()).collect();
    files().into_iter().map(|file| (file.clone(), ids(&file))).collect()
}

/// Returns the traces that a document cites after the words `golden trace` or `golden traces`, each as a file and an
/// id. The document names the file once, followed by ids separated by commas and `and`. An id may leave out the method
/// if the previous id has the same method.
fn cited(document: &str) -> Vec<(String, String)> {
    let plain = document.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut cited = Vec::new();
    for rest in plain.split("golden trace").skip(1) {
        let rest = rest.trim_start_matches('s').trim_start();
        let Some((file, rest)) = rest.split_once(' ').filter(|(file, _)| is_file(file)) else {
            continue;
        };
        let list = rest.split([';', ')', '"', '(', ':']).next().unwrap_or_default();
        let mut method = String::new();
        for id in list.replace(" and ", ", ").split(", ") {
            let id = id.split(' ').next().unwrap_or_default().trim_end_matches(['.', ',']);
            match id.split_once('/') {
                Some((of, _)) => of.clone_into(&mut method),
                None if !method.is_empty() && id.contains('-') => {
                    cited.push((file.to_owned(), format!("{method}/{id}")));
                    continue;
                }
                None if !method.is_empty() => continue,
                None => {}
            }
            cited.push((file.to_owned(), id.to_owned()));
        }
    }
    cited
}

fn is_file(word: &str) -> bool {
    word != "of" && word.chars().all(|each| each.is_ascii_lowercase() || each == '-')
}

#[test]
fn every_cited_trace_exists() {
    let document = std::fs::read_to_string(workspace().join("openapi/mileston.yaml")).unwrap();
    let (ids, cited) = (ids(), cited(&document));
    assert!(
        cited.len() > 60,
        "only {} citations were found: did their format change?",
        cited.len()
    );
    // A component sends several requests. A citation may leave out the numbers of the requests.
    let has = |file: &str, id: &str| {
        let ids = ids.get(file);
        ids.is_some_and(|ids| {
            ids.contains(id) || ids.iter().any(|it| it.starts_with(&format!("{id}/")))
        })
    };
    let missing: Vec<_> = cited.iter().filter(|(file, id)| !has(file, id)).collect();
    assert!(missing.is_empty(), "cited, but not in tests/golden: {missing:?}");
}

#[test]
fn citations_are_read() {
    let text =
        "golden traces\n  wallet a/b, a/c, d-e; golden trace hooks f and g/h.\n golden traces of x";
    let expected = [
        ("wallet", "a/b"),
        ("wallet", "a/c"),
        ("wallet", "a/d-e"),
        ("hooks", "f"),
        ("hooks", "g/h"),
    ];
    assert_eq!(cited(text), expected.map(|(file, id)| (file.to_owned(), id.to_owned())));
}
