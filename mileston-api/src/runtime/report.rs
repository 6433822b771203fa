//! What a body says of an error: why, and whether it is one at all. Reads what it needs and skips the rest.
//!
//! The platform's errors look like `{statusCode, message, error}`, with one message or a list of them. Proxies,
//! validators and other services have other shapes, so the reason is looked for in those as well.

use std::fmt;

use reqwest::StatusCode;
use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::json::{TOKEN, canonical};
use crate::runtime::error::ErrorKind;

/// The most reasons that are kept, and the most characters of each.
const MOST_MESSAGES: usize = 100;
const LONGEST_MESSAGE: usize = 4096;

/// What is a reason by its name.
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

/// What was found at the top of a body.
#[derive(Debug, Default)]
pub(crate) struct Report {
    /// Why, one sentence each: `message`, then what else there is.
    pub(crate) messages: Vec<String>,
    /// `error`, if it is a text.
    pub(crate) error: Option<String>,
    others: Vec<String>,
    status_code: Scalar,
    status: Scalar,
    /// Something says that it failed, other than a status.
    flagged: bool,
    has_record: bool,
}

/// As much of a value as a judgement needs.
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
    /// Reads a text. If it breaks off, what came before counts. `record` has the fields that are no error's.
    pub(crate) fn read(text: &str, record: &[&str]) -> Self {
        let mut report = Report::default();
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let level = Level { report: &mut report, record, depth: 0 };
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

    /// Whether a body that came with a status of success says that it is an error.
    ///
    /// Only the platform's own shape makes it a refusal. Of anything else it is not known what was done.
    pub(crate) fn verdict(&self) -> Option<ErrorKind> {
        let status = self.status_code.as_status().or_else(|| self.status.as_status());
        let failed = status.is_some_and(|status| !status.is_some_and(|one| one.is_success()));
        if !failed && !self.flagged {
            return None;
        }
        let platforms =
            self.status_code.as_status().flatten().filter(|_| {
                !self.has_record && (!self.messages.is_empty() || self.error.is_some())
            });
        Some(match platforms {
            Some(status) if status.is_client_error() => ErrorKind::Refused(status),
            Some(status) if status.is_server_error() => ErrorKind::Failed(status),
            _ => ErrorKind::ErrorInBody,
        })
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

/// The start of a text, unless it is empty.
fn kept(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.chars().take(LONGEST_MESSAGE).collect())
}

/// Words, and neither a page nor JSON that broke off.
fn is_prose(text: &str) -> bool {
    !text.trim_start().starts_with(['<', '{', '[', '"'])
}

impl Scalar {
    /// `None`: it is no status. `Some(None)`: it is a number, but not that of a status.
    fn as_status(&self) -> Option<Option<StatusCode>> {
        let number = match self {
            Scalar::Number(number) => number.clone(),
            Scalar::Text(text) if is_number(text.trim()) => canonical(text.trim()),
            _ => return None,
        };
        Some(number.parse().ok().and_then(|number: u16| StatusCode::from_u16(number).ok()))
    }

    /// Whether `error` or `errors` with this value says that there is one.
    fn is_error(&self) -> bool {
        match self {
            Scalar::Nothing | Scalar::Empty => false,
            Scalar::Bool(error) => *error,
            Scalar::Number(number) => number != "0",
            Scalar::Text(text) => !matches!(text.trim(), "" | "false" | "0" | "null" | "none"),
            Scalar::Full => true,
        }
    }

    /// Whether `success` or `ok` with this value denies it.
    fn is_denial(&self) -> bool {
        match self {
            Scalar::Bool(success) => !success,
            Scalar::Number(number) => number == "0",
            Scalar::Text(text) => matches!(&*text.trim().to_lowercase(), "false" | "0" | "no"),
            _ => false,
        }
    }

    /// Whether `status` with this value is a word for failure.
    fn is_failure(&self) -> bool {
        let word = |text: &str| {
            matches!(
                &*text.trim().to_lowercase(),
                "error" | "fail" | "failed" | "failure" | "rejected"
            )
        };
        *self == Scalar::Bool(false) || matches!(self, Scalar::Text(text) if word(text))
    }
}

fn is_number(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_digit() || first == '-')
        && serde_json::from_str::<IgnoredAny>(text).is_ok()
}

/// Values that are neither text nor have an inside.
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

