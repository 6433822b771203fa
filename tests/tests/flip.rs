//! Tests that a change to an operation's `security` in the document changes which credentials the client and the
//! sandbox accept for that operation, and for no other. Each combination of an operation and a credential is a cell: a
//! cell flips if it was accepted and no longer is, or the reverse.
//!
//! The test compares this workspace with a copy whose code is generated from the changed document.

#![allow(clippy::unwrap_used, reason = "tests may panic")]

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use mileston_sandbox::Sandbox;
use mileston_tests::compile::{Package, workspace};
use mileston_tests::copy::{self, Change};
use mileston_tests::matrix;
use mileston_tests::matrix::mileston::{self, CREDENTIALS, Credential, allowed};
use mileston_tests::verdicts::{self, Issued, KINDS};

/// Accepted cells: operation and credential.
type Table = BTreeSet<(String, String)>;

const NORMAL: &str = "[{ normalKey: [], businessId: [] }]";
const CHECKOUT: &str = "[{ checkoutKey: [], businessId: [] }]";
const WALLET: &str = "[{ normalKey: [], businessId: [], walletSignature: [] }]";
const EITHER: &str = "[{ normalKey: [], businessId: [] }, { checkoutKey: [], businessId: [] }]";

#[tokio::test]
async fn changing_the_security_of_an_operation_flips_only_its_cells() {
    // Don't change operations that hand-written code calls, because those calls would no longer compile. Each operation
    // must still need a key, because the sandbox's code for the operation takes a caller, and there is a caller only if
    // `security` isn't empty.
    check(&[("updatePaymentLink", CHECKOUT)], &[("updatePaymentLink", Some("Checkout"))]).await;
    check(
        &[("createInvoice", WALLET), ("deleteInvoice", EITHER), ("getSubwalletBalances", NORMAL)],
        &[
            ("createInvoice", Some("Wallet")),
            ("deleteInvoice", Some("Keyed")),
            ("getSubwalletBalances", Some("Normal")),
        ],
    )
    .await;
}

/// Changes the document. Compares what the client and the sandbox accept before the change with what they accept
/// after it. `scopes` has the expected scopes of the changed operations.
async fn check(changes: &[Change<'_>], scopes: &[(&str, Option<&str>)]) {
    let scopes: BTreeMap<&str, Option<&str>> = scopes.iter().copied().collect();
    let root = changed_workspace(changes);
    let before = compiled("flip-before", &workspace());
    let after = compiled("flip-after", &root);
    let cells = compare("client", &before, &after, &scopes, CREDENTIALS);

    let sandbox = Sandbox::start().await.unwrap();
    let before = accepted(&Issued::of(&sandbox)).await;
    let mut server = Server::start(&copy::build_sandbox(&root).unwrap());
    let after = accepted(&server.issued()).await;
    let kinds: Vec<Credential> = KINDS.iter().map(|kind| Credential { ty: kind, kind }).collect();
    let served = compare("sandbox", &before, &after, &scopes, &kinds);
    println!(
        "flip: {changes:?}: {cells} client cells and {served} sandbox cells flipped, and no others"
    );
}

/// Checks that after the change each cell matches its operation's scope, and that only cells of the
/// changed operations differ.
fn compare(
    place: &str,
    before: &Table,
    after: &Table,
    scopes: &BTreeMap<&str, Option<&str>>,
    credentials: &[Credential],
) -> usize {
    for row in mileston::rows() {
        let scope = scopes.get(row.id.as_str()).copied().unwrap_or(row.scope.as_deref());
        for credential in credentials {
            let found = after.contains(&(row.id.clone(), credential.ty.to_owned()));
            assert_eq!(
                found,
                allowed(scope, *credential),
                "{place}: {} × {}",
                row.id,
                credential.ty
            );
        }
    }
    let flipped: Vec<_> = before.symmetric_difference(after).collect();
    for (operation, credential) in &flipped {
        assert!(
            scopes.contains_key(operation.as_str()),
            "{place}: {operation} × {credential} must not flip"
        );
    }
    assert!(!flipped.is_empty(), "{place}: nothing flipped");
    flipped.len()
}

/// Creates a copy of the workspace, with code that is generated from the changed document.
fn changed_workspace(changes: &[Change<'_>]) -> std::path::PathBuf {
    let document = std::fs::read_to_string(workspace().join(xtask::codegen::DOCUMENT)).unwrap();
    let document = copy::edit(&document, changes).unwrap();
    let output = openapi_keys::generate(&document, &xtask::codegen::settings()).unwrap();
    let client: Vec<_> = output.client.into_iter().collect();
    let server: Vec<_> = output.server.into_iter().collect();
    copy::workspace_with(&client, &server).unwrap()
}

/// Returns the cells that compile with a workspace's client.
fn compiled(name: &str, root: &Path) -> Table {
    let package = Package::new(name, root).unwrap();
    let cells = mileston::cells(&mileston::rows());
    matrix::compiling(&package, mileston::BEFORE, &cells).unwrap()
}

/// Returns the cells that a running sandbox accepts.
async fn accepted(issued: &Issued) -> Table {
    let table = verdicts::table(issued).await.unwrap();
    let accepted = table.into_iter().filter(|(_, accepted)| *accepted);
    accepted.map(|((operation, kind), _)| (operation, kind.to_owned())).collect()
}

/// A sandbox in its own process. Dropping this value kills the process.
struct Server(Child);

impl Server {
    fn start(binary: &Path) -> Self {
        let mut command = Command::new(binary);
        Server(
            command
                .args(["serve", "--json", "--port", "0"])
                .stdout(Stdio::piped())
                .spawn()
                .unwrap(),
        )
    }

    fn issued(&mut self) -> Issued {
        let mut line = String::new();
        BufReader::new(self.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The process may have exited already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
