//! Reads a body as its type, and notices whether it has the record.
//!
//! Almost every body is a success, so it is read only once: the names of the fields at the top level, and in objects
//! that are direct fields of it, are seen anyway.

use std::borrow::Cow;
use std::fmt;

use serde::de::value::{BorrowedStrDeserializer, StringDeserializer};
use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor,
};
use serde_json::Value;

use crate::envelope::Envelope;
use crate::report::is_telling;

/// What was noticed.
#[derive(Debug, Default)]
pub(crate) struct Watch {
    /// The name and the fields of the type, if it is a struct.
    pub(crate) fields: Option<(&'static str, &'static [&'static str])>,
    /// The body contains part of a record: a text, number, list or map.
    pub(crate) filled: bool,
    /// The status or flag in the body reports success.
    pub(crate) succeeded: bool,
    /// The body may report an error.
    pub(crate) suspicious: bool,
}

impl Watch {
    /// Returns whether nothing needs a closer look. Only the fields of a struct are watched.
    pub(crate) fn is_plain(&self) -> bool {
        self.fields.is_some() && !self.suspicious
    }

    /// Returns the fields of a record. Empty if the type isn't a struct, or has only the fields of an envelope.
    pub(crate) fn record(&self, envelope: &Envelope) -> impl Iterator<Item = &'static str> {
        let fields = self.fields.map_or(&[][..], |(_, fields)| fields);
        fields.iter().copied().filter(|field| !envelope.is_around(field))
    }
}

/// Reads the text, and returns what was noticed up to where it was read.
pub(crate) fn read<T: DeserializeOwned>(
    text: &str,
    envelope: &Envelope,
) -> (serde_json::Result<T>, Watch) {
    let mut watch = Watch::default();
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let watched = Watched { inner: &mut deserializer, watch: &mut watch, envelope, depth: 0 };
    let value = T::deserialize(watched);
    let value = value.and_then(|value| deserializer.end().map(|()| value));
    (value, watch)
}

/// A value at the top level, or in a field of a watched struct.
struct Watched<'w, D> {
    inner: D,
    watch: &'w mut Watch,
    envelope: &'w Envelope,
    depth: u8,
}

/// Any type but a struct or an option of one: it counts as part of a record, and its inside is not watched.
macro_rules! something {
    ($($method:ident($($argument:ident: $type:ty),*))*) => {$(
        fn $method<V: Visitor<'de>>(self, $($argument: $type,)* visitor: V) -> Result<V::Value, D::Error> {
            self.watch.filled |= self.depth > 0;
            self.inner.$method($($argument,)* visitor)
        }
    )*};
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Watched<'_, D> {
    type Error = D::Error;

    something! {
        deserialize_any() deserialize_bool()
        deserialize_i8() deserialize_i16() deserialize_i32() deserialize_i64() deserialize_i128()
        deserialize_u8() deserialize_u16() deserialize_u32() deserialize_u64() deserialize_u128()
        deserialize_f32() deserialize_f64() deserialize_char() deserialize_str() deserialize_string()
        deserialize_bytes() deserialize_byte_buf() deserialize_unit() deserialize_seq() deserialize_map()
        deserialize_unit_struct(name: &'static str) deserialize_newtype_struct(name: &'static str)
        deserialize_tuple(len: usize) deserialize_tuple_struct(name: &'static str, len: usize)
        deserialize_enum(name: &'static str, variants: &'static [&'static str])
        deserialize_identifier() deserialize_ignored_any()
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        let Watched { inner, watch, envelope, depth } = self;
        inner.deserialize_option(Visit { visitor, watch, envelope, depth, fields: &[] })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        let Watched { inner, watch, envelope, depth } = self;
        if depth == 0 {
            watch.fields = Some((name, fields));
        }
        inner.deserialize_struct(name, fields, Visit { visitor, watch, envelope, depth, fields })
    }
}

/// The visitor of a struct or an option.
struct Visit<'w, V> {
    visitor: V,
    watch: &'w mut Watch,
    envelope: &'w Envelope,
    depth: u8,
    fields: &'static [&'static str],
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Visit<'_, V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.visitor.expecting(f)
    }

    fn visit_none<E: de::Error>(self) -> Result<V::Value, E> {
        self.visitor.visit_none()
    }

    fn visit_unit<E: de::Error>(self) -> Result<V::Value, E> {
        self.visitor.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<V::Value, D::Error> {
        let Visit { visitor, watch, envelope, depth, .. } = self;
        visitor.visit_some(Watched { inner, watch, envelope, depth })
    }

    /// `serde` accepts an array as a struct. Here it is a mismatch.
    fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<V::Value, A::Error> {
        Err(de::Error::invalid_type(de::Unexpected::Seq, &self.visitor))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<V::Value, A::Error> {
        let Visit { visitor, watch, envelope, depth, fields } = self;
        visitor.visit_map(Fields { map, watch, envelope, depth, fields, field: Field::Other })
    }
}

/// What the name of a field says about its value.
#[derive(Clone, Copy)]
enum Field {
    Status,
    Flag,
    Record,
    Other,
}

struct Fields<'w, A> {
    map: A,
    watch: &'w mut Watch,
    envelope: &'w Envelope,
    depth: u8,
    fields: &'static [&'static str],
    field: Field,
}

