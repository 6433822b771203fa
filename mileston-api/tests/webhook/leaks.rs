//! Checks that nothing that may be logged contains the token or content from an unverified sender.

use mileston_api::HeaderMap;
use mileston_api::webhook::{Event, Verifier, testing};
use serde_json::json;

use crate::{PAID, TOKEN, read, token, verifier};

const MARK: &str = "hunter2";

#[track_caller]
fn assert_silent(said: &str) {
    assert!(!said.contains(MARK), "{said}");
    assert!(!said.contains("fake-"), "{said}");
}

#[test]
fn the_verifier_shows_no_token() {
    let both = verifier().and_previous("fake-hunter2-old".parse().unwrap());
    assert_eq!(format!("{:?} {:?}", verifier(), both), "Verifier(…) Verifier(…, …)");
    assert_silent(&format!("{:#?} {both:#?} {:?}", verifier(), token()));
}

#[test]
fn no_error_shows_the_token_or_the_body() {
    let marked = |body: &str| body.replace("MARK", MARK);
    let mut errors: Vec<_> = [
        "MARK",
        "{\"event\":\"MARK",
        "{\"MARK\":1}",
        "[\"MARK\"]",
        "\"MARK\"",
        "{\"event\":[\"MARK\"],\"payload\":{}}",
        "{\"event\":\"MARK\"}",
        "{\"event\":\"invoice-paid\",\"payload\":\"MARK\"}",
    ]
    .map(|body| read(marked(body)).unwrap_err())
    .into();
    let other = Verifier::new("fake-hunter2-other".parse().unwrap());
    let mut headers = HeaderMap::new();
    errors.push(other.verify(&headers, PAID.as_bytes()).unwrap_err());
    headers.append("x-webhook-signature", TOKEN.parse().unwrap());
    errors.push(other.verify(&headers, PAID.as_bytes()).unwrap_err());
    headers.append("x-webhook-signature", TOKEN.parse().unwrap());
    errors.push(other.verify(&headers, PAID.as_bytes()).unwrap_err());
    for error in errors {
        let path = error.json_path();
        assert_silent(&format!("{error} {error:#} {error:?} {error:#?} {path:?}"));
        assert!(std::error::Error::source(&error).is_none());
        assert!(!error.to_string().contains('\n'));
    }
}

#[test]
fn reports_of_unexpected_values_do_not_show_them() {
    for body in [
        "{\"event\":\"invoice-paid\",\"payload\":{\"amount\":{\"MARK\":\"MARK\"}}}",
        "{\"event\":\"invoice-paid\",\"payload\":{\"createdAt\":\"MARK\"}}",
        "{\"event\":\"invoice-paid\",\"payload\":{\"MARK\":1,\"chain\":[\"MARK\"]}}",
    ] {
        let delivery = read(body.replace("MARK", MARK)).unwrap();
        let [odd] = delivery.unexpected() else { panic!("{:?}", delivery.unexpected()) };
        assert_silent(&format!("{odd} {odd:?} {odd:#?}"));
        assert!(odd.raw_json().contains(MARK));
    }
}

#[test]
fn a_delivery_does_not_contain_the_token() {
    assert_silent(&format!("{:?}", read(PAID).unwrap()));
    let event = Event::Unknown { event: "other".to_owned(), payload: json!({}) };
    let (headers, body) = testing::signed(&token(), &event);
    assert_silent(&format!("{headers:?} {}", String::from_utf8(body).unwrap()));
}
