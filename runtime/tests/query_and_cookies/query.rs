//! Tests keys in the query.

use std::sync::Arc;

use openapi_keys_runtime::TransportErrorKind;

use super::server::{Server, response};
use super::*;

fn keyed(value: &'static str) -> impl Fn(&mut Outgoing<'_>) -> Result<(), Error> {
    move |request| request.insert_query("api_key", value)
}

#[tokio::test]
async fn a_key_is_escaped_and_comes_after_the_calls_own_query() {
    const VALUE: &str = "a&b=c+d%e/f g#h?é";
    const ESCAPED: &str = "a%26b%3Dc%2Bd%25e%2Ff%20g%23h%3F%C3%A9";
    let server = Server::start(|_| response(200, "", "7"), 3);
    let core = builder(keyed(VALUE)).origin(&server.origin).unwrap().build().unwrap();
    send(&core, &BY_KEY).await.unwrap();
    send(&core, &BY_KEY).query("unit", "°C").await.unwrap();
    let with_argument: Call<Value> = call(&core, &BY_KEY, |base| {
        RequestBuilder::new(Method::GET, base).path("/readings").query("limit", &7).finish()
    });
    with_argument.query("unit", "K").await.unwrap();
    let expected = [
        format!("/readings?api_key={ESCAPED}"),
        format!("/readings?unit=%C2%B0C&api_key={ESCAPED}"),
        format!("/readings?limit=7&unit=K&api_key={ESCAPED}"),
    ];
    assert_eq!(server.targets(), expected);
}

#[tokio::test]
async fn a_server_reads_an_8_kilobyte_key() {
    let value: &'static str = "fake é&".repeat(1024).leak();
    let server = Server::start(|_| response(200, "", "7"), 1);
    let core = builder(keyed(value)).origin(&server.origin).unwrap().build().unwrap();
    send(&core, &BY_KEY).await.unwrap();
    let url = url::Url::parse(&format!("http://host{}", server.targets()[0])).unwrap();
    let query: Vec<_> = url.query_pairs().into_owned().collect();
    assert_eq!(query, [("api_key".to_owned(), value.to_owned())]);
}

#[tokio::test]
async fn a_key_that_does_not_fit_in_a_url_is_not_sent() {
    let value: &'static str = "hunter2".repeat(10_000).leak();
    let server = Server::start(|_| response(200, "", "7"), 1);
    let native = builder(keyed(value)).origin(&server.origin).unwrap().build().unwrap();
    let own = builder(keyed(value)).transport(FakeTransport::new()).build().unwrap();
    for core in [native, own] {
        let error = send(&core, &BY_KEY).await.unwrap_err();
        check_not_sent(&error, "`api_key` query parameter makes the URL longer than 65,534 bytes");
    }
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn an_invalid_key_is_rejected() {
    for (value, expected) in [
        ("", "the credential for the `api_key` query parameter is empty"),
        ("hunter2\r\n", "`api_key` query parameter contains a control character"),
        ("hunter2\0", "`api_key` query parameter contains a control character"),
    ] {
        check_not_sent(&sent(keyed(value), &BY_KEY).await.unwrap_err(), expected);
    }
}

#[tokio::test]
async fn a_call_cannot_set_the_parameter_of_a_key() {
    let transport = FakeTransport::new();
    let core = builder(keyed("fake")).transport(transport.clone()).build().unwrap();
    for operation in [&BY_KEY, &BY_SESSION] {
        let error = send(&core, operation).query("api_key", "hunter2").await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidArgument);
        let said = error.to_string();
        assert!(
            said.contains("`api_key` query parameter can't be set on a call")
                && !said.contains("hunter2"),
            "{said}"
        );
    }
    assert!(transport.requests().is_empty());
}

/// An OpenAPI document may also list the key as a parameter of an operation.
#[tokio::test]
async fn a_key_replaces_an_argument_of_the_same_name_but_an_argument_is_not_a_key() {
    let argument = |core: &ClientCore<_>| -> Call<Value> {
        call(core, &BY_KEY, |base| {
            let request = RequestBuilder::new(Method::GET, base).path("/readings");
            request.query("api_key", "argument").query("limit", &7).finish()
        })
    };
    let transport = FakeTransport::new();
    transport.respond(http::Response::new("7"));
    let core = builder(keyed("fake")).transport(transport.clone()).build().unwrap();
    argument(&core).await.unwrap();
    let url = transport.requests()[0].uri().to_string();
    assert_eq!(url, "https://weather.example/readings?limit=7&api_key=fake");

    let core = builder(|_: &mut Outgoing<'_>| Ok(())).transport(transport.clone()).build().unwrap();
    let error = call::<_, Value>(&core, &BY_KEY, |base| {
        RequestBuilder::new(Method::GET, base).path("/readings").query("api_key", "mine").finish()
    });
    check_not_sent(&error.await.unwrap_err(), "didn't add the `api_key` query parameter");
    assert_eq!(transport.requests().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn each_attempt_has_exactly_one_key() {
    let transport = FakeTransport::new();
    (0..2).for_each(|_| transport.fail(TransportErrorKind::NoConnection));
    transport.respond(http::Response::new("7"));
    let core = builder(keyed("fake")).transport(transport.clone()).build().unwrap();
    send(&core, &BY_KEY).query("unit", "K").await.unwrap();
    let urls: Vec<_> = transport.requests().iter().map(|it| it.uri().to_string()).collect();
    assert_eq!(urls, ["https://weather.example/readings?unit=K&api_key=fake"; 3]);
}

#[tokio::test]
async fn an_authenticator_sees_the_url_that_is_sent() {
    let note = Arc::new(Note::default());
    let noted = note.clone();
    let by = move |request: &mut Outgoing<'_>| {
        let before = request.url().to_owned();
        request.insert_query("api_key", "fake")?;
        noted.set(format!("{before} {}", request.url()));
        request.insert_query("signature", "of that")
    };
    let request = sent(by, &BY_KEY).await.unwrap();
    assert_eq!(
        note.get(),
        "https://weather.example/readings https://weather.example/readings?api_key=fake"
    );
    let url = "https://weather.example/readings?api_key=fake&signature=of%20that";
    assert_eq!(request.uri(), url);
}

/// An OpenAPI document may list a server without TLS.
#[tokio::test]
async fn a_key_is_never_sent_over_plain_http_to_another_machine() {
    static PLAIN: Operation = Operation::new("getReading", Method::GET, "/readings")
        .servers(&["http://weather.example"])
        .security(&[KEY]);
    let transport = FakeTransport::new();
    let core = builder(keyed("hunter2")).transport(transport.clone()).build().unwrap();
    let error = send(&core, &PLAIN).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::InvalidOrigin, Outcome::NotSent));
    assert!(transport.requests().is_empty());
}
