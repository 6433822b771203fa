//! Tests that the client's table of tokens matches `x-tokens` of the `Chain` schema in the
//! document.

#![allow(clippy::unwrap_used, reason = "tests may panic")]

use mileston_api::tokens::TABLE;
use mileston_api::types::Token;
use mileston_tests::compile::workspace;
use openapi_keys::{Document, Node};

fn tokens(chain: &Node, key: &str) -> Vec<Token> {
    let items = chain.get(key).map(Node::items).unwrap_or_default();
    items.iter().map(|item| Token::from(item.as_str().unwrap())).collect()
}

#[test]
fn the_table_matches_the_document() {
    let text = std::fs::read_to_string(workspace().join(xtask::codegen::DOCUMENT)).unwrap();
    let document = Document::parse(xtask::codegen::DOCUMENT, &text).unwrap();
    let chains = document.get(&["components", "schemas", "Chain", "x-tokens", "chains"]).unwrap();
    let written: Vec<_> = chains
        .entries()
        .iter()
        .map(|entry| {
            let native = entry.value.get("native").and_then(Node::as_str).map(Token::from);
            let (live, test) = (tokens(&entry.value, "live"), tokens(&entry.value, "test"));
            (entry.key.clone(), native, live, test)
        })
        .collect();
    let table: Vec<_> = TABLE
        .iter()
        .map(|row| {
            (row.chain.to_string(), row.native.clone(), row.live.to_vec(), row.test.to_vec())
        })
        .collect();
    assert_eq!(table, written);
}
