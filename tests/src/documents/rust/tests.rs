//! Tests how names are collected from the sources.

use super::*;

#[test]
fn modules_are_named_after_their_files() {
    for (path, expected) in [
        ("mileston-api/src/lib.rs", "mileston_api"),
        ("a/src/x.rs", "x"),
        ("a/src/x/mod.rs", "x"),
        ("wasm-build/src/main.rs", "wasm_build"),
        ("bench/src/bin/node/main.rs", "node"),
        ("mileston-sandbox/tests/sandbox/main.rs", "sandbox"),
    ] {
        assert_eq!(module(path), expected, "{path}");
    }
}

#[test]
fn members_are_found_in_items_and_macros() {
    let source = "//! Gone\npub struct S { field: u8 }\nimpl S { pub fn make(&self) { let local = \"some  Text\"; } }\n\
        pub enum E { A, B { inner: u8 } }\npub trait T { fn run(); }\nuse x::{y, z as w};\n\
        ids! { Made }\nmod inner { pub const LIMIT: u8 = 1; }\nmod outer { use super::inner::*; }\n";
    let mut sources = Sources::default();
    sources.add_rust("m", source).unwrap();
    for (owner, name, expected) in [
        ("m", "S", true),
        ("S", "field", true),
        ("S", "make", true),
        ("E", "A", true),
        ("B", "inner", true),
        ("T", "run", true),
        ("m", "y", true),
        ("m", "w", true),
        ("m", "z", false),
        ("m", "Made", true),
        ("inner", "LIMIT", true),
        ("S", "gone", false),
        ("outer", "LIMIT", true),
        ("E", "make", false),
        ("Nobody", "make", false),
    ] {
        assert_eq!(sources.has(owner, name), expected, "{owner}::{name}");
    }
    assert!(sources.has_word("local") && !sources.has_word("Gone"));
    assert!(sources.has_text("SOME text") && !sources.has_text("other text"));
    assert!(sources.has_function("make") && !sources.has_function("field"));
}
