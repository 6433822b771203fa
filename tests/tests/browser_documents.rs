//! Tests that the browser examples in the frontend guide compile for a browser.

#![allow(clippy::panic, clippy::unwrap_used, reason = "tests may panic")]

use std::fmt::Write as _;

use mileston_tests::compile::{Package, workspace};
use mileston_tests::documents::markdown::{Kind, pieces};
use mileston_tests::tools;
use wasm_build::Toolchain;

/// Definitions of the names that the guide's examples use.
const BEFORE: &str = "#![allow(dead_code, unused)]\n\
    fn start<M: mileston_api::Mode>(client: mileston_api::CheckoutClient<M>) {}\n";

#[test]
fn examples_for_browsers_compile_for_browsers() {
    let toolchain = match Toolchain::find() {
        Ok(toolchain) => toolchain,
        Err(missing) => return tools::skip("the frontend guide", &missing).unwrap(),
    };
    let page = std::fs::read_to_string(workspace().join("docs/frontend.md")).unwrap();
    let mut code = BEFORE.to_owned();
    let mut examples = 0;
    for piece in pieces(&page) {
        let Kind::Block(info, text) = &piece.kind else { continue };
        if info != "rust,ignore" {
            continue;
        }
        examples += 1;
        writeln!(
            code,
            "async fn example_{examples}() -> Result<(), Box<dyn std::error::Error>> {{\n{text}\nOk(())\n}}"
        )
        .unwrap();
    }
    assert!(examples >= 2, "{examples} examples");
    let package = Package::new("browser-documents", &workspace()).unwrap();
    let package = package.compiled_by(move |folder| {
        let mut cargo = toolchain.cargo(folder);
        cargo.env("MILESTON_CHECKOUT_KEY", "Mileston_TEST_CHECKOUTKEY_fake0123");
        cargo.env("MILESTON_BUSINESS_ID", "my-business");
        cargo
    });
    let said = package.check(&code).unwrap();
    assert!(said.is_empty(), "{said:#?}");
    tools::say(&format!("frontend guide: {examples} examples compile for browsers"));
}