/// The object at the top, or the one in its `data`.
struct Level<'r> {
    report: &'r mut Report,
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
        let Level { report, record, depth } = self;
        let reason = |report, to_others| Reason { report, prefix: None, depth: 0, to_others };
        match name {
            "statusCode" => report.status_code = map.next_value_seed(Value)?,
            "message" => {
                map.next_value_seed(reason(report, false))?;
            }
            "data" if *depth == 0 => {
                let level = Level { report, record: &[], depth: 1 };
                let data = map.next_value_seed(level)?;
                report.has_record |= record.contains(&"data") && data != Scalar::Nothing;
            }
            name if record.contains(&name) => {
                report.has_record |= map.next_value_seed(Value)? != Scalar::Nothing;
            }
            "error" => {
                let error = map.next_value_seed(reason(report, true))?;
                report.flagged |= error.is_error();
                if let Scalar::Text(text) = error {
                    report.others.retain(|other| *other != text);
                    report.error = Some(text);
                }
            }
            "errors" => {
                let errors = map.next_value_seed(reason(report, true))?;
                report.flagged |= errors.is_error();
            }
            "success" | "ok" => report.flagged |= map.next_value_seed(Value)?.is_denial(),
            "status" if *depth == 0 => {
                report.status = map.next_value_seed(Value)?;
                report.flagged |= report.status.is_failure();
            }
            name if *depth == 0 && REASONS.contains(&name) => {
                map.next_value_seed(reason(report, true))?;
            }
            _ => {
                map.next_value::<IgnoredAny>()?;
            }
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

/// A value of which only its kind counts, or its text.
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
            // A number where `arbitrary_precision` is on.
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

/// A text, or texts in a list or an object, as far as three levels down.
struct Reason<'r> {
    report: &'r mut Report,
    /// The field that it is about.
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
            if list.next_element_seed(item)?.is_none() {
                return Ok(scalar);
            }
            scalar = Scalar::Full;
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Scalar, A::Error> {
        let Reason { report, prefix, depth, to_others } = self;
        let mut scalar = Scalar::Empty;
        while let Some(name) = map.next_key::<String>()? {
            if name == TOKEN {
                return map.next_value::<String>().map(|number| Scalar::Number(canonical(&number)));
            }
            scalar = Scalar::Full;
            // What is not known to be a reason is the name of what the reason is about.
            let prefix = match REASONS.contains(&&*name) || name == "error" || name == "errors" {
                true => prefix.clone(),
                false if ABOUT_IT.contains(&&*name) => {
                    map.next_value::<IgnoredAny>()?;
                    continue;
                }
                false => kept(&name),
            };
            let report = &mut *report;
            map.next_value_seed(Reason { report, prefix, depth: depth + 1, to_others })?;
        }
        Ok(scalar)
    }

    scalars! {}
}

/// What stands beside a reason and is none.
const ABOUT_IT: [&str; 8] =
    ["code", "type", "status", "statusCode", "path", "timestamp", "instance", "stack"];

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_messages(text: &str, expected: &[&str]) {
        assert_eq!(Report::read(text, &[]).messages, expected, "{text}");
    }

    #[test]
    fn the_platforms_own_shape_is_read() {
        let report =
            Report::read(r#"{"message":["a","b"],"error":"Bad Request","statusCode":400}"#, &[]);
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
    fn what_is_no_reason_is_none() {
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
    fn what_came_before_the_text_broke_off_counts() {
        check_messages(r#"{"message":"a","paymentData":[{"x"#, &["a"]);
        check_messages(r#"{"message":["a","b"#, &["a"]);
    }

    #[test]
    fn what_is_kept_is_bounded() {
        let long = "x".repeat(100_000);
        let report = Report::read(&format!(r#"{{"message":"{long}"}}"#), &[]);
        assert_eq!(report.messages[0].len(), LONGEST_MESSAGE);
        let many = format!(r#"{{"message":["a"{}]}}"#, r#","a""#.repeat(1000));
        assert_eq!(Report::read(&many, &[]).messages.len(), MOST_MESSAGES);
        let deep = format!(r#"{{"message":{},"detail":"x"}}"#, "[".repeat(100_000));
        check_messages(&deep, &[]);
    }

    #[track_caller]
    fn check(text: &str, expected: Option<ErrorKind>) {
        assert_eq!(
            Report::read(text, &["paymentData", "paymentLink"]).verdict(),
            expected,
            "{text}"
        );
    }

    fn refused(status: u16) -> Option<ErrorKind> {
        Some(ErrorKind::Refused(StatusCode::from_u16(status).unwrap()))
    }

    #[test]
    fn the_platforms_error_in_a_success_is_what_it_says() {
        check(r#"{"statusCode":404,"message":"Not found","error":"Not Found"}"#, refused(404));
        check(r#"{"statusCode":"400","message":["a"]}"#, refused(400));
        check(r#"{"statusCode":4.0e2,"error":"Bad Request"}"#, refused(400));
        let failed = Some(ErrorKind::Failed(StatusCode::INTERNAL_SERVER_ERROR));
        check(r#"{"statusCode":500,"message":"Internal server error"}"#, failed);
    }

    #[test]
    fn all_other_errors_in_a_success_are_uncertain() {
        for text in [
            r#"{"statusCode":404}"#,
            r#"{"statusCode":404,"message":"","paymentData":null}"#,
            r#"{"statusCode":409,"message":"exists","paymentData":{"paymentLinkId":"1"}}"#,
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
            r#"{"success":"false","paymentLink":"x"}"#,
            r#"{"ok":0}"#,
            r#"{"data":{"error":"a"}}"#,
            r#"{"data":{"success":false}}"#,
        ] {
            check(text, Some(ErrorKind::ErrorInBody));
        }
    }

    #[test]
    fn a_success_is_none() {
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
            r#"{"message":["error"],"data":{}}"#,
        ] {
            check(text, None);
        }
        assert_eq!(Report::read(r#"{"status":"error"}"#, &["status"]).verdict(), None);
    }
}
