//! The documents with mistakes, each with what is said about it (`.stderr`) and how that help is followed (`.fix`).

#![allow(dead_code, reason = "each test uses a part of this")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use codegen::{Bound, Diagnostics, Hooks, MissingSecurity, Settings, Strictness, check_text};

pub(crate) fn settings() -> Settings {
    Settings::new("cargo run -p my-codegen", "openapi.yaml")
        .with_credential("crate::scope::Credential")
        .with_strictness(Strictness::House)
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
        .with_hooks(Hooks::new().with_values([("branch", "crate::fill::branch")]))
}

/// The first line of documents whose credentials are generated.
const GENERATED: &str = "# Credentials are generated.\n";

/// The settings that a document is checked with.
pub(crate) fn settings_of(document: &str) -> Settings {
    match document.starts_with(GENERATED) {
        true => Settings::new("cargo run -p my-codegen", "openapi.yaml")
            .with_strictness(Strictness::House),
        false => settings(),
    }
}

pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics")
}

/// The documents by the name of the mistake.
pub(crate) fn documents() -> BTreeMap<String, PathBuf> {
    let mut documents = files("yaml");
    for (name, path) in files("json") {
        assert!(documents.insert(name, path).is_none(), "two documents of one name");
    }
    documents
}

/// Files of an extension by their name.
pub(crate) fn files(extension: &str) -> BTreeMap<String, PathBuf> {
    let paths = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let of_kind = paths.filter(|path| path.extension().is_some_and(|found| found == extension));
    of_kind.map(|path| (path.file_stem().unwrap().to_string_lossy().into_owned(), path)).collect()
}

pub(crate) fn mistakes(path: &Path) -> Diagnostics {
    let text = std::fs::read_to_string(path).unwrap();
    let name = path.file_name().unwrap().to_string_lossy();
    match check_text(&name, &text, &settings_of(&text)) {
        Err(diagnostics) => diagnostics,
        Ok(()) => panic!("{name}: no mistake was found"),
    }
}

/// The document that all cases are variations of.
pub(crate) fn sound() -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sound.yaml")).unwrap()
}
