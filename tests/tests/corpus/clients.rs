//! Generates the client for a document and compares it with the document.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::time::{Duration, Instant};

use mileston_tests::compile::Package;
use openapi_keys::{Files, MissingSecurity, Output, Settings};

use crate::document::{Document, Operation, plain};
use crate::generated::{self, Row};
use crate::security::Requirement;

/// Documents that require two credentials together although both are sent in the same place. A request can contain only
/// one of the two.
const ONE_AT_A_TIME: &[&str] = &["btcpay"];

/// The minimum share of operations that a client must have, in percent.
const LEAST_OPERATIONS: usize = 98;

/// The share of properties that may be untyped JSON although the document declares a type, in
/// percent.
const MAX_ANY_JSON: usize = 2;

/// A document and its client.
pub(crate) struct Client {
    pub(crate) document: Document,
    pub(crate) output: Output,
    pub(crate) took: Duration,
}

/// The only documents that require no credentials anywhere although their APIs use keys.
const WITHOUT_SECURITY: &[&str] = &["qdrant"];

/// Generates the client with the `openapi-keys` command's default for operations without `security`. In the documents
/// in [`WITHOUT_SECURITY`], these operations need no credential.
pub(crate) fn generate_by_default(document: Document) -> Result<Client, String> {
    let missing = match WITHOUT_SECURITY.contains(&document.name.as_str()) {
        true => MissingSecurity::Open,
        false => MissingSecurity::Declared,
    };
    generate(document, missing)
}

/// Generates the client.
pub(crate) fn generate(document: Document, missing: MissingSecurity) -> Result<Client, String> {
    let settings = Settings::new("a test", document.file.as_str())
        .with_module(&format!("crate::generated::{}", document.module()))
        .with_missing_security(missing);
    let started = Instant::now();
    let output = openapi_keys::generate(&document.text, &settings);
    let output = output.map_err(|refused| format!("{}:\n{refused}", document.file))?;
    Ok(Client { document, output, took: started.elapsed() })
}

impl Client {
    pub(crate) fn files(&self) -> &Files {
        &self.output.client
    }

    /// Returns the operations that the client has, each with its entry in the catalogue.
    pub(crate) fn generated(&self) -> Vec<(Operation<'_>, Row)> {
        let mut rows = generated::catalogue(self.files());
        let mut generated = Vec::new();
        for operation in self.document.operations() {
            let same = |row: &Row| operation.is(&row.method, &row.path);
            if let Some(at) = rows.iter().position(same) {
                generated.push((operation, rows.swap_remove(at)));
            }
        }
        assert!(rows.is_empty(), "{} has no {rows:?}", self.document.file);
        generated
    }

    /// Returns the credentials that an operation requires.
    pub(crate) fn requirement(&self, operation: &Operation<'_>) -> Requirement {
        let security = operation.security.clone();
        let security = security.unwrap_or_else(|| Requirement(BTreeSet::new()));
        if ONE_AT_A_TIME.contains(&self.document.name.as_str()) {
            return security.with_one_at_a_time();
        }
        security
    }

    /// Returns how many operations are omitted for each reason. The key is the reason's code.
    pub(crate) fn omitted(&self) -> BTreeMap<&str, usize> {
        let mut codes = BTreeMap::new();
        for omitted in &self.output.report.omitted {
            *codes.entry(omitted.code).or_default() += 1;
        }
        codes
    }

    /// Returns how many of the document's operations use JSON, and how many of these the client has.
    pub(crate) fn json_operations(&self) -> (usize, usize) {
        let all = self.document.operations().iter().filter(|it| it.is_json).count();
        (all, self.generated().iter().filter(|(it, _)| it.is_json).count())
    }

    /// Checks the numbers in the report, the share of operations and the share of untyped JSON. Adds
    /// the problems to `wrong`.
    pub(crate) fn check(&self, wrong: &mut Vec<String>) {
        let name = &self.document.name;
        let report = &self.output.report;
        let (all, generated) = (self.document.operations().len(), self.generated().len());
        if (report.operations, report.generated) != (all, generated) {
            wrong.push(format!(
                "{name}: {generated} of {all} operations are generated, but the report says {} of {}",
                report.generated, report.operations
            ));
        }
        if generated * 100 < all * LEAST_OPERATIONS {
            let reasons: Vec<&str> = report.omitted.iter().map(|it| it.reason.as_str()).collect();
            wrong.push(format!(
                "{name}: only {generated} of {all} operations are generated:\n{}",
                reasons.join("\n")
            ));
        }
        let (properties, any_json) = self.any_json();
        if any_json.len() * 100 > properties * MAX_ANY_JSON {
            wrong.push(format!(
                "{name}: {} of {properties} properties are untyped:\n{}",
                any_json.len(),
                any_json.join("\n")
            ));
        }
    }

    /// Returns the number of properties, and the properties that are untyped JSON although the document declares a
    /// type.
    pub(crate) fn any_json(&self) -> (usize, Vec<String>) {
        let properties = generated::properties(self.files());
        let meant = self.document.properties_of_any_json();
        let unmeant = properties.any_json.iter().filter(|(_, name)| !meant.contains(&plain(name)));
        (properties.all, unmeant.map(|(owner, name)| format!("{owner}.{name}")).collect())
    }
}

/// Creates a package with a module for each client. Returns the package and the code of its library.
pub(crate) fn package<'c>(
    name: &str,
    clients: impl Iterator<Item = (&'c Client, Files)>,
) -> (Package, String) {
    let mut files = Files::new();
    let mut root = "//! Clients.\n".to_owned();
    for (client, own) in clients {
        let module = client.document.module();
        // Writing to a string can't fail.
        let _ = writeln!(root, "/// A client.\npub mod {module};");
        files.extend(own.into_iter().map(|(name, text)| (format!("{module}/{name}"), text)));
    }
    files.insert("mod.rs".to_owned(), root);
    let code = "//! Clients.\n#![deny(missing_docs)]\npub mod generated;\n";
    (Package::of_generated(name, &files).unwrap(), code.to_owned())
}

/// Lints the clients with clippy and builds their documentation, with warnings as errors. Returns the duration of
/// each step, or cargo's error output.
pub(crate) fn compile(name: &str, clients: &[&Client]) -> Result<[Duration; 2], String> {
    let all = clients.iter().map(|client| (*client, client.files().clone()));
    let (package, code) = package(name, all);
    let commands: [Vec<&str>; 2] = [
        vec![
            "clippy",
            "--lib",
            "--quiet",
            "--",
            "-Dwarnings",
            "-Dclippy::all",
            // The authors of the documents decide the layout of their prose.
            "-Aclippy::doc_overindented_list_items",
        ],
        vec!["doc", "--no-deps", "--quiet"],
    ];
    let mut took = [Duration::ZERO; 2];
    for (arguments, took) in commands.iter().zip(&mut took) {
        let started = Instant::now();
        let mut command = package.command(&code)?;
        let command = command.args(arguments).env("RUSTDOCFLAGS", "-Dwarnings");
        let output = command.output().map_err(|error| format!("cannot run cargo: {error}"))?;
        if !output.status.success() {
            return Err(format!("{name}:\n{}", String::from_utf8_lossy(&output.stderr)));
        }
        *took = started.elapsed();
    }
    Ok(took)
}
