//! Finds out from a body whether it reports an error, and why. Reads what it needs and skips the rest.
//!
//! APIs, proxies, validators and frameworks use many shapes, so the reason is searched for in all the common ones.

use std::fmt;

use http::StatusCode;
use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::envelope::{Envelope, MESSAGE};
use crate::error::ErrorKind;
use crate::json::{TOKEN, canonical};

/// The most reasons that are kept, and the most characters of each.
const MOST_MESSAGES: usize = 100;
const LONGEST_MESSAGE: usize = 4096;

/// Names of fields that contain a reason.
const REASONS: [&str; 9] = [
    "message",
    "msg",
    "title",
    "detail",
    "details",
    "reason",
    "description",
    "error_description",
    "errorMessage",
];

/// Values of `error` that mean that there is no error.
const NO_ERROR: [&str; 8] = ["", "false", "null", "none", "nil", "undefined", "ok", "success"];

/// Values of `status` that mean failure.
const FAILURES: [&str; 9] = [
    "error",
    "fail",
    "failed",
    "failure",
    "rejected",
    "refused",
    "denied",
    "unauthorized",
    "forbidden",
];

/// What the name of a field means, apart from those of the envelope.
#[derive(Clone, Copy)]
enum Telling {
    /// Its value is an error, or whether there is one.
    Error,
    /// Its value is whether the request succeeded.
    Success,
    /// Its value is a status.
    Status,
}

/// In lower case and without underscores.
const NAMES: [(&str, Telling); 16] = [
    ("error", Telling::Error),
    ("errors", Telling::Error),
    ("err", Telling::Error),
    ("errorcode", Telling::Error),
    ("errormessage", Telling::Error),
    ("errordescription", Telling::Error),
    ("iserror", Telling::Error),
    ("haserror", Telling::Error),
    ("haserrors", Telling::Error),
    ("success", Telling::Success),
    ("succeeded", Telling::Success),
    ("issuccess", Telling::Success),
    ("ok", Telling::Success),
    ("status", Telling::Status),
    ("statuscode", Telling::Status),
    ("code", Telling::Status),
];

/// Compares names without case and underscores.
fn telling(name: &str) -> Option<Telling> {
    let is_named = |known: &str| {
        let plain = name.bytes().filter(|byte| *byte != b'_');
        plain.map(|byte| byte.to_ascii_lowercase()).eq(known.bytes())
    };
    NAMES.iter().find(|(known, _)| is_named(known)).map(|(_, telling)| *telling)
}

/// Returns whether a field of this name may report an error and needs a closer look.
pub(crate) fn is_telling(name: &str, envelope: &Envelope) -> bool {
    envelope.data == Some(name) || telling(name).is_some()
}

/// What was found at the top level of a body.
#[derive(Debug, Default)]
pub(crate) struct Report {
    /// The reasons, one sentence each: `message` first, then the others.
    pub(crate) messages: Vec<String>,
    /// The value of `error`, if it is text.
    pub(crate) error: Option<String>,
    others: Vec<String>,
    status_code: Scalar,
    /// The status inside `data`.
    inner_status: Scalar,
    /// The envelope's flag is `false`.
    denied: bool,
    /// Something other than the status and the flag reports a failure.
    flagged: bool,
    /// Something inside `data` reports a failure.
    inner_flagged: bool,
    has_record: bool,
}

/// The parts of a value that matter for the decision.
#[derive(Clone, Debug, Default, PartialEq)]
enum Scalar {
    #[default]
    Nothing,
    Bool(bool),
    /// In its canonical spelling.
    Number(String),
    Text(String),
    Empty,
    Full,
}

