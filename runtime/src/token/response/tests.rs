//! Tests how each kind of response from a token endpoint is interpreted.

use super::*;

fn answer(status: u16, body: &str) -> Answer {
    let is_secret = |code: &str| code.contains("hunter2");
    evaluate(StatusCode::from_u16(status).unwrap(), body.as_bytes(), is_secret)
}

#[track_caller]
fn check_token(body: &str, expected: Option<Duration>) {
    let token = answer(200, body).token.unwrap();
    assert_eq!((token.secret.expose_secret(), token.lifetime), ("abc", expected), "{body}");
}

#[track_caller]
fn check_problem(status: u16, body: &str, expected: &str) {
    let problem = answer(status, body).token.unwrap_err();
    assert_eq!(problem, expected, "{status} {body}");
}

const HOUR: Option<Duration> = Some(Duration::from_secs(3600));

#[test]
fn a_token_without_a_type_or_a_lifetime_is_accepted() {
    for body in [
        r#"{"access_token":"abc"}"#,
        r#" {"access_token":"abc","token_type":null,"expires_in":null,"refresh_token":null}"#,
        r#"{"access_token":"abc","token_type":"bEARER","scope":"a b","other":{"deep":[1]}}"#,
        r#"{"access_token":"abc","error":null}"#,
    ] {
        check_token(body, None);
    }
}

#[test]
fn a_lifetime_is_a_whole_number_of_seconds_in_any_format() {
    for (value, expected) in [
        ("3600", HOUR),
        ("3600.0", HOUR),
        (r#""3600""#, HOUR),
        ("0", Some(Duration::ZERO)),
        ("18446744073709551615", Some(Duration::from_secs(u64::MAX))),
        // These lifetimes are too long for a `Duration`.
        ("18446744073709551616", None),
        ("1e300", None),
        (r#""99999999999999999999999999""#, None),
    ] {
        check_token(&format!(r#"{{"access_token":"abc","expires_in":{value}}}"#), expected);
    }
}

#[test]
fn any_other_lifetime_is_a_problem() {
    const NOT_WHOLE: &str = "sent an `expires_in` that isn't a whole number of seconds";
    for value in [r#""soon""#, r#""""#, r#""-1""#, r#""1.5""#, "3600.5", "1e-3", "true", "[]", "{}"]
    {
        let body = format!(r#"{{"access_token":"abc","expires_in":{value}}}"#);
        check_problem(200, &body, NOT_WHOLE);
    }
    for value in ["-1", "-1.0", "-9223372036854775808", "-1e300"] {
        let body = format!(r#"{{"access_token":"abc","expires_in":{value}}}"#);
        check_problem(200, &body, "sent a negative `expires_in`");
    }
}

#[test]
fn a_body_without_a_usable_token_is_a_problem() {
    const TYPE: &str = "sent a token whose `token_type` isn't `Bearer`, the only supported type";
    for (body, expected) in [
        ("", "sent an empty response"),
        (" \n", "sent an empty response"),
        ("<!doctype html><p>hunter2", "sent HTML instead of JSON: check the token URL"),
        ("[\"abc\",\"bearer\"]", "sent a response that isn't a JSON object"),
        ("access_token=abc", "sent a response that isn't a JSON object"),
        ("{\"access_token\":", "sent a response that can't be read as JSON"),
        (
            r#"{"access_token":"abc","access_token":"abc"}"#,
            "sent a response that can't be read as JSON",
        ),
        ("{}", "sent a response without `access_token`"),
        (r#"{"access_token":null}"#, "sent a response without `access_token`"),
        (r#"{"access_token":""}"#, "sent an empty `access_token`"),
        (r#"{"access_token":7}"#, "sent an `access_token` that isn't text"),
        (r#"{"access_token":["abc"]}"#, "sent an `access_token` that isn't text"),
        (r#"{"access_token":{"a":"b"}}"#, "sent an `access_token` that isn't text"),
        (r#"{"access_token":"abc","token_type":"DPoP"}"#, TYPE),
        (r#"{"access_token":"abc","token_type":["Bearer"]}"#, TYPE),
        (r#"{"access_token":"abc","refresh_token":7}"#, "sent a `refresh_token` that isn't text"),
    ] {
        check_problem(200, body, expected);
    }
    for character in ["\\r\\n", " ", "\\u0000", "é", "\\u007f"] {
        check_problem(
            200,
            &format!(r#"{{"access_token":"a{character}c"}}"#),
            "sent an `access_token` with a character that isn't allowed in a header",
        );
    }
}

#[test]
fn an_error_names_the_code_only_if_it_is_valid() {
    for (status, body, expected) in [
        (
            400,
            r#"{"error":"invalid_scope","error_description":"hunter2"}"#,
            "responded with 400 Bad Request (`invalid_scope`): check the scopes",
        ),
        (
            401,
            r#"{"error":"invalid_client"}"#,
            "responded with 401 Unauthorized (`invalid_client`): check the client id and the client secret",
        ),
        (429, r#"{"error":"slow_down"}"#, "responded with 429 Too Many Requests (`slow_down`)"),
        (400, r#"{"error":"no such client hunter2"}"#, "responded with 400 Bad Request"),
        (400, r#"{"error":"hunter2"}"#, "responded with 400 Bad Request"),
        (400, r#"{"error":"é"}"#, "responded with 400 Bad Request"),
        (400, r#"{"error":{"message":"no"}}"#, "responded with 400 Bad Request"),
        (503, "<h1>hunter2</h1>", "responded with 503 Service Unavailable"),
        (500, "", "responded with 500 Internal Server Error"),
        (304, "", "responded with 304 Not Modified"),
        (
            200,
            r#"{"error":"bad_verification_code"}"#,
            "responded with 200 OK, but reported an error (`bad_verification_code`)",
        ),
        (200, r#"{"error":7}"#, "responded with 200 OK, but reported an error"),
    ] {
        check_problem(status, body, expected);
    }
    let code = "a".repeat(CODE_SHOWN + 1);
    let body = format!(r#"{{"error":"{code}"}}"#);
    check_problem(400, &body, "responded with 400 Bad Request");
}

#[test]
fn a_redirect_is_a_problem_whatever_its_body_contains() {
    for status in [301, 302, 303, 307, 308] {
        let problem = answer(status, r#"{"access_token":"abc"}"#).token.unwrap_err();
        assert!(problem.ends_with("set the token URL to the final URL"), "{problem}");
    }
}

#[test]
fn a_new_refresh_token_is_kept_even_without_a_usable_token() {
    for (body, expected) in [
        (r#"{"access_token":"abc","refresh_token":"next"}"#, Some("next")),
        (r#"{"access_token":"abc","token_type":"mac","refresh_token":"next"}"#, Some("next")),
        (r#"{"access_token":"abc","refresh_token":""}"#, None),
        (r#"{"access_token":"abc"}"#, None),
    ] {
        let found = answer(200, body).refresh_token;
        assert_eq!(found.as_ref().map(SecretText::expose_secret), expected, "{body}");
    }
    assert!(answer(400, r#"{"refresh_token":"next"}"#).refresh_token.is_none());
}
