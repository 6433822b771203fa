//! Checks which deliveries are rejected, and the exact message for each.

use mileston_api::webhook::{
    MAX_BODY_BYTES, SIGNATURE_HEADER, Verifier, WebhookError, WebhookErrorKind,
};
use mileston_api::{HeaderMap, StatusCode};

use crate::{PAID, TOKEN, read, token, verifier};

#[track_caller]
fn check(error: &WebhookError, kind: WebhookErrorKind, status: u16, text: &str) {
    assert_eq!(error.kind(), kind, "{error}");
    assert_eq!(error.to_string(), format!("webhook rejected: {text}"));
    assert_eq!(error.status(), StatusCode::from_u16(status).unwrap());
    assert_eq!(error.json_path().is_some(), kind == WebhookErrorKind::Decode);
}

#[track_caller]
fn check_body(body: impl AsRef<[u8]>, kind: WebhookErrorKind, status: u16, text: &str) {
    check(&read(body).unwrap_err(), kind, status, text);
}

#[track_caller]
fn check_shape(body: &str, path: &str, expected: &str, found: &str) {
    let error = read(body).unwrap_err();
    assert_eq!(error.json_path(), Some(path));
    let text = format!("expected {expected} at `{path}` in the body, found {found}");
    check(&error, WebhookErrorKind::Decode, 400, &text);
}

fn headers(values: &[&str]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for value in values {
        headers.append("X-Webhook-Signature", value.parse().unwrap());
    }
    headers
}

const MISSING: &str = "expected the verification token in the `X-Webhook-Signature` header, found \
no such header; every delivery from Mileston has it, unless a proxy removes it";
const WRONG: &str = "expected the verification token in the `X-Webhook-Signature` header, found a \
different value; if the token was changed at business.mileston.co, use the new one, and pass the \
old one to \
     `and_previous` for a while";
const REPEATED: &str =
    "expected one `X-Webhook-Signature` header, found more than one; Mileston sends only one";

#[test]
fn a_delivery_without_the_token_is_rejected() {
    let error = verifier().verify(&HeaderMap::new(), PAID.as_bytes()).unwrap_err();
    check(&error, WebhookErrorKind::MissingToken, 401, MISSING);
    let error = verifier().verify_parts(None, PAID.as_bytes()).unwrap_err();
    check(&error, WebhookErrorKind::MissingToken, 401, MISSING);
}

#[test]
fn a_delivery_with_a_different_token_is_rejected() {
    for wrong in [
        "",
        "fake",
        "fake-hunter2-toke",
        "fake-hunter2-token2",
        "Fake-hunter2-token",
        "fake-hunter2-tokem",
        "gake-hunter2-token",
        "Bearer fake-hunter2-token",
        "\"fake-hunter2-token\"",
        // This looks like a signature of the body.
        "d3b07384d113edec49eaa6238ad5ff00e5f6ab1a0a9bb4d3e2c5b7d5b1b1a2c3",
    ] {
        let error = verifier().verify(&headers(&[wrong]), PAID.as_bytes()).unwrap_err();
        check(&error, WebhookErrorKind::WrongToken, 401, WRONG);
    }
    for wrong in
        [&b"\xff\xfe"[..], b"fake-hunter2-token\0", b" fake-hunter2-token", &[b'a'; 70_000]]
    {
        let error = verifier().verify_parts(Some(wrong), PAID.as_bytes()).unwrap_err();
        check(&error, WebhookErrorKind::WrongToken, 401, WRONG);
    }
}

/// Servers disagree on which of two headers to use, so such a delivery is rejected.
#[test]
fn a_delivery_with_two_headers_is_rejected() {
    for values in [&[TOKEN, TOKEN][..], &[TOKEN, "other"], &["other", TOKEN], &["", "", TOKEN]] {
        let error = verifier().verify(&headers(values), PAID.as_bytes()).unwrap_err();
        check(&error, WebhookErrorKind::RepeatedToken, 401, REPEATED);
    }
}

#[test]
fn the_token_is_checked_before_the_body() {
    for body in ["", "{", "[]", "\u{0}", &"x".repeat(MAX_BODY_BYTES + 1)] {
        let error = verifier().verify_parts(Some(b"other"), body.as_bytes()).unwrap_err();
        assert_eq!(error.kind(), WebhookErrorKind::WrongToken);
        let error = verifier().verify(&headers(&["other"]), body.as_bytes()).unwrap_err();
        assert_eq!(error.kind(), WebhookErrorKind::WrongToken);
    }
    verifier().check_token(&headers(&[TOKEN])).unwrap();
    assert!(verifier().check_token(&headers(&["other"])).is_err());
}