impl Report {
    /// Reads a text. If it is cut off, what came before counts. `record` lists the fields that don't report an error.
    pub(crate) fn read(text: &str, envelope: &Envelope, record: &[&str]) -> Self {
        let mut report = Report::default();
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let level = Level { report: &mut report, envelope, record, depth: 0 };
        let whole = level.deserialize(&mut deserializer).is_ok() && deserializer.end().is_ok();
        if !whole && report.messages.is_empty() && is_prose(text) {
            report.messages.extend(kept(text.trim()));
        }
        let others = std::mem::take(&mut report.others);
        for other in others {
            if !report.messages.contains(&other) {
                report.messages.push(other);
            }
        }
        report
    }

    /// Returns the error that a body with a 2xx status reports, if any.
    ///
    /// Only the API's own shape makes it a refusal. For any other shape it is unknown what the server did.
    ///
    /// If `data_is_record`, `data` contains a record. An `error` in it may belong to the record, e.g. the reason why a
    /// loan was refused; then the status outside `data` decides.
    pub(crate) fn error_in_success(&self, data_is_record: bool) -> Option<ErrorKind> {
        let is_success = |status: Option<StatusCode>| status.is_some_and(|one| one.is_success());
        let (outer, inner) = (self.status_code.as_status(), self.inner_status.as_status());
        // A failure inside counts, whatever the envelope says.
        let status = inner.filter(|status| !is_success(*status)).or(outer).or(inner);
        let failed = status.is_some_and(|status| !is_success(status));
        if self.denied && !failed {
            return Some(ErrorKind::RefusedInBody);
        }
        let is_records = data_is_record && outer.is_some_and(is_success);
        if !failed && !self.flagged && (!self.inner_flagged || is_records) {
            return None;
        }
        let own = status
            .flatten()
            .filter(|_| !self.has_record && (!self.messages.is_empty() || self.error.is_some()));
        Some(match own {
            Some(status) if status.is_client_error() => ErrorKind::Refused(status),
            Some(status) if status.is_server_error() => ErrorKind::Failed(status),
            _ => ErrorKind::ErrorInBody,
        })
    }

    fn flag(&mut self, failed: bool, depth: u8) {
        match depth {
            0 => self.flagged |= failed,
            _ => self.inner_flagged |= failed,
        }
    }

    fn push(&mut self, text: &str, prefix: Option<&str>, to_others: bool) {
        let list = if to_others { &mut self.others } else { &mut self.messages };
        if list.len() < MOST_MESSAGES
            && let Some(text) = kept(text.trim())
        {
            list.push(match prefix {
                Some(prefix) => format!("{prefix}: {text}"),
                None => text,
            });
        }
    }
}

/// Returns the start of a text, unless the text is empty.
fn kept(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.chars().take(LONGEST_MESSAGE).collect())
}

/// Returns whether it is prose, and not a page or truncated JSON.
fn is_prose(text: &str) -> bool {
    !text.trim_start().starts_with(['<', '{', '[', '"'])
}

impl Scalar {
    /// Returns `None` if it isn't a status, and `Some(None)` if it is a number but not a valid status.
    fn as_status(&self) -> Option<Option<StatusCode>> {
        let number = match self {
            Scalar::Number(number) => number.clone(),
            // `400 Bad Request` too.
            Scalar::Text(text) => {
                canonical(text.split_whitespace().next().filter(|word| is_number(word))?)
            }
            _ => return None,
        };
        Some(number.parse().ok().and_then(|number: u16| StatusCode::from_u16(number).ok()))
    }

    /// Returns whether this value of `error` or `errors` reports an error.
    fn is_error(&self) -> bool {
        match self {
            Scalar::Nothing | Scalar::Empty => false,
            Scalar::Bool(error) => *error,
            Scalar::Number(number) => number != "0",
            Scalar::Text(text) => {
                let text = text.trim().to_lowercase();
                !NO_ERROR.contains(&&*text) && text.bytes().any(|byte| byte != b'0')
            }
            Scalar::Full => true,
        }
    }

