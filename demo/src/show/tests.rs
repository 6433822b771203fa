//! Tests that the demo stops at every unexpected result.

use mileston_sandbox::Sandbox;

use super::*;
use crate::check::same;
use crate::parties::Parties;

const UNKNOWN: Expected = Expected::not_found("no payment link with this id");

fn silent() -> Show {
    Show::new(Printer::new(Box::new(std::io::sink())))
}

#[track_caller]
fn check(result: Result<(), Failure>, expected: &str) {
    assert_eq!(result.unwrap_err().to_string(), format!("step 1, \"x\", failed: {expected}"));
}

#[tokio::test]
async fn a_call_that_succeeds_is_not_a_refusal() {
    let sandbox = Sandbox::start().await.unwrap();
    let backend = Parties::of(&sandbox).unwrap().backend;
    let mut show = silent();
    let result = show.refused("x", &backend, |client| client.invoices().list(), UNKNOWN);
    check(result.await, "the call should fail, but was executed");
    assert_eq!((show.tally.done, show.tally.refused), (0, 0));
}

#[tokio::test]
async fn a_refusal_of_a_different_kind_is_unexpected() {
    let sandbox = Sandbox::start().await.unwrap();
    let backend = Parties::of(&sandbox).unwrap().backend;
    let mut show = silent();
    let result =
        show.refused("x", &backend, |client| client.invoices().get("none"), Expected::AWAITING);
    let text = result.await.unwrap_err().to_string();
    assert!(text.contains("should fail with Refused(400), but failed with: getInvoice"), "{text}");
}

#[tokio::test]
async fn a_refusal_with_a_different_message_is_unexpected() {
    let sandbox = Sandbox::start().await.unwrap();
    let backend = Parties::of(&sandbox).unwrap().backend;
    let mut show = silent();
    let result = show.refused("x", &backend, |client| client.invoices().get("none"), UNKNOWN);
    check(
        result.await,
        "the platform responded with \"This business has no invoice with this id in the key's mode.\" instead of \
                 \"no payment link with this id\"",
    );
}

#[tokio::test]
async fn a_response_with_the_wrong_value_is_reported() {
    let sandbox = Sandbox::start().await.unwrap();
    let backend = Parties::of(&sandbox).unwrap().backend;
    let mut show = silent();
    let list = |client: &Client<_>| client.invoices().list();
    let result = show.done("x", &backend, list, |answer| {
        same("the number of invoices", answer.invoice_data.len(), 3)?;
        Ok(String::new())
    });
    check(result.await.map(drop), "the number of invoices is 0, but should be 3");
    assert_eq!(show.tally.done, 0);
}

#[tokio::test]
async fn a_failing_call_is_reported() {
    let sandbox = Sandbox::start().await.unwrap();
    let backend = Parties::of(&sandbox).unwrap().backend;
    sandbox.stop().await;
    let mut show = silent();
    let list = |client: &Client<_>| client.invoices().list();
    let result = show.done("x", &backend, list, |_| Ok(String::new()));
    let text = result.await.unwrap_err().to_string();
    assert!(text.contains("no connection"), "{text}");
    assert!(show.tally.operations.is_empty());
}
