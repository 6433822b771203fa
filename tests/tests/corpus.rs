//! Tests third-party documents: a client is generated from each document, the client compiles without a
//! warning, and the bounds of its operations accept exactly the credentials that the document's `security`
//! requires.
//!
//! Small documents are in `tests/corpus`. `OPENAPI_DOCUMENTS` can name a folder with more documents.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may panic")]

#[path = "corpus/bounds.rs"]
mod bounds;
#[path = "corpus/clients.rs"]
mod clients;
#[path = "corpus/document.rs"]
mod document;
#[path = "corpus/expected.rs"]
mod expected;
#[path = "corpus/generated.rs"]
mod generated;
#[path = "corpus/security.rs"]
mod security;
#[path = "corpus/yaml.rs"]
mod yaml;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::OnceLock;

use clients::{Client, generate, generate_by_default};
use document::documents;
use expected::EXPECTED;
use mileston_tests::matrix::{self, Counts};
use mileston_tests::tools;
use openapi_keys::MissingSecurity;

/// The environment variable that names a folder with more documents.
const FOLDER: &str = "OPENAPI_DOCUMENTS";

fn folder() -> PathBuf {
    tools::workspace().join("tests/corpus")
}

/// Returns the clients of the small documents.
fn clients() -> &'static [Client] {
    static CLIENTS: OnceLock<Vec<Client>> = OnceLock::new();
    CLIENTS.get_or_init(|| {
        let all = documents(&folder()).into_iter().map(generate_by_default);
        all.collect::<Result<_, _>>().unwrap_or_else(|refused| panic!("{refused}"))
    })
}

/// Compiles each combination of a requirement and a holder of credentials.
fn check_bounds(name: &str, clients: &[&Client], wrong: &mut Vec<String>) -> Option<Counts> {
    let files = clients.iter().map(|client| (*client, bounds::files(client)));
    let (package, _) = clients::package(name, files);
    let mut before = "mod generated;\n".to_owned();
    let mut cells = Vec::new();
    for client in clients {
        cells.extend(bounds::cells(client, &mut before, wrong));
    }
    let counts = matrix::check(&package, &before, &cells, bounds::plain);
    counts.map_err(|text| wrong.push(text)).ok()
}

#[test]
fn each_client_has_the_listed_operations() {
    let mut wrong = Vec::new();
    for client in clients() {
        client.check(&mut wrong);
        let name = &client.document.name;
        let expected = EXPECTED.iter().find(|it| it.name == name).unwrap();
        let report = &client.output.report;
        assert_eq!(report.operations, expected.operations, "{name}");
        assert_eq!(report.generated, expected.generated, "{name}");
        let omitted: BTreeMap<&str, usize> = expected.omitted.iter().copied().collect();
        assert_eq!(client.omitted(), omitted, "{name}");
        let (json, _) = client.json_operations();
        assert_eq!(json, expected.with_json, "{name}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert_eq!(clients().len(), EXPECTED.len());
}

#[test]
fn operations_without_security_are_left_out_on_request() {
    let petstore = documents(&folder()).into_iter().find(|it| it.name == "petstore").unwrap();
    let silent: BTreeSet<String> = petstore
        .operations()
        .iter()
        .filter(|it| it.security.is_none())
        .map(|it| it.id().unwrap().to_owned())
        .collect();
    let client = generate(petstore, MissingSecurity::Inherited);
    let client = client.unwrap_or_else(|refused| panic!("{refused}"));
    let omitted = client.output.report.omitted.iter().filter(|it| it.code == "no-security");
    let omitted: BTreeSet<String> = omitted.map(|it| it.operation.clone()).collect();
    assert_eq!((omitted.len(), omitted), (10, silent));
}

#[test]
fn clients_and_their_documentation_compile_without_a_warning() {
    let all: Vec<&Client> = clients().iter().collect();
    let took = clients::compile("corpus", &all).unwrap_or_else(|text| panic!("{text}"));
    tools::say(&format!("corpus: {} clients compile: {took:.1?}", all.len()));
}

#[test]
fn bounds_accept_exactly_the_credentials_that_security_requires() {
    let mut wrong = Vec::new();
    let all: Vec<&Client> = clients().iter().collect();
    let counts = check_bounds("corpus-bounds", &all, &mut wrong);
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    let Counts { compile, refused } = counts.unwrap();
    assert!(compile >= 20 && refused >= 40, "{counts:?}");
    tools::say(&format!("corpus: {compile} cells compile, {refused} fail with our message"));
}

/// The long version of this file's tests. Checks all documents in the folder that `OPENAPI_DOCUMENTS` names, and
/// reports their problems at the end.
#[test]
fn clients_of_the_documents_in_a_folder_compile() {
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else {
        // This doesn't use `tools::skip`, because the folder is never required, not even in CI.
        tools::say(&format!(
            "SKIPPED: the long version of `corpus`: set `{FOLDER}` to a folder with documents"
        ));
        return;
    };
    let mut wrong = Vec::new();
    let all = documents(&folder);
    assert!(!all.is_empty(), "{} has no documents", folder.display());
    for document in all {
        let client = match generate_by_default(document) {
            Ok(client) => client,
            Err(refused) => {
                wrong.push(refused);
                continue;
            }
        };
        client.check(&mut wrong);
        let name = &client.document.name;
        let report = &client.output.report;
        let (json, with_json) = client.json_operations();
        let (properties, any_json) = client.any_json();
        tools::say(&format!(
            "corpus: {name}: {} of {} operations, {with_json} of {json} with JSON, left out {:?}, {} of {properties} \
             properties untyped, generated in {:.1?}",
            report.generated,
            report.operations,
            client.omitted(),
            any_json.len(),
            client.took,
        ));
        let package = format!("corpus-of-folder-{}", client.document.module());
        let compiled = clients::compile(&package, &[&client]);
        let counts = check_bounds(&format!("{package}-bounds"), &[&client], &mut wrong);
        tools::say(&format!(
            "corpus: {name}: compiled in {:.1?}, {counts:.1?}",
            compiled.as_ref().ok()
        ));
        wrong.extend(compiled.err());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
