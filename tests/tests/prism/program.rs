//! Writes the program that makes the calls: the generated clients of all documents, and a function for each call.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use mileston_tests::compile::{cargo, target};
use mileston_tests::metadata;
use mileston_tests::tools;
use openapi_keys::Files;

use crate::clients::Client;
use crate::relay::CALL;

/// A small package without TLS, built once for all documents. Its dependencies are in the workspace's lock file.
const MANIFEST: &str = r#"
version = "0.0.0"
edition = "2024"

[workspace]

[profile.dev]
debug = false

[dependencies]
serde = { version = "1", features = ["derive"] }
serde_json = "1"
tokio = { version = "1", features = ["net", "rt", "time"] }
"#;

/// The program's main file. The program prints a line for each call: the call's number and result.
const MAIN: &str = r#"//! Calls operations of generated clients: `prism-calls MODULE ORIGIN`.
#![allow(dead_code, unused_imports)]

mod calls;
mod generated;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [module, origin] = arguments.as_slice() else { panic!("expected a module and an origin") };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(calls::all(module, origin));
}
"#;

const CALLS: &str = r#"//! A module for each call.

use std::error::Error;
use std::future::Future;

type Outcome = Result<(), Box<dyn Error>>;

async fn report(number: usize, call: impl Future<Output = Outcome>) {
    match call.await {
        Ok(()) => println!("{number}\tok"),
        Err(error) => println!("{number}\t{}", format!("{error}").replace('\n', " ")),
    }
}

fn value<T: serde::de::DeserializeOwned>(sample: &str) -> Result<T, String> {
    let name = std::any::type_name::<T>();
    // In the client, a parameter that can be a number or a string is a string.
    let text = || serde_json::from_value(serde_json::Value::String(sample.to_owned())).ok();
    serde_json::from_str(sample)
        .or_else(|error| text().ok_or(error))
        .map_err(|error| format!("{sample} isn't a {name}: {error}"))
}

fn fake() -> String {
    format!("fake-{}", std::process::id())
}
"#;

/// The result that the program prints for a call whose response it could read.
pub(crate) const READ: &str = "ok";

/// A call to write into the program.
pub(crate) struct Call {
    /// The call's number among the calls of its client.
    pub(crate) number: usize,
    /// The module of the client.
    pub(crate) module: String,
    /// The `use` lines.
    pub(crate) imports: String,
    /// The expression for the credentials.
    pub(crate) credentials: String,
    /// The expression for the call.
    pub(crate) call: String,
}

/// Builds the program.
pub(crate) fn build(name: &str, clients: &[&Client], calls: &[Call]) -> PathBuf {
    let folder = metadata::target().join("tests").join(name);
    let sources = folder.join("src");
    // Files from an earlier run would be stale.
    drop(std::fs::remove_dir_all(&sources));
    let mut files = Files::from([
        ("main.rs".to_owned(), MAIN.to_owned()),
        ("calls.rs".to_owned(), code(calls)),
    ]);
    let mut root = "//! Clients.\n".to_owned();
    for client in clients {
        let module = client.document.module();
        // Writing to a string can't fail.
        let _ = writeln!(root, "pub mod {module};");
        let own = client.files().iter();
        files.extend(own.map(|(name, text)| (format!("generated/{module}/{name}"), text.clone())));
    }
    files.insert("generated/mod.rs".to_owned(), root);
    for (file, text) in files {
        let path = sources.join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let runtime = tools::workspace().join("runtime");
    let runtime =
        format!("openapi-keys-runtime = {{ path = {runtime:?}, default-features = false }}\n");
    let manifest = format!("[package]\nname = {name:?}{MANIFEST}{runtime}");
    std::fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    std::fs::copy(tools::workspace().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let output = cargo(&folder).args(["build", "--quiet"]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    target().join("debug").join(name)
}

/// Returns the modules of the calls, and the function that makes a client's calls.
fn code(calls: &[Call]) -> String {
    let mut code = CALLS.to_owned();
    let mut modules: BTreeMap<&str, String> = BTreeMap::new();
    for Call { number, module, imports, credentials, call } in calls {
        let made = modules.entry(module).or_default();
        let _ =
            writeln!(made, "            report({number}, {module}_{number}::call(origin)).await;");
        let _ = writeln!(
            code,
            "\nmod {module}_{number} {{\n    use crate::generated::{module} as api;\n{imports}
    pub(super) async fn call(origin: &str) -> super::Outcome {{
        let credentials = {credentials};
        let name = openapi_keys_runtime::HeaderName::from_static({CALL:?});
        let number = openapi_keys_runtime::HeaderValue::from_static(\"{number}\");
        let builder = api::Client::builder(credentials).origin(origin)?.without_retries();
        let client = builder.default_header(name, number).build()?;
        {call}.await?;
        Ok(())
    }}\n}}"
        );
    }
    code.push_str("\npub async fn all(module: &str, origin: &str) {\n    match module {\n");
    for (module, made) in modules {
        let _ = writeln!(code, "        {module:?} => {{\n{made}        }}");
    }
    code.push_str("        _ => panic!(\"there is no client with this module\"),\n    }\n}\n");
    code
}

/// Makes a client's calls. Returns the results by call number.
pub(crate) fn run(program: &Path, module: &str, origin: &str) -> BTreeMap<usize, String> {
    let output = Command::new(program).args([module, origin]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{module}: {said}");
    let lines = String::from_utf8(output.stdout).unwrap();
    let outcome = |line: &str| {
        let (number, outcome) = line.split_once('\t').unwrap();
        (number.parse().unwrap(), outcome.to_owned())
    };
    lines.lines().map(outcome).collect()
}
