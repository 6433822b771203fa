//! Tests keys in cookies.

use super::server::{Server, response};
use super::*;

#[tokio::test]
async fn cookies_share_a_sensitive_header() {
    let by = |request: &mut Outgoing<'_>| {
        request.insert_cookie("sid", "old")?;
        request.insert_cookie("theme", "\"dark\"")?;
        request.insert_cookie("sid", "hunter2")
    };
    let request = sent(by, &BY_SESSION).await.unwrap();
    let cookies: Vec<_> = request.headers().get_all("cookie").iter().collect();
    assert_eq!(cookies, ["theme=\"dark\"; sid=hunter2"]);
    assert!(cookies[0].is_sensitive());
    assert!(!format!("{:?}", request.headers()).contains("hunter2"));
}

#[tokio::test]
async fn cookies_of_responses_are_not_stored() {
    let server = Server::start(
        |_| response(200, "set-cookie: sid=stored; Path=/\r\nset-cookie: other=stored\r\n", "7"),
        3,
    );
    let by = |request: &mut Outgoing<'_>| request.insert_cookie("sid", "fake");
    let core = builder(by).origin(&server.origin).unwrap().build().unwrap();
    static OPEN: Operation = operation(Method::GET, &[]);
    send(&core, &BY_SESSION).await.unwrap();
    send(&core, &BY_SESSION).await.unwrap();
    send(&core, &OPEN).await.unwrap();
    let cookies = |head: &String| {
        let lines = head.lines().filter(|line| line.to_lowercase().starts_with("cookie:"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    let seen: Vec<_> = server.seen().iter().map(cookies).collect();
    assert_eq!(seen, [vec!["cookie: sid=fake"], vec!["cookie: sid=fake"], vec![]]);
}

#[tokio::test]
async fn an_invalid_cookie_is_rejected() {
    for (value, expected) in [
        ("", "the credential for the `sid` cookie is empty"),
        ("hunter2; admin=1", "the credential for the `sid` cookie contains a character"),
        ("hunter2\r\n", "the credential for the `sid` cookie contains a character"),
        ("hunter2é", "the credential for the `sid` cookie contains a character"),
    ] {
        let by = move |request: &mut Outgoing<'_>| request.insert_cookie("sid", value);
        check_not_sent(&sent(by, &BY_SESSION).await.unwrap_err(), expected);
    }
}

#[tokio::test]
async fn a_header_with_other_cookies_is_not_enough() {
    for cookies in ["theme=dark", "sid=", "SID=x; xsid=y", "a=sid=x"] {
        let by = move |request: &mut Outgoing<'_>| request.insert_credential("cookie", cookies);
        let error = sent(by, &BY_SESSION).await.unwrap_err();
        check_not_sent(&error, "didn't add the `sid` cookie of the `session` security scheme");
    }
    let by = |request: &mut Outgoing<'_>| request.insert_credential("cookie", "a=1; sid=fake");
    assert_eq!(sent(by, &BY_SESSION).await.unwrap().headers()["cookie"], "a=1; sid=fake");
}

#[tokio::test]
async fn a_call_cannot_set_cookies_next_to_a_credential() {
    let transport = FakeTransport::new();
    let by = |request: &mut Outgoing<'_>| request.insert_cookie("sid", "fake");
    let core = builder(by).transport(transport.clone()).build().unwrap();
    let error = send(&core, &BY_SESSION).header("Cookie", "sid=hunter2").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidArgument);
    assert!(!error.to_string().contains("hunter2"), "{error}");
    assert!(transport.requests().is_empty());
}