#[test]
fn both_tokens_are_accepted_while_the_token_is_changed() {
    let both = Verifier::new("fake-new".parse().unwrap()).and_previous(token());
    let taken = |verifier: &Verifier, token: &str| {
        verifier.verify(&headers(&[token]), PAID.as_bytes()).is_ok()
    };
    assert!(taken(&both, "fake-new") && taken(&both, TOKEN));
    assert!(!taken(&both, "fake-new fake-hunter2-token") && !taken(&both, "other"));
    let third = both.clone().and_previous("fake-older".parse().unwrap());
    assert!(taken(&third, "fake-new") && taken(&third, "fake-older") && !taken(&third, TOKEN));
    let after = Verifier::new("fake-new".parse().unwrap());
    assert!(taken(&after, "fake-new") && !taken(&after, TOKEN));
}

#[test]
fn the_name_of_the_header_is_accepted_in_upper_or_lower_case() {
    assert_eq!(SIGNATURE_HEADER, "x-webhook-signature");
    let mut headers = HeaderMap::new();
    headers.insert("x-webhook-signature", TOKEN.parse().unwrap());
    headers.insert("x-signature", "other".parse().unwrap());
    verifier().verify(&headers, PAID.as_bytes()).unwrap();
}

#[test]
fn a_body_that_is_not_json_is_rejected() {
    use WebhookErrorKind as Kind;
    check_body(
        "",
        Kind::EmptyBody,
        400,
        "expected a JSON body, found an empty one; was the body already read?",
    );
    check_body(
        " \r\n",
        Kind::EmptyBody,
        400,
        "expected a JSON body, found an empty one; was the body already read?",
    );
    for body in [
        "event=invoice-paid&payload=1",
        "<html>",
        "{'event':'invoice-paid'}",
        "{\"event\":\"a\",\"payload\":NaN}",
        "{\"event\":\"a\",\"payload\":1} {}",
        "{\"event\":\"a\",\"payload\":1,}",
        "{\"event\":\"a\",\"payload\":01}",
        "{\"event\":\"a\",\"payload\":1.e}",
    ] {
        check_body(body, Kind::NotJson, 400, "expected a JSON body, found something else");
    }
    check_body(
        b"{\"event\":\"\xff\"}",
        Kind::NotUtf8,
        400,
        "expected a JSON body, found bytes that aren't UTF-8",
    );
    for body in [&PAID[..PAID.len() - 1], "{", "{\"event\":\"invoice", "[1,"] {
        check_body(body, Kind::JsonCut, 400, "expected a JSON body, found JSON that is cut off");
    }
}

#[test]
fn a_body_that_is_nested_too_deeply_or_is_too_large_is_rejected() {
    let deep = format!(r#"{{"event":"a","payload":{}1{}}}"#, "[".repeat(1000), "]".repeat(1000));
    for body in [deep, "[".repeat(100_000), "{\"a\":".repeat(100_000)] {
        check_body(
            body,
            WebhookErrorKind::JsonTooDeep,
            400,
            "expected a JSON body, found JSON that is nested too deeply",
        );
    }
    let long = |len: usize| {
        let frame = r#"{"event":"a","payload":""}"#;
        frame.replace("\"\"", &format!("\"{}\"", "x".repeat(len - frame.len())))
    };
    read(long(MAX_BODY_BYTES)).unwrap();
    check_body(
        long(MAX_BODY_BYTES + 1),
        WebhookErrorKind::BodyTooLarge,
        413,
        "expected a body of at most 1048576 bytes, found more",
    );
}

#[test]
fn json_in_a_different_form_is_rejected() {
    check_shape("[]", ".", "an object", "an array");
    check_shape(r#"["paymentlink-paid",{}]"#, ".", "an object", "an array");
    check_shape("null", ".", "an object", "null");
    check_shape("\"hunter2\"", ".", "an object", "text");
    check_shape("{}", "event", "text", "no such field");
    check_shape(r#"{"payload":{}}"#, "event", "text", "no such field");
    check_shape(r#"{"event":null,"payload":{}}"#, "event", "text", "null");
    check_shape(r#"{"event":7,"payload":{}}"#, "event", "text", "a number");
    check_shape(r#"{"event":{"a":"b"},"payload":{}}"#, "event", "text", "an object");
    check_shape(r#"{"event":"invoice-paid"}"#, "payload", "an object", "no such field");
    check_shape(r#"{"event":"other"}"#, "payload", "an object", "no such field");
    check_shape(r#"{"event":"invoice-paid","payload":null}"#, "payload", "an object", "null");
    check_shape(r#"{"event":"invoice-paid","payload":"{}"}"#, "payload", "an object", "text");
    check_shape(
        r#"{"event":"recurring-paid","payload":["id"]}"#,
        "payload",
        "an object",
        "an array",
    );
}
