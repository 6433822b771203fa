//! Tests the Rust code that the sandbox's "Requests" page shows for repeating a call: it must compile for every
//! operation.

#![allow(clippy::unwrap_used, reason = "tests may panic")]

use mileston_api::catalogue::OPERATIONS;
use mileston_api::operation::{Location, Operation, Written};
use mileston_sandbox::Sandbox;
use mileston_tests::compile::{Package, workspace};
use mileston_tests::http;

/// A replacement for the `serde_json` crate, because the package that this test compiles depends only
/// on the client.
const SERDE_JSON: &str = "mod serde_json {
    pub fn from_str<T>(_: &str) -> Result<T, std::fmt::Error> { Err(std::fmt::Error) }
}
";

#[tokio::test]
async fn the_rust_code_for_every_operation_compiles() {
    let sandbox = Sandbox::start().await.unwrap();
    for operation in OPERATIONS {
        call(&sandbox, operation).await;
    }
    let page = http::send(sandbox.url(), "GET", "/requests", &[], "").await.unwrap();
    let snippets = snippets(&page.body);
    assert_eq!(snippets.len(), OPERATIONS.len());
    let functions = snippets.iter().enumerate().map(|(at, snippet)| {
        format!("pub async fn call{at}() -> Result<(), Box<dyn std::error::Error>> {{\n{snippet}\nOk(())\n}}\n")
    });
    let code: String = std::iter::once(SERDE_JSON.to_owned()).chain(functions).collect();
    let said = Package::new("repeat", &workspace()).unwrap().check(&code).unwrap();
    assert!(said.is_empty(), "{said:#?}\n{code}");
    println!("repeat: {} Rust snippets compile", snippets.len());
}

/// Calls the operation with arbitrary values. The sandbox may reject the call.
async fn call(sandbox: &Sandbox, operation: &Operation) {
    let mut target = operation.path.replace('{', "some-").replace('}', "");
    let mut separator = '?';
    for parameter in operation.parameters {
        if matches!(parameter.location, Location::Query) {
            let written = parameter.argument.map(|argument| argument.written);
            let value = if written == Some(Written::Literal) { "7" } else { "some+%22text%22" };
            target.push_str(&format!("{separator}{}={value}", parameter.name));
            separator = '&';
        }
    }
    let body = if operation.body.is_some() { r##"{"a":"b\"#"}"## } else { "" };
    http::send(sandbox.url(), operation.method.as_str(), &target, &[], body).await.unwrap();
}

fn snippets(page: &str) -> Vec<String> {
    let starts = page.split("id=\"rust-").skip(1);
    let texts = starts.filter_map(|rest| rest.split_once('>')?.1.split_once("</code>"));
    texts.map(|(text, _)| unescaped(text)).collect()
}

/// Returns the text of highlighted HTML, without the tags.
fn unescaped(html: &str) -> String {
    let text: String =
        html.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}
