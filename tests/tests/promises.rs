//! Tests that the documentation examples marked `compile_fail` fail with the promised error. All are compiled together.

#![allow(clippy::unwrap_used, reason = "tests may panic")]

use mileston_tests::compile::{Package, workspace};
use mileston_tests::documents::markdown::{Kind, pieces};
use mileston_tests::documents::pages::{self, Page};
use mileston_tests::promises::{Promise, blocks, broken, library};

const KEYS: &str = "mileston-keys/src/lib.rs";
const CHECKED: &str = "mileston-api/src/convert/checked.rs";
const LITERAL: &str = "mileston-api/src/literals.rs";
const OTHER: &str = "tests/other-api/src/lib.rs";
const CREDENTIALS: &str = "docs/credentials.md";
const NEEDS_NORMAL: &str =
    "this operation needs a Normal key, but the client holds `CheckoutKey<Test>`";

const fn promise(
    file: &'static str,
    line: &'static str,
    error: &'static str,
    says: &'static str,
) -> Promise {
    Promise { file, line, error, says }
}

const ONLY_TEST: &str = "only a test key may be sent over plain http to another machine, and `NormalKey<Live>` isn't always one";

const PROMISES: &[Promise] = &[
    promise(
        KEYS,
        "println!(\"{key}\"); // no Display",
        "E0277",
        "`NormalKey<Test>` doesn't implement `std::fmt::Display`",
    ),
    promise(
        KEYS,
        "let text: &str = &key; // no Deref",
        "E0308",
        "expected `&str`, found `&NormalKey<Test>`",
    ),
    promise(
        KEYS,
        "let text = serde_json::to_string(&key); // no Serialize",
        "E0277",
        "the trait bound `NormalKey<Test>: serde::Serialize` is not satisfied",
    ),
    promise("mileston-keys/src/credential.rs", "send_in_clear(&key);", "E0277", ONLY_TEST),
    promise(
        "mileston-api/src/client.rs",
        "let client = builder.plain_http_origin(\"http://sandbox:7357\");",
        "E0277",
        ONLY_TEST,
    ),
    promise("mileston-keys/src/scope.rs", "create_invoice(&key);", "E0277", NEEDS_NORMAL),
    promise(
        "mileston-api/src/lib.rs",
        "let call = client.payment_links().create(\"100.00\");",
        "E0277",
        NEEDS_NORMAL,
    ),
    promise(
        "mileston-api/src/raw_request.rs",
        "let request = client.raw(&PING);",
        "E0277",
        "this raw operation needs the scope `raw::Normal`, but the client holds `CheckoutKey<Test>`",
    ),
    promise(
        "mileston-api/src/amount.rs",
        "let price = mileston_api::Amount::try_from(0.1 + 0.2);",
        "E0277",
        "the trait bound `Amount: TryFrom<{float}>` is not satisfied",
    ),
    promise(
        LITERAL,
        "let price = amount!(\"0.0000001\");",
        "E0080",
        "the amount has more than 6 decimal places",
    ),
    promise(
        LITERAL,
        "let price = amount!(12.50);",
        "E0080",
        "write the amount in quotes: `amount!(\"12.50\")`",
    ),
    promise(
        LITERAL,
        "let fee = token_amount!(\"0.0\");",
        "E0080",
        "the amount is zero; it must be at least the smallest unit, like `0.000001`",
    ),
    promise(CHECKED, "take(12.5_f64);", "E0277", "`f64` isn't an amount"),
    promise(CHECKED, "take(12_u32);", "E0277", "`u32` isn't an amount"),
    promise(
        "mileston-api/src/convert/ids.rs",
        "take(InvoiceId::from(\"7\"));",
        "E0277",
        "`InvoiceId` isn't the id of a payment link",
    ),
    promise(
        "mileston-api/src/id.rs",
        "client.payment_links().get(id);",
        "E0277",
        "`&InvoiceId` isn't the id of a payment link",
    ),
    promise(
        OTHER,
        "let call = client.books().add_from(book);",
        "E0277",
        "only staff can do this, and `Reader` is not staff",
    ),
    promise(
        OTHER,
        "let call = client.loans().list();",
        "E0277",
        "only readers and staff can do this",
    ),
    promise(
        OTHER,
        "let client = other_api::Client::new(\"a key\");",
        "E0277",
        "a client needs a credential of the library, but `&str` isn't one",
    ),
    promise(
        "docs/keys.md",
        "    client.payment_links().create(\"100.00\").await?;",
        "E0277",
        "this operation needs a Normal key, but the client holds `CheckoutKey<Live>`",
    ),
    promise(
        CREDENTIALS,
        "let client = Client::new(key);",
        "E0277",
        "a client holds `Credentials`, not `CatalogueKey`",
    ),
    promise(
        CREDENTIALS,
        "    let call = client.desk().move_records();",
        "E0277",
        "needs a `Login` token with the scopes `records.read` and `records.write`",
    ),
];

#[test]
fn examples_that_must_not_compile_fail_with_the_promised_error() {
    let root = workspace();
    let files = pages::files(&root).unwrap();
    let mut all = pages::markdown(&root, &files).unwrap();
    // In Rust files, only doc comments are read, because the checker's own tests have such blocks in string literals.
    all.extend(pages::rustdoc(&root, &files).unwrap());
    let blocks = blocks(&all);
    let (code, ranges) = library(&blocks);
    let dependencies = format!(
        "mileston-keys = {{ path = {:?} }}\nother-api = {{ path = {:?} }}\nserde_json = \"1\"\n",
        root.join("mileston-keys"),
        root.join("tests/other-api"),
    );
    let calls = calls(&all);
    assert!(!calls.is_empty(), "no page has a call that can be compiled");
    let first = code.lines().count() + 1;
    let code = format!(
        "{code}{}",
        calls.iter().enumerate().map(|(at, (_, call))| function(at, call)).collect::<String>()
    );
    let said = Package::with("promises", &root, &dependencies).unwrap().check(&code).unwrap();
    for (line, (page, call)) in (first..).zip(&calls) {
        assert!(!said.contains_key(&line), "{page}: `{call}` does not compile: {:?}", said[&line]);
    }
    let broken = broken(&blocks, &ranges, &said, PROMISES);
    assert!(broken.is_empty(), "{} problems:\n{}", broken.len(), broken.join("\n"));
    println!("promises: all {} blocks are rejected with the promised error", blocks.len());
}

/// Returns the complete calls in Markdown code spans, with their pages.
fn calls(pages: &[Page]) -> Vec<(String, String)> {
    let mut calls = Vec::new();
    for page in pages.iter().filter(|page| page.name.ends_with(".md")) {
        for piece in pieces(&page.text) {
            if let Kind::Code(code) = piece.kind
                && code.starts_with("client.")
                && code.contains('(')
                && !code.contains('…')
            {
                calls.push((format!("{}:{}", page.name, piece.line), code));
            }
        }
    }
    calls
}

/// Returns a one-line function that makes the call with a client whose key allows it.
fn function(at: usize, call: &str) -> String {
    let key = if call.contains("checkout()") { "CheckoutKey" } else { "WalletKey" };
    format!(
        "async fn call_{at}(client: mileston_api::Client<mileston_api::{key}<mileston_api::Test>>) {{ use mileston_api::*; let _ = {call}; }}\n"
    )
}
