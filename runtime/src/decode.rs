//! Decodes the body of a success response as a type, or reports what is wrong with the body. Pure.
//!
//! A response with a 2xx status isn't always a success response: the body may report an error, or lack the record that
//! the operation returns. A bad value isn't a failure if the rest of the body can be read without it.
//!
//! No error quotes a value from the body. Errors name the path and the kind of value that was found.

use crate::envelope::Envelope;
use crate::error::{Error, ErrorKind};
use crate::json::{
    AnyValue, Failure, Problem, ReadValue, Repaired, Unexpected, read_all, repair, without_overlong,
};
use crate::report;
use crate::watch::Watch;

/// A value, and the places where the body differs from the documentation.
pub(crate) struct Decoded {
    pub(crate) value: AnyValue,
    pub(crate) unexpected: Vec<Unexpected>,
}

/// The information about a body that is available before it is read.
#[derive(Clone, Copy)]
pub(crate) struct Expected<'a> {
    pub(crate) envelope: &'a Envelope,
    /// Whether the type is the user's own. If so, the fields that the type needs are unknown.
    pub(crate) anything: bool,
    /// Reads a value of the type.
    pub(crate) read: ReadValue,
}

/// Reads the complete body as JSON.
pub(crate) fn decode(body: &[u8], expected: Expected<'_>) -> Result<Decoded, Error> {
    let text = std::str::from_utf8(body)
        .map_err(|error| Error::new(ErrorKind::NotUtf8).with_source(error))?;
    decode_text(text, expected)
}

/// Reads a single value from a stream of values. These values have no envelope.
pub(crate) fn decode_item(text: &str, anything: bool, read: ReadValue) -> Result<Decoded, Error> {
    decode_text(text, Expected { envelope: &Envelope::NONE, anything, read })
}

fn decode_text(text: &str, expected: Expected<'_>) -> Result<Decoded, Error> {
    // JavaScript clients skip a byte order mark, so a server may send one without anyone noticing.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim_ascii().is_empty() {
        return Err(Error::new(ErrorKind::EmptyBody));
    }
    if !expected.anything
        && let Some((text, unexpected)) = without_overlong(text)
    {
        let mut decoded = decode_bounded(&text, expected)?;
        decoded.unexpected.extend(unexpected);
        return Ok(decoded);
    }
    decode_bounded(text, expected)
}

/// Reads text without removing overlong values.
fn decode_bounded(text: &str, expected: Expected<'_>) -> Result<Decoded, Error> {
    if !expected.envelope.looks_closer {
        return decode_alone(text, expected.read);
    }
    let mut watch = Watch::new(expected.envelope);
    let read = read_all(text, Some(&mut watch), expected.read);
    let keeps = keeps(expected, &watch);
    match read {
        Ok(value) if watch.is_plain() && keeps => Ok(Decoded { value, unexpected: Vec::new() }),
        // If the body lacks what its type needs, the value is dropped before the body is read again, because the value
        // and the body may both be large.
        read => look_closer(text, expected, read.map(|value| keeps.then_some(value)), &watch),
    }
}

/// Decodes a body from an API without an envelope. Such an API sends a 2xx status only with a success response.
fn decode_alone(text: &str, read: ReadValue) -> Result<Decoded, Error> {
    match read_all(text, None, read) {
        Ok(value) => Ok(Decoded { value, unexpected: Vec::new() }),
        Err(first) => {
            let Repaired { value, unexpected, .. } =
                repair(text, first, read).map_err(not_decoded)?;
            Ok(Decoded { value, unexpected })
        }
    }
}

/// Handles a body that can't be decoded, may report an error, or lacks the record that the operation returns.
#[cold]
fn look_closer(
    text: &str,
    expected: Expected<'_>,
    read: Result<Option<AnyValue>, Failure>,
    watch: &Watch<'_>,
) -> Result<Decoded, Error> {
    let envelope = expected.envelope;
    let record: Vec<&str> = watch.record().collect();
    let data_is_record = watch.filled && envelope.data.is_some_and(|data| record.contains(&data));
    if let Some(kind) = report::read(text, envelope, &record).error_in_success(data_is_record) {
        return Err(Error::new(kind));
    }
    let first = match read {
        Ok(Some(value)) => return Ok(Decoded { value, unexpected: Vec::new() }),
        Ok(None) => return Err(without_record(&record)),
        Err(first) => first,
    };
    let Repaired { text, unexpected, first, .. } =
        repair(text, first, expected.read).map_err(not_decoded)?;
    let mut watch = Watch::new(envelope);
    let value = read_all(&text, Some(&mut watch), expected.read);
    let value = value.map_err(|failure| not_decoded(failure.of_whole()))?;
    match keeps(expected, &watch) {
        true => Ok(Decoded { value, unexpected }),
        false => Err(not_decoded(first)),
    }
}

