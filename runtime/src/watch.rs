//! Checks whether a body contains a record.
//!
//! This is done while the body is parsed, so the body of a success response is parsed only once. The parser reports the
//! names of the fields at the top level and one level below.

use crate::envelope::Envelope;
use crate::json::{Field, Notice, word};
use crate::report::is_telling;

/// What was observed while a body was read.
#[derive(Debug)]
pub(crate) struct Watch<'e> {
    envelope: &'e Envelope,
    /// The name and the fields of the type, or `None` if it isn't a struct.
    pub(crate) fields: Option<(&'static str, &'static [&'static str])>,
    /// Whether the body contains part of a record: a value that is neither `null` nor a struct.
    pub(crate) filled: bool,
    /// Whether the status or flag in the body reports success.
    pub(crate) succeeded: bool,
    /// Whether the body may report an error.
    pub(crate) suspicious: bool,
}

impl<'e> Watch<'e> {
    pub(crate) fn new(envelope: &'e Envelope) -> Self {
        Watch { envelope, fields: None, filled: false, succeeded: false, suspicious: false }
    }

    /// Returns whether the body can't contain an error report. Returns `false` for a type other than a struct, because
    /// only the fields of structs are watched.
    pub(crate) fn is_plain(&self) -> bool {
        self.fields.is_some() && !self.suspicious
    }

    /// Returns the fields of a record. Returns no fields if the type isn't a struct, or if the type has only the
    /// fields of an envelope.
    pub(crate) fn record(&self) -> impl Iterator<Item = &'static str> {
        let fields = self.fields.map_or(&[][..], |(_, fields)| fields);
        fields.iter().copied().filter(|field| !self.envelope.is_around(field))
    }
}

impl Notice for Watch<'_> {
    fn top_struct(&mut self, name: &'static str, fields: &'static [&'static str]) {
        self.fields = Some((name, fields));
    }

    fn field(&mut self, name: &str, depth: u8, fields: &'static [&'static str]) -> Field {
        if depth == 0 && self.envelope.status == Some(name) {
            Field::Status
        } else if depth == 0 && self.envelope.flag == Some(name) {
            Field::Flag
        } else if depth == 0 && self.envelope.is_around(name) {
            Field::Other
        } else if fields.contains(&name) {
            Field::Record
        } else {
            self.suspicious |= is_telling(name, self.envelope);
            Field::Other
        }
    }

    fn telling_value(&mut self, field: Field, written: &str) {
        let word = word(written);
        let success = match field {
            Field::Flag => word == "true",
            _ => word.parse().is_ok_and(|status: u64| (200..300).contains(&status)),
        };
        self.succeeded |= success;
        self.suspicious |= !success && word != "null";
    }

    fn something(&mut self) {
        self.filled = true;
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;
    use serde::de::DeserializeOwned;
    use serde_json::Value;

    use super::*;
    use crate::json::{read_all, value_of};

    const NAMES: Envelope = Envelope::with_status("statusCode").data("data");

    fn read<T: DeserializeOwned + 'static>(text: &str) -> (Option<T>, Watch<'static>) {
        let mut watch = Watch::new(&NAMES);
        let value = read_all(text, Some(&mut watch), value_of::<T>);
        (value.ok().map(|value| *value.downcast().unwrap()), watch)
    }

    #[derive(Debug, Deserialize)]
    #[allow(dead_code, reason = "only the observations matter")]
    struct Wrapped {
        #[serde(rename = "statusCode")]
        status_code: Option<u16>,
        message: Option<String>,
        link: Option<String>,
        data: Option<Inside>,
        list: Option<Vec<Inside>>,
        map: Option<BTreeMap<String, f64>>,
    }

    #[derive(Debug, Deserialize)]
    #[allow(dead_code, reason = "only the observations matter")]
    struct Inside {
        id: Option<f64>,
        message: Option<String>,
        deeper: Option<Box<Inside>>,
    }

    #[track_caller]
    fn check(text: &str, filled: bool, suspicious: bool) {
        let (value, watch) = read::<Wrapped>(text);
        value.unwrap();
        assert_eq!((watch.filled, watch.suspicious), (filled, suspicious), "{text}");
    }

    #[test]
    fn a_value_in_a_known_field_is_a_record() {
        check(r#"{"statusCode":201,"link":"x"}"#, true, false);
        check(r#"{"list":[]}"#, true, false);
        check(r#"{"map":{}}"#, true, false);
        check(r#"{"data":{"id":1.5}}"#, true, false);
        check(r#"{"data":{"deeper":{"message":""}}}"#, true, false);
        check(r#"{"d\u0061ta":{"id":1}}"#, true, false);
    }

    #[test]
    fn everything_else_is_not_a_record() {
        for text in [
            "{}",
            r#"{"statusCode":201,"message":"created"}"#,
            r#"{"link":null,"data":null,"list":null}"#,
            r#"{"data":{}}"#,
            r#"{"data":{"url":"x","deeper":{"deeper":{}}}}"#,
            r#"{"book":{"id":1},"items":[1]}"#,
        ] {
            check(text, false, false);
        }
    }

    #[test]
    fn a_possible_error_is_suspicious() {
        for text in [
            r#"{"statusCode":400}"#,
            r#"{"statusCode":0}"#,
            r#"{"error":null}"#,
            r#"{"errors":[]}"#,
            r#"{"success":true}"#,
            r#"{"ok":1}"#,
            r#"{"status":"error"}"#,
            r#"{"data":{"statusCode":1}}"#,
            r#"{"data":{"error":1}}"#,
        ] {
            check(text, false, true);
        }
        check(r#"{"statusCode":null}"#, false, false);
    }

    #[test]
    fn an_array_is_not_read_as_a_struct() {
        assert!(read::<Wrapped>("[null,null,\"x\",null,null,null]").0.is_none());
        assert!(read::<Wrapped>(r#"{"data":[1,"",null]}"#).0.is_none());
        assert!(read::<Wrapped>("{} x").0.is_none());
    }

    #[test]
    fn types_other_than_structs_are_read_as_usual() {
        assert_eq!(read::<Vec<u8>>("[1]").0.unwrap(), [1]);
        assert_eq!(read::<BTreeMap<u8, u8>>(r#"{"1":2}"#).0.unwrap(), [(1, 2)].into());
        assert_eq!(read::<Option<u8>>("null").0.unwrap(), None);
        let (value, watch) = read::<Value>(r#"{"a":[1.5]}"#);
        assert_eq!(value.unwrap(), serde_json::json!({"a": [1.5]}));
        assert!(watch.fields.is_none());
        read::<()>("null").0.unwrap();
    }
}
