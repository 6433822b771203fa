//! Tests the reasons and errors that are found in bodies from servers, proxies and frameworks.

use http::StatusCode;

use super::text::LONGEST_MESSAGE;
use super::*;
use crate::error::ErrorKind;

const ENVELOPE: Envelope = Envelope::with_status("statusCode").data("data");

#[track_caller]
fn check_messages(text: &str, expected: &[&str]) {
    assert_eq!(read(text, &ENVELOPE, &[]).messages, expected, "{text}");
}

#[test]
fn the_apis_own_format_is_read() {
    let report =
        read(r#"{"message":["a","b"],"error":"Bad Request","statusCode":400}"#, &ENVELOPE, &[]);
    assert_eq!(report.messages, ["a", "b"]);
    assert_eq!(report.error.as_deref(), Some("Bad Request"));
}

#[test]
fn a_reason_is_found_at_any_position() {
    check_messages(r#"{"message":"a"}"#, &["a"]);
    check_messages(r#"{"message":{"message":["a"],"error":"Bad Request"}}"#, &["a", "Bad Request"]);
    check_messages(r#"{"error":{"message":"a","code":17,"details":["b"]}}"#, &["a", "b"]);
    check_messages(r#"{"errors":["a","b"]}"#, &["a", "b"]);
    check_messages(r#"{"errors":[{"message":"a","path":["x"]},{"detail":"b"}]}"#, &["a", "b"]);
    check_messages(
        r#"{"message":"Invalid","errors":{"amount":["too small","no text"],"title":"long"}}"#,
        &["Invalid", "amount: too small", "amount: no text", "long"],
    );
    check_messages(
        r#"{"type":"about:blank","title":"Forbidden","status":403,"detail":"no money"}"#,
        &["Forbidden", "no money"],
    );
    check_messages("upstream connect error\n", &["upstream connect error"]);
    check_messages("404 page not found", &["404 page not found"]);
    check_messages("\"Unauthorized\"", &["Unauthorized"]);
}

#[test]
fn anything_else_is_not_a_reason() {
    for text in [
        "",
        " \n",
        "<html>bad gateway</html>",
        r#"{"message":"","errors":[],"detail":null,"title":7}"#,
        r#"{"message":17,"error":1.5}"#,
        "17",
        "null",
        "{\"mess",
    ] {
        check_messages(text, &[]);
    }
}

#[test]
fn reasons_before_a_cut_are_kept() {
    check_messages(r#"{"message":"a","bookData":[{"x"#, &["a"]);
    check_messages(r#"{"message":["a","b"#, &["a"]);
}

#[test]
fn the_kept_text_is_limited() {
    let long = "x".repeat(100_000);
    let report = read(&format!(r#"{{"message":"{long}"}}"#), &ENVELOPE, &[]);
    assert_eq!(report.messages[0].len(), LONGEST_MESSAGE);
    let many = format!(r#"{{"message":["a"{}]}}"#, r#","a""#.repeat(1000));
    assert_eq!(read(&many, &ENVELOPE, &[]).messages.len(), MAX_MESSAGES);
    let both = many.replace('}', &format!(r#","errors":["b"{}]}}"#, r#","c""#.repeat(1000)));
    assert_eq!(read(&both, &ENVELOPE, &[]).messages.len(), MAX_MESSAGES);
    let named = format!(r#"{{"errors":{{"amount":"{long}","{long}":"a"}}}}"#);
    let lengths = read(&named, &ENVELOPE, &[]).messages.iter().map(String::len).collect::<Vec<_>>();
    assert_eq!(lengths, [LONGEST_MESSAGE; 2]);
    let deep = format!(r#"{{"message":{},"detail":"x"}}"#, "[".repeat(100_000));
    check_messages(&deep, &[]);
}

#[track_caller]
fn check(text: &str, expected: Option<ErrorKind>) {
    assert_eq!(
        read(text, &ENVELOPE, &["bookData", "bookLink"]).error_in_success(false),
        expected,
        "{text}"
    );
}

fn refused(status: u16) -> Option<ErrorKind> {
    Some(ErrorKind::Refused(StatusCode::from_u16(status).unwrap()))
}

#[test]
fn an_error_in_the_apis_own_format_has_its_status() {
    check(r#"{"statusCode":404,"message":"Not found","error":"Not Found"}"#, refused(404));
    check(r#"{"statusCode":"400","message":["a"]}"#, refused(400));
    check(r#"{"statusCode":4.0e2,"error":"Bad Request"}"#, refused(400));
    let failed = Some(ErrorKind::Failed(StatusCode::INTERNAL_SERVER_ERROR));
    check(r#"{"statusCode":500,"message":"Internal server error"}"#, failed);
}

#[test]
fn any_other_error_in_a_success_response_is_an_error_in_body() {
    for text in [
        r#"{"statusCode":404}"#,
        r#"{"statusCode":404,"message":"","bookData":null}"#,
        r#"{"statusCode":409,"message":"exists","bookData":{"bookLinkId":"1"}}"#,
        r#"{"statusCode":0,"message":"a"}"#,
        r#"{"statusCode":302,"message":"a"}"#,
        r#"{"statusCode":1e9,"message":"a"}"#,
        r#"{"statusCode":-1}"#,
        r#"{"status":400,"title":"a"}"#,
        r#"{"status":"error"}"#,
        r#"{"status":"Failed","data":null}"#,
        r#"{"error":"a"}"#,
        r#"{"error":{"code":1}}"#,
        r#"{"error":true}"#,
        r#"{"statusCode":201,"message":"a","error":"b"}"#,
        r#"{"errors":["a"]}"#,
        r#"{"errors":{"amount":"a"}}"#,
        r#"{"success":false}"#,
        r#"{"success":"false","bookLink":"x"}"#,
        r#"{"ok":0}"#,
        r#"{"data":{"error":"a"}}"#,
        r#"{"data":{"success":false}}"#,
        r#"{"status":"400 Bad Request"}"#,
        r#"{"status":"Denied"}"#,
        r#"{"status_code":400,"message":"a"}"#,
        r#"{"code":503,"message":"a"}"#,
        r#"{"Error":"a"}"#,
        r#"{"errorMessage":"a"}"#,
        r#"{"error_code":17}"#,
        r#"{"isError":true}"#,
        r#"{"isSuccess":false}"#,
        r#"{"errors":[null,{"code":1}]}"#,
    ] {
        check(text, Some(ErrorKind::ErrorInBody));
    }
}

/// The type that the call decodes determines `data_is_record`.
#[test]
fn an_error_in_a_record_is_not_a_request_error() {
    let failed = r#"{"statusCode":200,"data":{"status":"failed","error":"no funds","ok":false}}"#;
    assert_eq!(read(failed, &ENVELOPE, &["data"]).error_in_success(true), None);
    assert_eq!(
        read(failed, &ENVELOPE, &["data"]).error_in_success(false),
        Some(ErrorKind::ErrorInBody)
    );
    for text in [
        r#"{"data":{"error":"no funds"}}"#,
        r#"{"statusCode":200,"success":false,"data":{"status":"failed"}}"#,
        r#"{"statusCode":200,"data":{"statusCode":500}}"#,
    ] {
        assert_eq!(
            read(text, &ENVELOPE, &["data"]).error_in_success(true),
            Some(ErrorKind::ErrorInBody),
            "{text}"
        );
    }
}

#[test]
fn a_failure_inside_data_counts_in_any_order() {
    let inner = r#""data":{"statusCode":400,"message":"no"}"#;
    check(&format!(r#"{{"statusCode":200,{inner}}}"#), refused(400));
    check(&format!(r#"{{{inner},"statusCode":200}}"#), refused(400));
    check(r#"{"statusCode":404,"message":"a","data":{"statusCode":200}}"#, refused(404));
}

#[test]
fn a_success_response_reports_no_error() {
    for text in [
        "{}",
        "[]",
        "17",
        r#"{"statusCode":200,"message":"a"}"#,
        r#"{"statusCode":"201"}"#,
        r#"{"statusCode":null,"error":null,"errors":[],"success":true,"ok":1}"#,
        r#"{"statusCode":"created","error":"","status":"success"}"#,
        r#"{"status":201}"#,
        r#"{"error":false,"errors":{}}"#,
        r#"{"error":"None","errors":[null,"",[]]}"#,
        r#"{"error":"undefined","errorCode":"0000"}"#,
        r#"{"error":{"code":0,"message":""}}"#,
        r#"{"errors":{"count":0,"list":[]}}"#,
        r#"{"status":0}"#,
        r#"{"status":1,"code":0}"#,
        r#"{"status":"1","code":"OK"}"#,
        r#"{"statusCode":"201 Created"}"#,
        r#"{"message":["error"],"data":{}}"#,
    ] {
        check(text, None);
    }
    assert_eq!(read(r#"{"status":"error"}"#, &ENVELOPE, &["status"]).error_in_success(false), None);
}
