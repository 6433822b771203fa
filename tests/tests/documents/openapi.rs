//! Tests that `openapi/README.md` lists exactly the document's extensions and decisions.

use std::collections::BTreeSet;

use crate::repository::read_file;

const DOCUMENT: &str = "openapi/mileston.yaml";
const PAGE: &str = "openapi/README.md";

/// Returns the first code span of each table row that begins with `start`.
fn rows(page: &str, start: &str) -> BTreeSet<String> {
    let lines = page.lines().filter_map(|line| line.strip_prefix(start));
    lines.filter_map(|rest| rest.split([' ', '`', '|']).next()).map(str::to_owned).collect()
}

#[test]
fn every_extension_is_explained() {
    let document = read_file(DOCUMENT);
    let keys = document.lines().filter_map(|line| {
        let (key, _) = line.trim().trim_start_matches("- ").split_once(':')?;
        key.strip_prefix("x-")
            .filter(|name| name.chars().all(|it| it.is_ascii_lowercase() || it == '-'))
    });
    let used: BTreeSet<String> = keys.map(str::to_owned).collect();
    assert!(used.contains("evidence"), "{used:?}");
    assert_eq!(rows(&read_file(PAGE), "| `x-"), used);
}

#[test]
fn every_contradiction_is_listed_with_the_place_of_its_decision() {
    let document = read_file(DOCUMENT);
    let decided: BTreeSet<u32> = document
        .split("contradiction: ")
        .skip(1)
        .filter_map(|rest| rest.lines().next()?.trim().parse().ok())
        .collect();
    assert!(decided.len() > 20, "{decided:?}");
    let page = read_file(PAGE);
    let mut listed = BTreeSet::new();
    for line in page.lines().filter(|line| line.starts_with("| ")) {
        let cells: Vec<&str> = line.split(" | ").collect();
        let Some(number) = cells[0].trim_start_matches("| ").parse::<u32>().ok() else { continue };
        listed.insert(number);
        let place = cells.last().and_then(|cell| cell.split('`').nth(1)).unwrap_or_default();
        let place = place.trim_matches('…');
        assert!(
            document.contains(place),
            "row {number} names {place}, which isn't in the document"
        );
    }
    assert_eq!(listed, decided);
}
