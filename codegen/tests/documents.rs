//! Documents as others write them: files or diagnostics, whole and never a panic.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::collections::BTreeSet;
use std::path::Path;

use codegen::{Bound, Examples, Server, Settings, generate};

fn settings() -> Settings {
    Settings::new("cargo run -p my-codegen", "openapi.yaml")
        .with_credential("crate::scope::Credential")
        .with_bounds([Bound::new("Reader", "crate::scope::Reader", "a reader", &[&["reader"]])
            .with_client("Client<Reader>")])
        .with_examples(Examples::new("weather", "Client<Visitor>").with_imports(["Client"]))
        .with_formats([("date-time", "crate::Timestamp")])
        .with_server(Server::new("crate::runtime", "::weather", "Station"))
}

fn read(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents");
    std::fs::read_to_string(folder.join(name)).unwrap()
}

/// Not taken as they are: these codes are told, and no other.
#[track_caller]
fn refused(name: &str, expected: &[&str]) {
    let mistakes = generate(&read(name), &settings()).unwrap_err();
    let found: BTreeSet<&str> = mistakes.list().iter().map(|mistake| mistake.code).collect();
    assert_eq!(found, BTreeSet::from_iter(expected.iter().copied()), "{mistakes}");
}

#[test]
fn the_petstore_is_told_what_to_write() {
    refused(
        "petstore.yaml",
        &[
            "ambiguous-default",
            "inline-schema",
            "media-type",
            "missing-security",
            "missing-servers",
            "not-carried",
            "optional-body",
            "schema-constraint",
            "undeclared-tag",
            "undefined-path-parameter",
            "unknown-requirement",
        ],
    );
}

#[test]
fn a_bookshop_with_tokens_and_queries_is_told_what_to_write() {
    refused(
        "bookshop.json",
        &[
            "all-of",
            "closed-object",
            "enum-value",
            "format-without-type",
            "inline-schema",
            "schema-constraint",
            "schema-default",
            "several-media-types",
            "tag-taken",
            "unknown-requirement",
        ],
    );
}

#[test]
fn paths_of_a_forge_are_told_apart() {
    refused(
        "forge.yaml",
        &[
            "all-of",
            "inline-schema",
            "media-type",
            "nullable",
            "operation-id",
            "operation-taken",
            "parameter-type",
            "path-template",
            "property-name",
            "schema-title",
            "tag-taken",
            "unsupported-status",
        ],
    );
}

#[test]
fn unions_are_told_what_to_write() {
    refused(
        "unions.yaml",
        &[
            "any-of",
            "discriminator",
            "enum-value",
            "inline-schema",
            "not",
            "nullable",
            "one-of",
            "reference-alias",
            "schema-taken",
            "several-success-bodies",
            "unknown-type",
        ],
    );
}

#[test]
fn a_document_without_mistakes_is_generated() {
    let output = generate(&read("weather.yaml"), &settings()).unwrap();
    let get = &output.client["operations/forecasts/get.rs"];
    assert!(get.contains("pub fn get("), "{get}");
    assert!(get.contains("/// ```text\n    /// let forecast = get();"), "{get}");
    let handlers = output.server.iter().filter(|(name, _)| name.contains("handlers/"));
    assert!(handlers.map(|(_, text)| text).any(|text| text.contains("Station::into(&*platform")));
}