/// Returns whether the body contains what its type needs. Without this check, the client could return an empty list or
/// an empty record for a body that contains no record.
fn keeps(expected: Expected<'_>, watch: &Watch<'_>) -> bool {
    let Some((name, _)) = watch.fields else { return true };
    watch.filled
        || expected.anything
        || watch.record().next().is_none()
        || (expected.envelope.record_is_optional.contains(&name) && watch.succeeded)
}

fn without_record(record: &[&str]) -> Error {
    let fields: Vec<String> = record.iter().map(|field| format!("`{field}`")).collect();
    Error::new(ErrorKind::NoRecord).with_detail(format!("expected {}", fields.join(" or ")))
}

/// Returns the value of an operation that documents no response body. Ignores the body that was received, but fails if
/// that body reports an error.
pub(crate) fn nothing(body: &[u8], envelope: &Envelope, read: ReadValue) -> Result<Decoded, Error> {
    if envelope.looks_closer {
        let text = std::str::from_utf8(body).unwrap_or_default();
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if let Some(kind) = report::read(text, envelope, &[]).error_in_success(false) {
            return Err(Error::new(kind));
        }
    }
    decode_alone("null", read)
}

fn not_decoded(failure: Failure) -> Error {
    let Failure { path, problem, .. } = failure;
    match problem {
        Problem::Malformed(error) => {
            let is_cut = error.as_ref().is_some_and(serde_json::Error::is_eof);
            let kind = if is_cut { ErrorKind::JsonCut } else { ErrorKind::NotJson };
            // `serde_json`'s message about a syntax error contains the line and column but no values.
            Error::new(kind).caused_by(error.map(|error| Box::new(error) as _))
        }
        Problem::TooDeep => Error::new(ErrorKind::JsonTooDeep),
        Problem::Other { .. } => Error::new(ErrorKind::Decode).with_json_path(path),
        problem => {
            Error::new(ErrorKind::Decode).with_json_path(path).with_detail(problem.to_string())
        }
    }
}

#[cfg(test)]
mod tests {
    use http::StatusCode;
    use serde::Deserialize;
    use serde::de::DeserializeOwned;

    use super::*;
    use crate::json::value_of;
    use crate::typed::typed;

    const ENVELOPE: Envelope =
        Envelope::with_status("statusCode").data("data").record_is_optional(&["ReturnEnvelope"]);
    const RECORD: Body = Body { envelope: &ENVELOPE, anything: false };
    const ANYTHING: Body = Body { envelope: &ENVELOPE, anything: true };

    #[derive(Clone, Copy)]
    struct Body {
        envelope: &'static Envelope,
        anything: bool,
    }

    #[derive(Debug)]
    struct Decoded<T> {
        value: T,
        unexpected: Vec<Unexpected>,
    }

