//! Tests how documents are read, and which documents and operations are rejected.

use std::fs;

use crate::{Place, sound, unsecured};

#[test]
fn line_endings_and_standard_input_make_no_difference() {
    let place = Place::new("crlf");
    place.generate(&[]).done(&[]);
    let files = place.files("src/generated");
    place.write("api.yaml", &sound().replace('\n', "\r\n"));
    place.generate(&["--check"]).done(&[]);
    // The line endings of the generated files make no difference either.
    let text = place.read("src/generated/client.rs");
    place.write("src/generated/client.rs", &text.replace('\n', "\r\n"));
    place.generate(&["--check"]).done(&[]);
    place.generate(&[]).done(&["0 written"]);

    let arguments = ["generate", "-", "--out", "src/generated"];
    let ran = place.run_with(&arguments, sound().as_bytes(), &[]);
    ran.done(&["<stdin>: 2 of 2 operations generated in src/generated"]);
    let body = |text: &str| text.split_once("\n\n").unwrap().1.to_owned();
    for (name, text) in place.files("src/generated") {
        assert!(text.contains("\n// Source: <stdin>"), "{name}: {text}");
        assert_eq!(body(&text), body(&files[&name]), "{name}");
    }
}

#[test]
fn invalid_documents_are_rejected() {
    let place = Place::new("unusable");
    for (text, expected) in [
        ("", "error[document-empty]"),
        ("[]", "error[document-root]"),
        ("a: b: c", "api.yaml:1:"),
        ("swagger: \"2.0\"\n", "api.yaml"),
    ] {
        place.write("api.yaml", text);
        place.generate(&[]).failed(1, &[expected, "nothing was generated"]);
    }
    fs::write(place.path("api.yaml"), b"\xFF\xFEo\0p\0").unwrap();
    place.generate(&[]).failed(1, &["the document is in UTF-16"]);
    fs::remove_file(place.path("api.yaml")).unwrap();
    place.generate(&[]).failed(1, &["cannot read the document api.yaml"]);
    fs::create_dir(place.path("api.yaml")).unwrap();
    place.generate(&[]).failed(1, &["cannot read the document api.yaml"]);
    assert!(!place.path("src").exists());
}

/// The command must reject a large file or pipe without reading all of it.
#[test]
fn a_large_document_is_rejected_immediately() {
    let place = Place::new("large");
    let large = "# 50 MB\n".repeat(50_000_000 / 8);
    place.write("api.yaml", &large);
    place.generate(&[]).failed(1, &["error[document-size]", "the document has more than"]);
    let arguments = ["generate", "-", "--out", "src/generated"];
    let ran = place.run_with(&arguments, large.as_bytes(), &[]);
    ran.failed(1, &["error[document-size]"]);
}

#[test]
fn references_to_other_files_are_not_followed() {
    let place = Place::new("references");
    place.write("book.yaml", "type: object\nproperties: { secret: { type: string } }\n");
    let text = sound().replacen("\"#/components/schemas/Book\"", "./book.yaml", 1);
    place.write("api.yaml", &text);
    let ran = place.generate(&[]);
    ran.done(&["2 of 2 operations generated", "external-reference (1)", "`./book.yaml`"]);
    let files = place.files("src/generated");
    assert!(files.values().all(|text| !text.contains("secret:")));
}

#[test]
fn operations_without_security_are_left_out_if_the_document_requires_no_credentials() {
    let place = Place::new("unsecured");
    place.write("api.yaml", &unsecured());
    place.generate(&[]).done(&["0 of 2 operations generated", "no-security (2)"]);
    place.generate(&["--unsecured", "refuse"]).done(&["0 of 2 operations generated"]);
    place.generate(&["--unsecured", "open"]).done(&["2 of 2 operations generated"]);
    place.write("keys.toml", "unsecured = \"open\"\n");
    place.generate(&["--settings", "keys.toml"]).done(&["2 of 2 operations generated"]);
    let both = ["--settings", "keys.toml", "--unsecured", "refuse"];
    place.generate(&both).done(&["0 of 2 operations generated"]);
    // `security: []` makes only this operation open. The document still requires no credentials,
    // so the other operation is left out.
    let empty =
        unsecured().replacen("      operationId:", "      security: []\n      operationId:", 1);
    place.write("api.yaml", &empty);
    place.generate(&[]).done(&["1 of 2 operations generated", "no-security (1)"]);
}

#[test]
fn operations_without_security_are_open_if_others_require_credentials() {
    let place = Place::new("declared");
    let text = sound().replacen("      security:\n        - reader: []\n", "", 1);
    assert_ne!(text, sound());
    place.write("api.yaml", &text);
    place.generate(&[]).done(&[
        "2 of 2 operations generated",
        "no-security (1), first: without `security`, anyone can call operation `GET /books/{isbn}`; to leave it out, use `--unsecured refuse`",
        "operations without any `security`: open if others require credentials",
    ]);
    // The advice works.
    place
        .generate(&["--unsecured", "refuse"])
        .done(&["1 of 2 operations generated", "no-security (1)"]);
}
