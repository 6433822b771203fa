//! Provides helpers for tests of documents that contain only schemas.

use crate::normalise::Record;
use crate::{Document, Node};

/// Applies a step to named schemas, and checks the resulting schemas and the codes of the recorded
/// decisions.
pub(super) fn check(
    apply: impl Fn(&mut Node, &mut Record),
    before: &str,
    after: &str,
    codes: &[&str],
) {
    let mut root = parse(before);
    let mut record = Record::default();
    apply(&mut root, &mut record);
    assert_eq!(schemas(&root), schemas(&parse(after)), "{root}");
    let found: Vec<&str> = record.into_notes().iter().map(|it| it.code).collect();
    assert_eq!(found, codes);
}

/// Parses a document with these schemas in `components.schemas`.
pub(super) fn parse(schemas: &str) -> Node {
    let indented: String = schemas.lines().map(|line| format!("    {line}\n")).collect();
    let text = format!("components:\n  schemas:\n{indented}");
    match Document::parse("test.yaml", &text) {
        Ok(document) => document.root().clone(),
        Err(mistakes) => panic!("{mistakes:?}"),
    }
}

fn schemas(root: &Node) -> String {
    let schemas = root.get("components").and_then(|components| components.get("schemas"));
    let json = schemas.map(Node::to_json).unwrap_or_default();
    serde_json::to_string_pretty(&json).unwrap_or_default()
}
