//! Compares how our client and the vendor's SDK handle each recorded response.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::thread;

use mileston_api::{Error, ErrorKind, Outcome};
use serde_json::Value;

use crate::calls::Clients;
use crate::{lines, text};

/// Calls that only read.
const READS: [&str; 6] = [
    "PaymentLink.get",
    "fetchPayment",
    "fetchSubWallets",
    "getOnRampData",
    "getPaymentWallet",
    "getUserDetails",
];

/// Calls that need no record in the response, because the platform only acknowledges them.
const ACKNOWLEDGED: [&str; 3] = ["Wallet.sendPayment", "savePayment", "verifyPaymentWithWallet"];

/// Calls whose record is `data`, regardless of its content.
const IN_DATA: [&str; 2] = ["getOnRampData", "getOnRampPaymentStatus"];

/// Success responses that our client rejects because they aren't a JSON object, although some SDK calls return them.
const REFUSED: [&str; 6] =
    ["200-array", "200-broken-json", "200-empty", "200-html", "200-null", "204"];

/// Responses invented for the recording, with only a status and a message. The SDK returns them. Our client treats them
/// as a success without a record.
const BARE: [&str; 5] =
    ["200-big-number", "200-bom", "200-json", "200-json-as-text-plain", "201-json"];

/// Starts a server that responds to one request, and returns its origin.
fn serve(answer: &Value) -> String {
    let response = answer["closed"].is_null().then(|| {
        let body = text(answer, "body");
        let kind = answer["content_type"].as_str().map(|it| format!("Content-Type: {it}\r\n"));
        format!(
            "HTTP/1.1 {} Recorded\r\n{}Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
            answer["status"],
            kind.unwrap_or_default(),
            body.len()
        )
    });
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        // The head and a small body arrive in one piece.
        let _ = stream.read(&mut [0; 16384]).unwrap();
        stream.write_all(response.unwrap_or_default().as_bytes()).unwrap();
    });
    origin
}

#[tokio::test]
async fn every_recorded_response_is_handled() {
    let (clients, mut wrong) = (Clients::new(), Vec::new());
    let recorded = lines("responses");
    for line in &recorded {
        let call = text(line, "call");
        let ours = clients.make(call, &serve(&line["answer"])).await;
        let problem = judge(call, line, &ours);
        wrong.extend(problem.map(|problem| format!("{}: {problem}: {ours:?}", text(line, "id"))));
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), recorded.len(), wrong.join("\n"));
    println!("golden: {} responses checked", recorded.len());
}

fn judge(call: &str, line: &Value, ours: &Result<(), Error>) -> Option<String> {
    let name = text(line, "id").split('/').nth(1).unwrap_or_default();
    let body = line["answer"]["body"].as_str().unwrap_or_default();
    let body: Value = serde_json::from_str(body.trim_start_matches('\u{feff}')).unwrap_or_default();
    let has_record =
        ACKNOWLEDGED.contains(&call) || (IN_DATA.contains(&call) && body["data"].is_object());
    let lacks_record = BARE.contains(&name) && !has_record;
    let should_fail = text(line, "outcome") == "throws"
        || REFUSED.contains(&name)
        || name == "200-body-says-404"
        || lacks_record;
    let error = match ours {
        Ok(()) if should_fail => return Some("must fail".to_owned()),
        Ok(()) => return None,
        Err(_) if !should_fail => return Some("must succeed".to_owned()),
        Err(error) => error,
    };
    if (error.kind() == ErrorKind::NoRecord) != lacks_record {
        return Some("`NoRecord` must be reported if and only if the record is missing".to_owned());
    }
    let said = format!("{error} {error:?}");
    if said.contains("golden0123456789abcdef") {
        return Some("the error shows the key".to_owned());
    }
    let message = body["message"].as_str().unwrap_or_default();
    if !said.contains(message) {
        return Some(format!("the error doesn't contain the platform's message {message:?}"));
    }
    // The status in the platform's own error takes precedence over the HTTP status.
    let status = body["statusCode"].as_u64().or(line["answer"]["status"].as_u64());
    // A write may have been executed, unless the platform rejected it.
    let expected = match status.unwrap_or_default() {
        400..500 => Outcome::Refused,
        500.. if READS.contains(&call) => Outcome::Refused,
        _ => Outcome::Unknown,
    };
    (error.outcome() != expected).then(|| format!("the outcome must be {expected:?}"))
}
