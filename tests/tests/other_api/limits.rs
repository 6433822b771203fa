//! Tests a client that checks the constraints of `tests/other-api/small/limits.yaml`.

use openapi_keys_runtime::http::Response;
use openapi_keys_runtime::{Bytes, Error, ErrorKind, FakeTransport, Outcome};
use other_api::small::limits::credentials::Credentials;
use other_api::small::limits::{Client, types};

fn client() -> (Client<Credentials>, FakeTransport) {
    let transport = FakeTransport::new();
    transport.respond(Response::builder().status(204).body(Bytes::new()).unwrap());
    let client = Client::builder(Credentials::new()).transport(transport.clone()).without_retries();
    (client.build().unwrap(), transport)
}

/// Checks that nothing was sent, and that the error names the value and the constraint.
#[track_caller]
fn check(result: Result<(), Error>, transport: &FakeTransport, expected: &str) {
    let error = result.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::InvalidArgument, Outcome::NotSent));
    assert!(error.to_string().contains(expected), "{error}");
    assert!(transport.requests().is_empty());
}

fn word(text: &str) -> types::Word {
    text.to_owned().into()
}

fn line() -> types::Line {
    types::Line::new(word("pen"))
}

#[tokio::test]
async fn values_that_meet_the_constraints_are_sent() {
    let (client, transport) = client();
    let call = client.orders().list("shop").limit(100).words(vec![word("a")]);
    // Patterns aren't checked, and neither are values without constraints.
    call.x_trace("ABC").colour("").await.unwrap();
    assert_eq!(transport.requests().len(), 1);

    let (client, transport) = self::client();
    let line = line().count(24).gifts(vec![self::line()]);
    client.orders().create("shop", vec![line]).weight(30.5).remark("short").await.unwrap();
    assert_eq!(transport.requests().len(), 1);

    // A body that is left out meets all constraints.
    let (client, transport) = self::client();
    client.orders().put_note().await.unwrap();
    assert_eq!(transport.requests().len(), 1);
}

#[tokio::test]
async fn parameters_that_violate_a_constraint_are_not_sent() {
    let (client, transport) = client();
    let orders = client.orders();
    let sent = orders.list("ab").await;
    check(sent, &transport, "`shop` must have at least 3 characters");
    let sent = orders.list("shop").limit(0).await;
    check(sent, &transport, "`limit` must be at least 1");
    let sent = orders.list("shop").limit(101).await;
    check(sent, &transport, "`limit` must be at most 100");
    let words = |count: usize| vec![word("a"); count];
    let sent = orders.list("shop").words(words(3)).await;
    check(sent, &transport, "`words` must have at most 2 items");
    let sent = orders.list("shop").words(vec![word("a"), word("")]).await;
    check(sent, &transport, "`words[1]` must have at least 1 character");
    let sent = orders.list("shop").x_trace("abcdefghi").await;
    check(sent, &transport, "`X-Trace` must have at most 8 characters");
}

#[tokio::test]
async fn bodies_that_violate_a_constraint_are_not_sent() {
    let (client, transport) = client();
    let create = |lines: Vec<types::Line>| client.orders().create("shop", lines);
    check(create(Vec::new()).await, &transport, "`lines` must have at least 1 item");
    let sent = create(vec![line(), types::Line::new(word(""))]).await;
    check(sent, &transport, "`lines[1].item` must have at least 1 character");
    let sent = create(vec![line().count(13)]).await;
    check(sent, &transport, "`lines[0].count` must be a multiple of 12");
    let sent = create(vec![line().gifts(vec![line(), line()])]).await;
    check(sent, &transport, "`lines[0].gifts` must not have the same item twice");
    let deep = line().gifts(vec![types::Line::new(word(&"a".repeat(21)))]);
    let sent = create(vec![deep]).await;
    check(sent, &transport, "`lines[0].gifts[0].item` must have at most 20 characters");
    check(create(vec![line()]).weight(0.0).await, &transport, "`weight` must be greater than 0");
    check(create(vec![line()]).weight(31.0).await, &transport, "`weight` must be at most 30.5");
    check(create(vec![line()]).remark("longer").await, &transport, "`remark` must have at most 5");
    let labels = |values: &[(&str, &str)]| {
        values.iter().map(|(key, value)| ((*key).to_owned(), word(value))).collect()
    };
    let sent = create(vec![line()]).labels(labels(&[("secret", "")])).await;
    check(sent, &transport, "`labels.*` must have at least 1 character");
    let note = types::Note::new().text("a");
    check(client.orders().put_note().with_body(note).await, &transport, "`text` must have");
    check(client.orders().send_form(word("")).await, &transport, "`word` must have at least 1");
}
