//! Tests the `{:?}` output of this crate's errors. Most of these errors belong to the command.

#![cfg(feature = "cli")]

#[path = "../../mileston-keys/tests/errors/rules.rs"]
mod rules;

use std::io;
use std::path::PathBuf;

use openapi_keys::cli::folder::FolderError;
use openapi_keys::cli::format::Unformatted;
use openapi_keys::{Diagnostic, Diagnostics};

#[test]
fn debug_shows_the_text_and_alternate_debug_shows_the_fields() {
    let list = vec![Diagnostic::new("no-security", "the operation has no security")];
    let error = Diagnostics::new("api.yaml", "openapi: 3.0.3", list);
    let link = FolderError::Link(PathBuf::from("src/generated"));
    let unformatted = Unformatted::Missing {
        program: "rustfmt".into(),
        error: io::Error::new(io::ErrorKind::NotFound, "not found"),
    };
    rules::check_all(
        env!("CARGO_MANIFEST_DIR"),
        &[("Diagnostics", &error), ("FolderError", &link), ("Unformatted", &unformatted)],
    );
    let fields = format!("{error:#?}");
    assert!(fields.contains("code: \"no-security\"") && !fields.contains("3.0.3"), "{fields}");
    let fields = format!("{link:#?}");
    assert!(fields.starts_with("Link(") && fields.contains("src/generated"), "{fields}");
}
