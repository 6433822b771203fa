//! Tests that `docs/coverage.md` is correct: it has rows for exactly the operations in the OpenAPI document, and its
//! Rust calls exist in the client.

#![allow(clippy::unwrap_used, reason = "tests may panic")]

use std::collections::BTreeSet;

use mileston_api::catalogue::OPERATIONS;
use mileston_tests::compile::workspace;

/// Returns the cells of the rows with a method and path.
fn rows() -> Vec<Vec<String>> {
    let page = std::fs::read_to_string(workspace().join("docs/coverage.md")).unwrap();
    let rows = page.lines().filter(|line| line.starts_with('|'));
    let cells = |line: &str| {
        let cells = line.trim_matches('|').split(" |");
        cells.map(|cell| cell.replace('`', "").trim_matches([' ', '|']).to_owned()).collect()
    };
    let methods = ["GET /", "POST /", "PATCH /", "DELETE /", "PUT /"];
    rows.map(cells)
        .filter(|row: &Vec<String>| {
            row.len() == 4 && methods.iter().any(|method| row[1].starts_with(method))
        })
        .collect()
}

#[test]
fn the_page_has_every_operation_with_its_method_and_path() {
    let listed: BTreeSet<_> =
        rows().into_iter().map(|row| (row[2].clone(), row[1].clone())).collect();
    let real: BTreeSet<_> = OPERATIONS
        .iter()
        .map(|operation| {
            (operation.id.to_owned(), format!("{} {}", operation.method, operation.path))
        })
        .collect();
    let lines = |of: Vec<&(String, String)>| {
        let row = |(id, target): &&(String, String)| {
            let (method, path) = target.split_once(' ').unwrap();
            let operation = OPERATIONS.iter().find(|operation| operation.id == id);
            let call = operation.map(|it| format!("client.{}().{}(…)", it.accessor, it.function));
            format!("| … | {method} `{path}` | `{id}` | `{}` |", call.unwrap_or_default())
        };
        of.iter().map(row).collect::<Vec<_>>().join("\n")
    };
    let missing = lines(real.difference(&listed).collect());
    assert!(missing.is_empty(), "docs/coverage.md: add a row for each of these:\n{missing}");
    let stale = lines(listed.difference(&real).collect());
    assert!(stale.is_empty(), "docs/coverage.md: no operation matches these rows:\n{stale}");
    println!("{} operations in {} rows", real.len(), rows().len());
}

#[test]
fn the_calls_on_the_page_exist() {
    let root = workspace().join("mileston-api/src/generated/operations");
    for row in rows() {
        let Some(call) = row[3].split("client.").nth(1) else {
            panic!("docs/coverage.md: no call in the row of {}: {}", row[2], row[3]);
        };
        let (group, method) = call.split_once("().").unwrap();
        let method = method.split('(').next().unwrap();
        // The method is the first function in its file, so the only documentation before it is its own.
        let source = std::fs::read_to_string(root.join(format!("{group}/{method}.rs")));
        let source = source.unwrap_or_default();
        let (documentation, _) = source
            .split_once(&format!("    pub fn {method}("))
            .unwrap_or_else(|| panic!("docs/coverage.md: there is no `client.{group}().{method}`"));
        let line = format!("/// `{}`", row[1]);
        assert!(documentation.contains(&line), "`client.{group}().{method}` is not {}", row[2]);
    }
}
