//! Tests small documents that are based on public bug reports about generators. For each valid document, the
//! generated client must compile. Each invalid document must be rejected with an error at the line that contains
//! the mistake.
//!
//! `tests/cases/expected.tsv` contains the verdict of openapi-spec-validator on each document. docs/documents.md
//! explains where our generator differs.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may panic")]

use std::collections::BTreeMap;
use std::path::PathBuf;

use mileston_tests::compile::Package;
use mileston_tests::tools;
use openapi_keys::{Files, MissingSecurity, Settings};

/// Documents that the validator and our generator reject, with the line of our diagnostic.
const REFUSED: &[(&str, u32)] = &[
    ("A16c-30.yaml", 1),
    ("A16d-swagger.yaml", 1),
    ("A34c-tabs.yaml", 16),
    ("AX14-callbacks-links.yaml", 7),
    ("AY01-info-version-number.yaml", 2),
    ("AY08-description-missing.yaml", 11),
];

/// Documents that only the validator rejects, because the validator reads YAML 1.1. OpenAPI requires YAML 1.2.
const READ_AS_YAML_1_2: &[&str] = &["AY03-enum-yes-no.yaml"];

fn folder() -> PathBuf {
    tools::workspace().join("tests/cases")
}

/// Returns the documents by name. The value says whether the validator accepts the document.
fn cases() -> BTreeMap<String, bool> {
    let table = std::fs::read_to_string(folder().join("expected.tsv")).unwrap();
    let row = |line: &str| {
        let mut cells = line.split('\t');
        let name = cells.next().unwrap().to_owned();
        (name, cells.next().unwrap() == "valid")
    };
    table.lines().skip(1).map(row).collect()
}

fn generate(name: &str, module: &str) -> Result<openapi_keys::Output, openapi_keys::Diagnostics> {
    let bytes = std::fs::read(folder().join(name)).unwrap();
    let text = openapi_keys::decode(name, &bytes)?;
    let settings = Settings::new("a test", name)
        .with_module(&format!("crate::generated::{module}"))
        .with_missing_security(MissingSecurity::Open);
    openapi_keys::generate(text, &settings)
}

/// Returns a module name for a document. The module name contains a number, because the names of two documents may
/// differ only in case.
fn module(number: usize, name: &str) -> String {
    let plain =
        |each: char| if each.is_ascii_alphanumeric() { each.to_ascii_lowercase() } else { '_' };
    let name: String = name.chars().map(plain).collect();
    let words: Vec<&str> = name.split('_').filter(|word| !word.is_empty()).collect();
    format!("{}_{number}", words.join("_"))
}

#[test]
fn every_valid_document_results_in_a_client_that_compiles() {
    let mut files = Files::new();
    let mut root = String::new();
    let mut wrong = Vec::new();
    let (mut operations, mut generated) = (0, 0);
    let valid = cases().into_iter().filter_map(|(name, valid)| valid.then_some(name));
    for (number, name) in valid.enumerate() {
        let module = module(number, &name);
        let output = match generate(&name, &module) {
            Ok(output) => output,
            Err(refused) => {
                wrong.push(format!("{name}:\n{refused}"));
                continue;
            }
        };
        operations += output.report.operations;
        generated += output.report.generated;
        wrong.extend(output.report.omitted.iter().map(|omitted| {
            format!(
                "{name}:{}: {} is left out: {}",
                omitted.line, omitted.operation, omitted.reason
            )
        }));
        root.push_str(&format!("pub mod {module};\n"));
        files.extend(
            output.client.into_iter().map(|(file, text)| (format!("{module}/{file}"), text)),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    let documents = root.lines().count();
    files.insert("mod.rs".to_owned(), root);
    let package = Package::of_generated("cases", &files).unwrap();
    let said = package.check("#![deny(warnings)]\n#![allow(missing_docs)]\npub mod generated;\n");
    let said = said.unwrap_or_else(|text| panic!("{text}"));
    assert!(said.is_empty(), "{said:#?}");
    tools::say(&format!(
        "cases: {documents} documents with {operations} operations, {generated} generated, all compile"
    ));
}

#[test]
fn every_invalid_document_is_rejected_with_the_line_of_its_mistake() {
    let invalid = cases().into_iter().filter_map(|(name, valid)| (!valid).then_some(name));
    for name in invalid {
        if READ_AS_YAML_1_2.contains(&&*name) {
            assert_eq!(generate(&name, "x").unwrap().report.generated, 1, "{name}");
            continue;
        }
        let (_, line) = REFUSED.iter().find(|(listed, _)| *listed == name).unwrap();
        let refused = generate(&name, "x").map(|output| output.report).unwrap_err();
        let first = &refused.list()[0].labels[0];
        let text = std::fs::read_to_string(folder().join(&name)).unwrap();
        let found = text[..first.span.start].lines().count().max(1);
        let at_start = text[..first.span.start].ends_with('\n');
        assert_eq!(found + usize::from(at_start), *line as usize, "{name}:\n{refused}");
    }
}