    fn decode<T: DeserializeOwned + 'static>(
        body: &[u8],
        Body { envelope, anything }: Body,
    ) -> Result<Decoded<T>, Error> {
        typed_of(super::decode(body, Expected { envelope, anything, read: value_of::<T> }))
    }

    fn nothing<T: DeserializeOwned + 'static>(
        body: &[u8],
        envelope: &Envelope,
    ) -> Result<Decoded<T>, Error> {
        typed_of(super::nothing(body, envelope, value_of::<T>))
    }

    fn typed_of<T: 'static>(decoded: Result<super::Decoded, Error>) -> Result<Decoded<T>, Error> {
        let super::Decoded { value, unexpected } = decoded?;
        Ok(Decoded { value: typed(value)?, unexpected })
    }

    #[derive(Debug)]
    struct Link {
        amount: String,
        tags: Vec<u32>,
        message: Option<String>,
    }

    crate::object!(
        Link,
        [
            (0, amount, "amount", required),
            (1, tags, "tags", or_default),
            (2, message, "message", optional)
        ]
    );

    fn read(body: &str) -> Result<Decoded<Link>, Error> {
        decode(body.as_bytes(), RECORD)
    }

    #[track_caller]
    fn check(body: &[u8], kind: ErrorKind, path: Option<&str>, text: &str) {
        let error = decode::<Link>(body, RECORD).unwrap_err();
        assert_eq!(error.kind(), kind, "{error}");
        assert_eq!(error.json_path(), path);
        assert_eq!(error.to_string(), text);
    }

    #[test]
    fn matching_fields_are_read_and_others_are_tolerated() {
        let link = read(r#" {"new":[1,{}],"amount":"1","tags":[7]} "#).unwrap();
        assert_eq!((link.value.amount.as_str(), &*link.value.tags), ("1", &[7][..]));
        assert!(link.unexpected.is_empty());
        assert_eq!(read("\u{feff}{\"amount\":\"1\"}").unwrap().value.amount, "1");
    }

    #[test]
    fn null_is_read_as_absent() {
        assert!(read(r#"{"amount":"1","tags":null}"#).unwrap().value.tags.is_empty());
        assert!(read(r#"{"amount":"1"}"#).unwrap().value.tags.is_empty());
    }

    #[test]
    fn bodies_that_are_not_json_are_distinguished() {
        check(b"", ErrorKind::EmptyBody, None, "its body is empty");
        check(b" \n", ErrorKind::EmptyBody, None, "its body is empty");
        check(b"<!doctype html>", ErrorKind::NotJson, None, "its body isn't JSON");
        check(b"{\"amount\":\"\xff\"}", ErrorKind::NotUtf8, None, "its body isn't UTF-8");
        check(b"{\"amount\":\"1", ErrorKind::JsonCut, None, "its JSON is cut off");
        check(b"{\"amount\":7,\"tags\":", ErrorKind::JsonCut, None, "its JSON is cut off");
        check(b"{\"amount\":\"1\"} x", ErrorKind::NotJson, None, "its body isn't JSON");
    }

    #[test]
    fn deep_json_is_an_error_instead_of_an_overflow() {
        let deep = "[".repeat(100_000);
        let error = decode::<serde_json::Value>(deep.as_bytes(), RECORD).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::JsonTooDeep);
        let error = read(&format!("{{\"amount\":{deep}")).unwrap_err();
        assert_eq!((error.kind(), error.json_path()), (ErrorKind::Decode, Some("amount")));
    }

    #[test]
    fn only_the_bad_value_is_lost() {
        let link = read(r#"{"amount":12345,"tags":[1,"hunter2",3],"message":["a"]}"#).unwrap();
        assert_eq!((link.value.amount.as_str(), &*link.value.tags), ("12345", &[1, 3][..]));
        let paths: Vec<_> = link.unexpected.iter().map(Unexpected::path).collect();
        assert_eq!(paths, ["amount", "message", "tags[1]"]);
        let shown = format!("{:?}", link.unexpected);
        assert!(!shown.contains("hunter2"), "{shown}");
    }

    #[test]
    fn an_error_about_a_wrong_shape_names_the_place_and_not_the_value() {
        check(
            br#"{"tags":[]}"#,
            ErrorKind::Decode,
            Some("."),
            "its JSON doesn't have the expected shape at `.`: missing field `amount`",
        );
        check(
            br#"["hunter2"]"#,
            ErrorKind::Decode,
            Some("."),
            "its JSON doesn't have the expected shape at `.`: found sequence, expected struct Link",
        );
        #[derive(Debug, Deserialize)]
        #[allow(dead_code, reason = "the field is never read")]
        struct Data {
            data: Option<u8>,
        }
        let error = decode::<Data>(br#"{"data":{"a":1}}"#, RECORD).unwrap_err();
        assert_eq!(
            error.to_string(),
            "its JSON doesn't have the expected shape at `data`: found map, expected u8"
        );
        let error = decode::<Data>(br#"{"data":1.5}"#, RECORD).unwrap_err();
        assert_eq!(
            error.to_string(),
            "its JSON doesn't have the expected shape at `data`: found number, expected u8"
        );
    }

    #[test]
    fn a_body_that_reports_an_error_is_not_a_success() {
        let error = read(r#"{"statusCode":400,"message":"no","amount":null}"#).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Refused(StatusCode::BAD_REQUEST));
        let error = read(r#"{"success":false,"amount":"1"}"#).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ErrorInBody);
        let any: Result<Decoded<serde_json::Value>, _> =
            decode(br#"{"statusCode":500,"message":"no"}"#, ANYTHING);
        assert!(matches!(any.unwrap_err().kind(), ErrorKind::Failed(_)));
    }

    #[derive(Debug, Default, Deserialize)]
    #[serde(rename_all = "camelCase", default)]
    struct ReturnEnvelope {
        #[allow(dead_code, reason = "the test only deserializes it")]
        status_code: Option<u16>,
        #[allow(dead_code, reason = "the test only deserializes it")]
        data: Option<String>,
    }

    #[test]
    fn a_success_response_needs_its_record() {
        #[derive(Debug)]
        struct List {
            links: Vec<u8>,
            url: Option<String>,
        }
        crate::object!(List, [(0, links, "links", or_default), (1, url, "url", optional)]);
        for body in ["{}", r#"{"statusCode":201}"#, r#"{"data":[1]}"#, r#"{"links":null}"#] {
            let error = decode::<List>(body.as_bytes(), RECORD).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::NoRecord, "{body}");
            let text = "its body lacks the record: expected `links` or `url`";
            assert_eq!(error.to_string(), text);
            assert!(decode::<List>(body.as_bytes(), ANYTHING).is_ok(), "{body}");
        }
        assert!(decode::<List>(br#"{"links":[]}"#, RECORD).is_ok());
        for (body, whole) in [
            (r#"{"statusCode":201,"message":"sent"}"#, true),
            (r#"{"statusCode":"201"}"#, true),
            (r#"{"data":"id"}"#, true),
            (r#"{"message":"sent"}"#, false),
            ("{}", false),
        ] {
            let read = decode::<ReturnEnvelope>(body.as_bytes(), RECORD);
            assert_eq!(read.is_ok(), whole, "{body}");
        }
    }

    #[test]
    fn an_operation_without_a_body_accepts_any_body() {
        for body in [&b""[..], b"<html>", b"{\"cut\":", b"null", b"17", b"{\"ok\":true}", b"\xff"] {
            nothing::<()>(body, &ENVELOPE).unwrap();
        }
    }

    #[test]
    fn without_an_envelope_the_status_alone_decides() {
        const NONE: Body = Body { envelope: &Envelope::NONE, anything: false };
        #[derive(Debug, Deserialize)]
        struct Loan {
            error: Option<String>,
            days: Option<u8>,
        }
        let read = |body: &str| decode::<Loan>(body.as_bytes(), NONE);
        let loan = read(r#"{"error":"late","statusCode":400}"#).unwrap().value;
        assert_eq!(loan.error.as_deref(), Some("late"));
        assert!(read("{}").is_ok());
        let odd = read(r#"{"days":"many"}"#).unwrap();
        assert_eq!((odd.value.days, odd.unexpected[0].path()), (None, "days"));
        assert_eq!(read("[1").unwrap_err().kind(), ErrorKind::JsonCut);
    }

    #[test]
    fn an_error_is_reported_even_if_the_operation_has_no_body() {
        for body in [r#"{"statusCode":400,"message":"no"}"#, r#"{"error":"no"}"#] {
            assert!(nothing::<()>(body.as_bytes(), &ENVELOPE).is_err(), "{body}");
            assert!(nothing::<()>(body.as_bytes(), &Envelope::NONE).is_ok(), "{body}");
        }
    }

    #[test]
    fn the_flag_decides_even_if_the_type_has_a_field_with_the_same_name() {
        const FLAGGED: Envelope = Envelope::with_success_flag("ok").record_is_optional(&["Done"]);
        const EXPECTED: Body = Body { envelope: &FLAGGED, anything: false };
        #[derive(Debug, Deserialize)]
        #[allow(dead_code, reason = "the test only deserializes it")]
        struct Parcel {
            ok: Option<bool>,
            error: Option<String>,
            id: Option<u8>,
        }
        #[derive(Debug, Deserialize)]
        #[allow(dead_code, reason = "the test only deserializes it")]
        struct Done {
            at: Option<String>,
        }
        #[derive(Debug, Deserialize)]
        #[allow(dead_code, reason = "the test only deserializes it")]
        struct Health {
            ok: bool,
        }
        fn kind<T: DeserializeOwned + 'static>(body: &str) -> Option<ErrorKind> {
            decode::<T>(body.as_bytes(), EXPECTED).err().map(|error| error.kind())
        }
        for body in [r#"{"ok":false,"error":"no"}"#, r#"{"ok":false,"id":7}"#, r#"{"ok":false}"#] {
            assert_eq!(kind::<Parcel>(body), Some(ErrorKind::RefusedInBody), "{body}");
            assert_eq!(kind::<Done>(body), Some(ErrorKind::RefusedInBody), "{body}");
            assert_eq!(kind::<Health>(body), Some(ErrorKind::RefusedInBody), "{body}");
            let error = nothing::<()>(body.as_bytes(), &FLAGGED).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::RefusedInBody, "{body}");
        }
        assert_eq!(kind::<Parcel>(r#"{"ok":true,"id":7}"#), None);
        assert_eq!(kind::<Parcel>(r#"{"ok":true}"#), Some(ErrorKind::NoRecord));
        assert_eq!(kind::<Done>(r#"{"ok":true}"#), None);
        assert_eq!(kind::<Done>("{}"), Some(ErrorKind::NoRecord));
        assert_eq!(kind::<Health>(r#"{"ok":true}"#), None);
    }
}
