//! Lists the faults in the table in `docs/reliability.md`, in the same order.

use std::sync::Arc;

use super::server::{Act, answer};

/// The response of a server without a fault.
pub(crate) const LINK: &str = r#"{"statusCode":200,"paymentData":{"paymentLinkId":"id-1"}}"#;

/// A success response in which three values have an unexpected type.
const ODD: &str = r#"{"statusCode":"201","message":["ok"],"paymentData":{"paymentLinkId":7}}"#;

type Acts = Arc<dyn Fn(&str) -> Vec<Act> + Send + Sync>;

pub(crate) struct Fault {
    pub(crate) name: &'static str,
    pub(crate) place: Place,
    /// The server's behaviour. The argument is the origin of a second server.
    pub(crate) acts: Acts,
    /// Whether the client needs short timeouts.
    pub(crate) stalls: bool,
    /// Whether the body of the write is larger than the socket buffers.
    pub(crate) large: bool,
    /// The number of calls that succeed before the tested one.
    pub(crate) before: usize,
}

/// The origin that the client uses.
pub(crate) enum Place {
    Server,
    /// The server's address with https, which the server doesn't support.
    Tls,
    /// A port where nothing listens.
    Nowhere,
}

pub(crate) fn faults() -> Vec<Fault> {
    [connections(), stalls(), bodies(), refusals(), failures(), redirects(), idle()]
        .into_iter()
        .flatten()
        .collect()
}

pub(crate) fn fault(name: &'static str, act: Act) -> Fault {
    acts(name, vec![act])
}

fn acts(name: &'static str, acts: Vec<Act>) -> Fault {
    let acts = Arc::new(move |_: &str| acts.clone());
    Fault { name, place: Place::Server, acts, stalls: false, large: false, before: 0 }
}

fn connections() -> Vec<Fault> {
    vec![
        Fault { place: Place::Nowhere, ..fault("nothing listens on the port", Act::Close) },
        Fault { place: Place::Tls, ..fault("the TLS handshake is cut off", Act::ResetDuring) },
        fault("the connection is closed immediately", Act::CloseAtOnce),
        fault("reset before the request is read", Act::ResetBefore),
        Fault { large: true, ..fault("reset in the middle of the request", Act::ResetDuring) },
        fault("reset after the request", Act::Reset),
        fault("closed after the request", Act::Close),
        fault("closed inside the status line", Act::Answer(b"HTTP/1.1 20".to_vec())),
        fault("closed inside the headers", Act::Answer(b"HTTP/1.1 200 OK\r\nda".to_vec())),
        fault("a response that isn't HTTP", Act::Answer(b"220 mail.example ESMTP\r\n".to_vec())),
        fault("endless headers", Act::Answer(endless_headers())),
    ]
}

fn endless_headers() -> Vec<u8> {
    let mut head = b"HTTP/1.1 200 OK\r\n".to_vec();
    for number in 0..20_000 {
        head.extend_from_slice(format!("x-{number}: {number}\r\n").as_bytes());
    }
    head
}

fn stalls() -> Vec<Fault> {
    [
        ("no response in time", ""),
        ("headers that stall", "HTTP/1.1 200 OK\r\ncontent-"),
        ("a body that stalls", "HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{\"paymentD"),
    ]
    .into_iter()
    .map(|(name, text)| Fault { stalls: true, ..fault(name, Act::AnswerAndStall(text.into())) })
    .collect()
}

