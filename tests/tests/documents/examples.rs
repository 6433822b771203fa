//! Rust code in pages is compiled: each page is the documentation of an item that exists only in doctests.

use std::collections::BTreeSet;

use mileston_tests::documents::markdown::Kind;

use crate::repository::{read_file, repository};

/// Returns the pages that sources include.
fn included() -> BTreeSet<String> {
    let mut included = BTreeSet::new();
    for name in repository().files.iter().filter(|name| {
        ["lib.rs", "webhook.rs", "frontend.rs"].iter().any(|end| name.ends_with(end))
    }) {
        let text = read_file(name);
        for path in text.split("#[doc = include_str!(\"").skip(1) {
            let path = path.split('"').next().unwrap();
            let mut parts: Vec<&str> = name.split('/').collect();
            parts.pop();
            for part in path.split('/') {
                match part {
                    ".." => drop(parts.pop()),
                    part => parts.push(part),
                }
            }
            included.insert(parts.join("/"));
        }
    }
    included
}

#[test]
fn every_rust_block_is_compiled() {
    let included = included();
    assert!(included.contains("README.md"), "{included:?}");
    for (page, pieces) in &repository().pieces {
        let is_rust = |kind: &Kind| matches!(kind, Kind::Block(info, _) if info.starts_with("rust") && !info.contains("ignore"));
        let has_rust = pieces.iter().any(|piece| is_rust(&piece.kind));
        assert!(!has_rust || included.contains(page), "nothing compiles the Rust code of {page}");
    }
}