    /// Returns whether this value of `success` or `ok` reports a failure.
    fn is_denial(&self) -> bool {
        match self {
            Scalar::Bool(success) => !success,
            Scalar::Number(number) => number == "0",
            Scalar::Text(text) => matches!(&*text.trim().to_lowercase(), "false" | "0" | "no"),
            _ => false,
        }
    }

    /// Returns whether this value of `status` or `code` is a word for failure, or an HTTP status other than a success.
    /// Other numbers, such as 0 and 1, have no fixed meaning.
    fn is_failure(&self) -> bool {
        let word = |text: &str| FAILURES.contains(&&*text.trim().to_lowercase());
        let status = self.as_status().flatten().map(|status| status.as_u16());
        *self == Scalar::Bool(false)
            || matches!(self, Scalar::Text(text) if word(text))
            || status.is_some_and(|status| (300..600).contains(&status))
    }
}

fn is_number(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_digit() || first == '-')
        && serde_json::from_str::<IgnoredAny>(text).is_ok()
}

/// Visits values that are neither text nor containers.
macro_rules! scalars {
    () => {
        fn visit_bool<E: de::Error>(self, value: bool) -> Result<Scalar, E> {
            Ok(Scalar::Bool(value))
        }

        fn visit_u64<E: de::Error>(self, value: u64) -> Result<Scalar, E> {
            Ok(Scalar::Number(value.to_string()))
        }

        fn visit_i64<E: de::Error>(self, value: i64) -> Result<Scalar, E> {
            Ok(Scalar::Number(value.to_string()))
        }

        fn visit_f64<E: de::Error>(self, value: f64) -> Result<Scalar, E> {
            Ok(Scalar::Number(canonical(&value.to_string())))
        }

        fn visit_unit<E: de::Error>(self) -> Result<Scalar, E> {
            Ok(Scalar::Nothing)
        }
    };
}

/// The object at the top level, or the one in its `data`.
struct Level<'r> {
    report: &'r mut Report,
    envelope: &'r Envelope,
    record: &'r [&'r str],
    depth: u8,
}

impl<'de> DeserializeSeed<'de> for Level<'_> {
    type Value = Scalar;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Scalar, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Level<'_> {
    fn field<'de, A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
        let Level { report, envelope, record, depth } = self;
        let reason = |report, to_others| Reason { report, prefix: None, depth: 0, to_others };
        match name {
            name if envelope.status == Some(name) && *depth == 0 => {
                report.status_code = map.next_value_seed(Value)?
            }
            name if envelope.flag == Some(name) && *depth == 0 => {
                report.denied = map.next_value_seed(Value)?.is_denial();
            }
            name if envelope.status == Some(name) => {
                report.inner_status = map.next_value_seed(Value)?
            }
            MESSAGE => {
                map.next_value_seed(reason(report, false))?;
            }
            name if envelope.data == Some(name) && *depth == 0 => {
                let level = Level { report, envelope, record: &[], depth: 1 };
                let data = map.next_value_seed(level)?;
                report.has_record |= record.contains(&name) && data != Scalar::Nothing;
            }
            name if record.contains(&name) => {
                report.has_record |= map.next_value_seed(Value)? != Scalar::Nothing;
            }
            "error" => {
                let error = map.next_value_seed(reason(report, true))?;
                report.flag(error.is_error(), *depth);
                if let Scalar::Text(text) = error {
                    report.others.retain(|other| *other != text);
                    report.error = Some(text);
                }
            }
            name => match telling(name) {
                Some(Telling::Error) => {
                    let error = map.next_value_seed(reason(report, true))?;
                    report.flag(error.is_error(), *depth);
                }
                Some(Telling::Success) => {
                    let denied = map.next_value_seed(Value)?.is_denial();
                    report.flag(denied, *depth);
                }
                Some(Telling::Status) if *depth == 0 => {
                    let failed = map.next_value_seed(Value)?.is_failure();
                    report.flag(failed, *depth);
                }
                _ if *depth == 0 && REASONS.contains(&name) => {
                    map.next_value_seed(reason(report, true))?;
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            },
        }
        Ok(())
    }
}