fn bodies() -> Vec<Fault> {
    let with_length = b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{\"paymentD".to_vec();
    let chunked = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{\"pay\r\n".to_vec();
    let plain = b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{\"paymentD".to_vec();
    let deep = format!("\"new\":{}{}", "[".repeat(40_000), "]".repeat(40_000));
    let deep = LINK.replacen('{', &format!("{{{deep},"), 1);
    vec![
        fault("200, the body cut off by closing", Act::Answer(with_length.clone())),
        fault("200, the body cut off by a reset", Act::AnswerAndReset(with_length)),
        fault("200, chunks cut off by closing", Act::Answer(chunked)),
        fault(
            "200, a body without a length, cut off when the connection closes",
            Act::Answer(plain),
        ),
        success("200, incomplete JSON", r#"{"paymentData":{"#),
        success("200, an empty body", ""),
        fault("204", Act::Answer(b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n".to_vec())),
        success("200, HTML", "<!doctype html><p>Maintenance"),
        success("200, invalid UTF-8", b"{\"paymentData\":\"\xff\"}"),
        success("200, JSON of a different shape", r#"{"paymentData":{"paymentLinkId":[1]}}"#),
        success("200, deeply nested JSON where an object is expected", "[".repeat(50_000)),
        success("200, deeply nested JSON in an unknown field", &deep),
        success("200, a huge body", "x".repeat(200_000)),
        success("200, no record", r#"{"statusCode":201,"message":"created"}"#),
        success("200, the record in a different field", r#"{"data":{"paymentLinkId":"id-1"}}"#),
        success(
            "200, a rejection in the body",
            r#"{"statusCode":400,"message":"no","error":"Bad Request"}"#,
        ),
        success("200, 429 in the body", r#"{"statusCode":429,"message":"ThrottlerException"}"#),
        success("200, 404 and nothing else in the body", r#"{"statusCode":404}"#),
        success("200, a failure in the body", r#"{"statusCode":503,"message":"maintenance"}"#),
        success("200, an `error`", r#"{"error":"no"}"#),
        success("200, `success` is false", r#"{"success":false,"message":"no"}"#),
        success("200, an `error` next to a record", LINK.replacen('{', "{\"error\":\"no\",", 1)),
        success("200, unexpected types next to a record", ODD),
        success("200, a byte order mark", format!("\u{feff}{LINK}")),
        status(600, "600", "", ""),
    ]
}

fn success(name: &'static str, body: impl AsRef<[u8]>) -> Fault {
    let headers = "content-type: application/json\r\nconnection: close\r\n";
    fault(name, Act::Answer(answer(200, headers, body)))
}

fn status(status: u16, name: &'static str, headers: &str, body: &str) -> Fault {
    let headers = format!("connection: close\r\n{headers}");
    fault(name, Act::Answer(answer(status, &headers, body)))
}

/// Creates an error response in NestJS's format.
fn nest(code: u16, name: &'static str) -> Fault {
    let body = format!(r#"{{"statusCode":{code},"message":["a","b"],"error":"Words"}}"#);
    status(code, name, "content-type: application/json\r\n", &body)
}

fn refusals() -> Vec<Fault> {
    vec![
        nest(400, "400"),
        nest(401, "401"),
        nest(403, "403"),
        nest(404, "404"),
        nest(408, "408"),
        nest(409, "409"),
        nest(422, "422"),
        nest(429, "429"),
        status(429, "429 with `Retry-After: 0`", "retry-after: 0\r\n", ""),
        status(429, "429 with `Retry-After: 3600`", "retry-after: 3600\r\n", ""),
        status(304, "304", "", ""),
        status(404, "404, HTML", "content-type: text/html\r\n", "<!doctype html>"),
    ]
}

fn failures() -> Vec<Fault> {
    let huge = "x".repeat(200_000);
    let cut = b"HTTP/1.1 503 Status\r\ncontent-length: 500\r\n\r\n{".to_vec();
    vec![
        nest(500, "500"),
        nest(501, "501"),
        nest(502, "502"),
        nest(503, "503"),
        nest(504, "504"),
        status(502, "502, HTML", "content-type: text/html\r\n", "<!doctype html>"),
        status(502, "502, an empty body", "", ""),
        status(502, "502, a huge body", "", &huge),
        fault("503, the body cut off", Act::Answer(cut)),
        status(503, "503 with `Retry-After: 3600`", "retry-after: 3600\r\n", ""),
    ]
}

fn redirects() -> Vec<Fault> {
    [
        (301, "301 to the same host", "301 to a different host"),
        (302, "302 to the same host", "302 to a different host"),
        (303, "303 to the same host", "303 to a different host"),
        (307, "307 to the same host", "307 to a different host"),
        (308, "308 to the same host", "308 to a different host"),
    ]
    .into_iter()
    .flat_map(|(code, same, other)| {
        let same = status(code, same, "location: /payment-link/elsewhere\r\n", "");
        let acts = move |elsewhere: &str| {
            let headers = format!("connection: close\r\nlocation: {elsewhere}/\r\n");
            vec![Act::Answer(answer(code, &headers, ""))]
        };
        [same, Fault { name: other, acts: Arc::new(acts), ..fault("", Act::Close) }]
    })
    .collect()
}

/// Returns the faults on a connection that an earlier call has used.
fn idle() -> Vec<Fault> {
    let kept = answer(200, "content-type: application/json\r\n", LINK);
    let closing = Act::AnswerKeepAndClose(kept.clone(), std::time::Duration::ZERO);
    [
        ("an idle connection that the server closed", closing),
        ("an idle connection, closed after the request", Act::Close),
        ("an idle connection, reset before the request is read", Act::ResetBefore),
    ]
    .into_iter()
    .map(|(name, act)| {
        let list = match act {
            Act::AnswerKeepAndClose(..) => vec![act],
            _ => vec![Act::AnswerAndKeep(kept.clone()), act, Act::AnswerAndKeep(kept.clone())],
        };
        Fault { before: 1, ..acts(name, list) }
    })
    .collect()
}
