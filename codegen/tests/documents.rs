//! Tests third-party documents. Each document results in files or diagnostics, never in a panic.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first error")]

use std::collections::BTreeSet;
use std::path::Path;

use openapi_keys::{Bound, Examples, MissingSecurity, Server, Settings, Strictness, generate};

fn settings() -> Settings {
    Settings::new("cargo run -p my-codegen", "openapi.yaml")
        .with_credential("crate::scope::Credential")
        .with_bounds([Bound::new("Reader", "crate::scope::Reader", "a reader", &[&["reader"]])
            .with_client("Client<Reader>")])
        .with_examples(Examples::new("weather", "Client<Visitor>").with_imports(["Client"]))
        .with_formats([("date-time", "crate::Timestamp")])
        .with_server(Server::new("crate::runtime", "::weather"))
}

fn read(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents");
    std::fs::read_to_string(folder.join(name)).unwrap()
}

/// Checks that a document is rejected with exactly these codes.
#[track_caller]
fn refused(name: &str, expected: &[&str]) {
    let settings = settings().with_strictness(Strictness::Strict);
    let mistakes = generate(&read(name), &settings).unwrap_err();
    let found: BTreeSet<&str> = mistakes.list().iter().map(|mistake| mistake.code).collect();
    assert_eq!(found, BTreeSet::from_iter(expected.iter().copied()), "{mistakes}");
}

#[test]
fn the_petstore_is_rejected_in_strict_mode() {
    refused(
        "petstore.yaml",
        &[
            "ambiguous-default",
            "media-type",
            "missing-security",
            "missing-servers",
            "optional-body",
            "undeclared-tag",
            "undefined-path-parameter",
            "unknown-requirement",
        ],
    );
}

#[test]
fn the_bookshop_is_rejected_in_strict_mode() {
    refused(
        "bookshop.json",
        &["several-media-types", "tag-taken", "unknown-format", "unknown-requirement"],
    );
}

#[test]
fn the_forge_is_rejected_in_strict_mode() {
    refused(
        "forge.yaml",
        &[
            "media-type",
            "operation-id",
            "operation-taken",
            "path-template",
            "tag-taken",
            "unsupported-status",
        ],
    );
}

#[test]
fn unions_are_rejected_in_strict_mode() {
    refused(
        "unions.yaml",
        &[
            "enum-value",
            "reference-alias",
            "schema-taken",
            "several-success-bodies",
            "unknown-type",
        ],
    );
}

/// In lenient mode, each operation of the same documents is either generated or left out with a
/// reason.
#[test]
fn clients_are_generated_from_third_party_documents() {
    for (name, operations, omitted) in [
        ("petstore.yaml", 4, vec![]),
        ("bookshop.json", 3, vec![]),
        ("forge.yaml", 4, vec![]),
        ("unions.yaml", 1, vec![]),
    ] {
        let settings =
            Settings::new("cargo run", name).with_missing_security(MissingSecurity::Open);
        let output = generate(&read(name), &settings).unwrap();
        let report = output.report;
        let left_out: Vec<_> =
            report.omitted.iter().map(|it| (it.operation.as_str(), it.code)).collect();
        assert_eq!((report.operations, left_out), (operations, omitted), "{name}");
        assert_eq!(report.generated + report.omitted.len(), report.operations, "{name}");
        for (file, text) in &output.client {
            syn::parse_file(text).unwrap_or_else(|wrong| panic!("{name}: {file}: {wrong}"));
        }
    }
}

#[test]
fn a_client_is_generated_from_a_document_without_errors() {
    let output = generate(&read("weather.yaml"), &settings()).unwrap();
    let get = &output.client["operations/forecasts/get.rs"];
    assert!(get.contains("pub fn get("), "{get}");
    assert!(get.contains("/// ```text\n    /// let forecast = get();"), "{get}");
    let handlers = output.server.iter().filter(|(name, _)| name.contains("handlers/"));
    assert!(handlers.map(|(_, text)| text).any(|text| text.contains("Forecasts::into(&*platform")));
}
