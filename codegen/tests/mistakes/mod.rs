//! Provides the cases in `tests/diagnostics`: documents with errors, the expected diagnostics, and
//! for each help message the edits that apply it.
//!
//! Most cases are edits to `tests/sound.yaml`, in the format that the module `format` describes. A
//! document that has little in common with `tests/sound.yaml` is a complete file in
//! `tests/diagnostics/whole`.

#![allow(dead_code, reason = "each test uses only some of these functions")]

pub(crate) mod cases;
pub(crate) mod edit;
pub(crate) mod format;

use std::path::{Path, PathBuf};

use openapi_keys::{Bound, Hooks, MissingSecurity, Settings, Strictness};

pub(crate) fn settings() -> Settings {
    Settings::new("cargo run -p my-codegen", "openapi.yaml")
        .with_credential("crate::scope::Credential")
        .with_strictness(Strictness::Strict)
        .with_missing_security(MissingSecurity::Refused)
        .with_bounds([
            Bound::new(
                "Staff",
                "crate::scope::Staff",
                "a member of staff",
                &[&["staff", "branch"]],
            ),
            Bound::new("Reader", "crate::scope::Reader", "a reader", &[&["reader"]]),
        ])
        .with_client_methods(["call_at"])
        .with_formats([("date-time", "crate::Timestamp"), ("isbn", "::std::string::String")])
}

/// Returns the hook for documents in which the client fills in the branch.
pub(crate) fn filling() -> Hooks {
    Hooks::new().with_values([("branch", "crate::fill::branch")])
}

/// The first line of documents whose credentials are generated.
const GENERATED: &str = "# Credentials are generated.\n";

/// Returns the settings for checking a document.
pub(crate) fn settings_of(document: &str) -> Settings {
    match document.starts_with(GENERATED) {
        true => Settings::new("cargo run -p my-codegen", "openapi.yaml")
            .with_strictness(Strictness::Strict),
        // A hook that no part of the document uses is an error.
        false if document.contains("x-filled-by-client") => settings().with_hooks(filling()),
        false => settings(),
    }
}

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

/// Returns the document that most cases edit.
pub(crate) fn sound() -> String {
    std::fs::read_to_string(tests().join("sound.yaml")).unwrap()
}