impl<'de> Visitor<'de> for Level<'_> {
    type Value = Scalar;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<Scalar, A::Error> {
        let mut scalar = Scalar::Empty;
        while let Some(name) = map.next_key::<String>()? {
            self.field(&name, &mut map)?;
            scalar = Scalar::Full;
        }
        Ok(scalar)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Scalar, A::Error> {
        Value.visit_seq(list)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Scalar, E> {
        self.report.push(text, None, false);
        Ok(Scalar::Full)
    }

    scalars! {}
}

/// A value of which only the kind or the text matters.
struct Value;

impl<'de> DeserializeSeed<'de> for Value {
    type Value = Scalar;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Scalar, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Value {
    type Value = Scalar;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Scalar, E> {
        Ok(Scalar::Text(text.chars().take(LONGEST_MESSAGE).collect()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Scalar, A::Error> {
        let mut scalar = Scalar::Empty;
        while let Some(name) = map.next_key::<String>()? {
            // A number, if `arbitrary_precision` is on.
            if name == TOKEN {
                return map.next_value::<String>().map(|number| Scalar::Number(canonical(&number)));
            }
            map.next_value::<IgnoredAny>()?;
            scalar = Scalar::Full;
        }
        Ok(scalar)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Scalar, A::Error> {
        let mut scalar = Scalar::Empty;
        while list.next_element::<IgnoredAny>()?.is_some() {
            scalar = Scalar::Full;
        }
        Ok(scalar)
    }

    scalars! {}
}

/// Text, or texts in a list or an object, up to three levels deep.
struct Reason<'r> {
    report: &'r mut Report,
    /// The field that the reason is about.
    prefix: Option<String>,
    depth: u8,
    to_others: bool,
}

impl<'de> DeserializeSeed<'de> for Reason<'_> {
    type Value = Scalar;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Scalar, D::Error> {
        if self.depth > 3 {
            return <IgnoredAny as de::Deserialize>::deserialize(deserializer)
                .map(|_| Scalar::Full);
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reason<'_> {
    type Value = Scalar;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Scalar, E> {
        self.report.push(text, self.prefix.as_deref(), self.to_others);
        Value.visit_str(text)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Scalar, A::Error> {
        let Reason { report, prefix, depth, to_others } = self;
        let mut scalar = Scalar::Empty;
        loop {
            let (report, prefix) = (&mut *report, prefix.clone());
            let item = Reason { report, prefix, depth: depth + 1, to_others };
            let Some(item) = list.next_element_seed(item)? else { return Ok(scalar) };
            if item.is_error() {
                scalar = Scalar::Full;
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Scalar, A::Error> {
        let Reason { report, prefix, depth, to_others } = self;
        let mut scalar = Scalar::Empty;
        while let Some(name) = map.next_key::<String>()? {
            if name == TOKEN {
                return map.next_value::<String>().map(|number| Scalar::Number(canonical(&number)));
            }
            // A name that isn't known as a reason's is the name of what the reason is about.
            let prefix = match REASONS.contains(&&*name) || name == "error" || name == "errors" {
                true => prefix.clone(),
                false if ABOUT_IT.contains(&&*name) => {
                    if map.next_value_seed(Value)?.is_error() {
                        scalar = Scalar::Full;
                    }
                    continue;
                }
                false => kept(&name),
            };
            let report = &mut *report;
            let inside = Reason { report, prefix, depth: depth + 1, to_others };
            if map.next_value_seed(inside)?.is_error() {
                scalar = Scalar::Full;
            }
        }
        Ok(scalar)
    }

    scalars! {}
}

/// Fields next to a reason that are not reasons.
const ABOUT_IT: [&str; 8] =
    ["code", "type", "status", "statusCode", "path", "timestamp", "instance", "stack"];

#[cfg(test)]
mod tests {
    use super::*;

    const ENVELOPE: Envelope = Envelope::with_status("statusCode").data("data");

    #[track_caller]
    fn check_messages(text: &str, expected: &[&str]) {
        assert_eq!(Report::read(text, &ENVELOPE, &[]).messages, expected, "{text}");
    }

    #[test]
    fn the_apis_own_shape_is_read() {
        let report = Report::read(
            r#"{"message":["a","b"],"error":"Bad Request","statusCode":400}"#,
            &ENVELOPE,
            &[],
        );
        assert_eq!(report.messages, ["a", "b"]);
        assert_eq!(report.error.as_deref(), Some("Bad Request"));
    }

    #[test]
    fn a_reason_is_found_wherever_it_is() {
        check_messages(r#"{"message":"a"}"#, &["a"]);
        check_messages(
            r#"{"message":{"message":["a"],"error":"Bad Request"}}"#,
            &["a", "Bad Request"],
        );
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
    fn reasons_before_a_cut_count() {
        check_messages(r#"{"message":"a","bookData":[{"x"#, &["a"]);
        check_messages(r#"{"message":["a","b"#, &["a"]);
    }

    #[test]
    fn the_kept_text_is_limited() {
        let long = "x".repeat(100_000);
        let report = Report::read(&format!(r#"{{"message":"{long}"}}"#), &ENVELOPE, &[]);
        assert_eq!(report.messages[0].len(), LONGEST_MESSAGE);
        let many = format!(r#"{{"message":["a"{}]}}"#, r#","a""#.repeat(1000));
        assert_eq!(Report::read(&many, &ENVELOPE, &[]).messages.len(), MOST_MESSAGES);
        let deep = format!(r#"{{"message":{},"detail":"x"}}"#, "[".repeat(100_000));
        check_messages(&deep, &[]);
    }

    #[track_caller]
    fn check(text: &str, expected: Option<ErrorKind>) {
        assert_eq!(
            Report::read(text, &ENVELOPE, &["bookData", "bookLink"]).error_in_success(false),
            expected,
            "{text}"
        );
    }

    fn refused(status: u16) -> Option<ErrorKind> {
        Some(ErrorKind::Refused(StatusCode::from_u16(status).unwrap()))
    }

    #[test]
    fn an_error_in_the_apis_own_shape_has_its_status() {
        check(r#"{"statusCode":404,"message":"Not found","error":"Not Found"}"#, refused(404));
        check(r#"{"statusCode":"400","message":["a"]}"#, refused(400));
        check(r#"{"statusCode":4.0e2,"error":"Bad Request"}"#, refused(400));
        let failed = Some(ErrorKind::Failed(StatusCode::INTERNAL_SERVER_ERROR));
        check(r#"{"statusCode":500,"message":"Internal server error"}"#, failed);
    }

    #[test]
    fn any_other_error_in_a_success_is_uncertain() {
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

    /// `data_is_record` is a property of the type that is read.
    #[test]
    fn an_error_in_a_record_is_not_an_error_of_the_request() {
        let failed =
            r#"{"statusCode":200,"data":{"status":"failed","error":"no funds","ok":false}}"#;
        assert_eq!(Report::read(failed, &ENVELOPE, &["data"]).error_in_success(true), None);
        assert_eq!(
            Report::read(failed, &ENVELOPE, &["data"]).error_in_success(false),
            Some(ErrorKind::ErrorInBody)
        );
        for text in [
            r#"{"data":{"error":"no funds"}}"#,
            r#"{"statusCode":200,"success":false,"data":{"status":"failed"}}"#,
            r#"{"statusCode":200,"data":{"statusCode":500}}"#,
        ] {
            assert_eq!(
                Report::read(text, &ENVELOPE, &["data"]).error_in_success(true),
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
    fn a_success_reports_no_error() {
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
        assert_eq!(
            Report::read(r#"{"status":"error"}"#, &ENVELOPE, &["status"]).error_in_success(false),
            None
        );
    }
}