impl<A> Fields<'_, A> {
    fn notice(&mut self, name: &str) {
        self.field = if self.depth == 0 && self.envelope.status == Some(name) {
            Field::Status
        } else if self.depth == 0 && self.envelope.flag == Some(name) {
            Field::Flag
        } else if self.depth == 0 && self.envelope.is_around(name) {
            Field::Other
        } else if self.fields.contains(&name) {
            Field::Record
        } else {
            self.watch.suspicious |= is_telling(name, self.envelope);
            Field::Other
        };
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Fields<'_, A> {
    type Error = A::Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, A::Error> {
        let Some(Name(name)) = self.map.next_key()? else { return Ok(None) };
        self.notice(&name);
        match name {
            Cow::Borrowed(name) => seed.deserialize(BorrowedStrDeserializer::new(name)),
            Cow::Owned(name) => seed.deserialize(StringDeserializer::new(name)),
        }
        .map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        match self.field {
            Field::Other => self.map.next_value_seed(seed),
            Field::Record => {
                let (watch, envelope, depth) = (&mut *self.watch, self.envelope, self.depth + 1);
                self.map.next_value_seed(Seed { seed, watch, envelope, depth })
            }
            Field::Flag => {
                let flag: Value = self.map.next_value()?;
                let success = flag == Value::Bool(true);
                self.watch.succeeded |= success;
                self.watch.suspicious |= !success && !flag.is_null();
                seed.deserialize(flag).map_err(de::Error::custom)
            }
            Field::Status => {
                let status: Value = self.map.next_value()?;
                let success = status.as_u64().is_some_and(|status| (200..300).contains(&status));
                self.watch.succeeded |= success;
                self.watch.suspicious |= !success && !status.is_null();
                seed.deserialize(status).map_err(de::Error::custom)
            }
        }
    }

    fn size_hint(&self) -> Option<usize> {
        self.map.size_hint()
    }
}

struct Seed<'w, S> {
    seed: S,
    watch: &'w mut Watch,
    envelope: &'w Envelope,
    depth: u8,
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Seed<'_, S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, inner: D) -> Result<S::Value, D::Error> {
        let Seed { seed, watch, envelope, depth } = self;
        seed.deserialize(Watched { inner, watch, envelope, depth })
    }
}

/// The name of a field, borrowed unless it contains an escape.
struct Name<'de>(Cow<'de, str>);

impl<'de> de::Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NameVisitor;

        impl<'de> Visitor<'de> for NameVisitor {
            type Value = Name<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a field")
            }

            fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Name<'de>, E> {
                Ok(Name(Cow::Borrowed(name)))
            }

            fn visit_str<E>(self, name: &str) -> Result<Name<'de>, E> {
                Ok(Name(Cow::Owned(name.to_owned())))
            }
        }

        deserializer.deserialize_str(NameVisitor)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::*;

    const NAMES: Envelope = Envelope::with_status("statusCode").data("data");

    fn read<T: DeserializeOwned>(text: &str) -> (serde_json::Result<T>, Watch) {
        super::read(text, &NAMES)
    }

    #[derive(Debug, Deserialize)]
    #[allow(dead_code, reason = "only what is noticed counts")]
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
    #[allow(dead_code, reason = "only what is noticed counts")]
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
        assert!(read::<Wrapped>("[null,null,\"x\",null,null,null]").0.is_err());
        assert!(read::<Wrapped>(r#"{"data":[1,"",null]}"#).0.is_err());
        assert!(read::<Wrapped>("{} x").0.is_err());
    }

    #[test]
    fn other_types_are_read_as_usual() {
        assert_eq!(read::<Vec<u8>>("[1]").0.unwrap(), [1]);
        assert_eq!(read::<BTreeMap<u8, u8>>(r#"{"1":2}"#).0.unwrap(), [(1, 2)].into());
        assert_eq!(read::<Option<u8>>("null").0.unwrap(), None);
        let (value, watch) = read::<Value>(r#"{"a":[1.5]}"#);
        assert_eq!(value.unwrap(), serde_json::json!({"a": [1.5]}));
        assert!(watch.fields.is_none());
        read::<()>("null").0.unwrap();
    }
}
