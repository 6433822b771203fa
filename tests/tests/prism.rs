//! Tests that generated clients send requests that match their documents, according to Prism, an independent
//! validator.
//!
//! For each document, the test generates a client and calls up to two operations for each tag, with all optional
//! parameters. The values are the document's examples, or are created from its schemas. `prism mock` validates the
//! requests.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may panic")]

#[path = "prism/calls.rs"]
mod calls;
#[path = "corpus/clients.rs"]
#[allow(dead_code, reason = "the test `corpus` uses the other items")]
mod clients;
#[path = "prism/counts.rs"]
mod counts;
#[path = "prism/credentials.rs"]
mod credentials;
#[path = "corpus/document.rs"]
#[allow(dead_code, reason = "the test `corpus` uses the other items")]
mod document;
#[path = "corpus/generated.rs"]
#[allow(dead_code, reason = "the test `corpus` uses the other items")]
mod generated;
#[path = "prism/judge.rs"]
mod judge;
#[path = "prism/methods.rs"]
mod methods;
#[path = "prism/mock.rs"]
mod mock;
#[path = "prism/program.rs"]
mod program;
#[path = "prism/relay.rs"]
mod relay;
#[path = "prism/samples.rs"]
mod samples;
#[path = "corpus/security.rs"]
#[allow(dead_code, reason = "the test `corpus` uses the other items")]
mod security;
#[path = "prism/tasks.rs"]
mod tasks;
#[path = "prism/wrong.rs"]
mod wrong;
#[path = "corpus/yaml.rs"]
mod yaml;

use std::path::{Path, PathBuf};

use document::{Document, documents};
use judge::{Case, Verdict, judge};
use mileston_tests::tools;

/// The environment variable that names a folder with more documents.
const FOLDER: &str = "OPENAPI_DOCUMENTS";

/// This project's documents.
const OWN: [&str; 2] = ["tests/other-api/openapi.yaml", "openapi/mileston.yaml"];

/// The number of operations to call for each tag in a normal run.
const OF_TAG: usize = 2;

/// The minimum number of documents.
const LEAST: usize = 10;

#[tokio::test(flavor = "multi_thread")]
async fn prism_accepts_what_generated_clients_send() {
    let (node, folder) = match tools::node("tests/prism") {
        Ok(ready) => ready,
        Err(missing) => return tools::skip("Prism", &missing).unwrap(),
    };
    let mut all = with_paths(&tools::workspace().join("tests/corpus"));
    for path in OWN.map(|path| tools::workspace().join(path)) {
        let document = Document::read(&path);
        all.push((path, document));
    }
    let case = Case { name: "prism-calls", documents: all, of_tag: OF_TAG };
    let Verdict { wrong, counts } = judge((&node, &folder), case).await;
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert!(counts.documents >= LEAST, "only {} documents were judged", counts.documents);
}

/// Runs the long version, with all operations.
#[tokio::test(flavor = "multi_thread")]
async fn prism_accepts_what_clients_of_more_documents_send() {
    let Some(documents) = std::env::var_os(FOLDER).map(PathBuf::from) else {
        // This doesn't use `tools::skip`, because the folder is never required, not even in CI.
        tools::say(&format!(
            "SKIPPED: the long version of `prism`: set `{FOLDER}` to a folder with documents"
        ));
        return;
    };
    let (node, folder) = match tools::node("tests/prism") {
        Ok(ready) => ready,
        Err(missing) => return tools::skip("Prism", &missing).unwrap(),
    };
    let documents = with_paths(&documents);
    let case = Case { name: "prism-calls-of-folder", documents, of_tag: usize::MAX };
    let Verdict { wrong, .. } = judge((&node, &folder), case).await;
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

fn with_paths(folder: &Path) -> Vec<(PathBuf, Document)> {
    documents(folder).into_iter().map(|it| (folder.join(&it.file), it)).collect()
}
