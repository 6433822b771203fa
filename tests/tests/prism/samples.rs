//! Gets the values to send. `tests/prism/samples.mjs` takes them from the document's examples, or creates them from its
//! schemas.

use std::path::Path;
use std::time::Duration;

use mileston_tests::program;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::process::Command;

use crate::clients::Client;
use crate::document::Operation;

const LIMIT: Duration = Duration::from_secs(60);

/// The samples for a document.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Sampled {
    /// The values for the document's operations.
    Made(Vec<Samples>),
    /// The reason why Prism can't read the document.
    Unreadable(String),
}

/// The values for an operation.
#[derive(Deserialize)]
pub(crate) struct Samples {
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) body: Option<Body>,
}

/// A parameter with its value.
#[derive(Deserialize)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    /// `path`, `query`, `header` or `cookie`.
    #[serde(rename = "in")]
    pub(crate) location: String,
    pub(crate) value: Value,
}

/// A body with its value.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Body {
    /// The value as JSON, even for other media types.
    pub(crate) value: Value,
    /// Properties that the document requires but doesn't describe.
    pub(crate) undeclared: Vec<String>,
    /// Whether Prism validates the body. If Prism's validator can't read the schema, Prism accepts any body.
    pub(crate) validates: bool,
    pub(crate) is_json: bool,
}

/// Returns the values for all operations of each client.
pub(crate) async fn make<'c>(
    (node, folder): (&Path, &Path),
    clients: impl Iterator<Item = &'c Client>,
) -> Vec<Sampled> {
    let place =
        |it: &Operation<'_>| json!({"path": it.template, "method": it.method.to_lowercase()});
    let task = |client: &Client| {
        let operations: Vec<Value> = client.generated().iter().map(|(it, _)| place(it)).collect();
        json!({"document": client.document.raw, "operations": operations})
    };
    let input: Value = clients.map(task).collect();
    let mut command = Command::new(node);
    command.arg("samples.mjs").current_dir(folder);
    let output = program::run(&mut command, &input.to_string(), LIMIT).await.unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "samples.mjs: {said}");
    serde_json::from_slice(&output.stdout).unwrap()
}
