//! Reads the text of a header as a value. Errors say what was expected, but never quote the value.

use std::fmt;

use serde::de::{self, Deserializer, IntoDeserializer, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

/// The value of a header, without surrounding spaces.
#[derive(Clone, Copy)]
pub(super) struct Text<'a>(pub(super) &'a str);

/// The problem with a value. It never includes the message of a serde visitor, because that message
/// may quote the value.
#[derive(Debug)]
pub(super) struct Mismatch(&'static str);

impl Mismatch {
    /// Returns the problem, as a clause that follows the name of the header.
    pub(super) fn what(&self) -> &'static str {
        self.0
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for Mismatch {}

impl de::Error for Mismatch {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Mismatch("isn't one of the documented values")
    }
}

/// Reads the text as a boolean or a 64-bit integer. The visitor converts the integer to the requested type.
macro_rules! parsed {
    ($($method:ident $visit:ident $type:ty, $mismatch:literal;)*) => {
        $(
            fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
                match self.0.parse::<$type>() {
                    Ok(value) => visitor.$visit(value),
                    Err(_) => Err(Mismatch($mismatch)),
                }
            }
        )*
    };
}

impl<'de> Deserializer<'de> for Text<'_> {
    type Error = Mismatch;

    parsed! {
        deserialize_bool visit_bool bool, "is neither `true` nor `false`";
        deserialize_i8 visit_i64 i64, "isn't an integer";
        deserialize_i16 visit_i64 i64, "isn't an integer";
        deserialize_i32 visit_i64 i64, "isn't an integer";
        deserialize_i64 visit_i64 i64, "isn't an integer";
        deserialize_u8 visit_u64 u64, "isn't a non-negative integer";
        deserialize_u16 visit_u64 u64, "isn't a non-negative integer";
        deserialize_u32 visit_u64 u64, "isn't a non-negative integer";
        deserialize_u64 visit_u64 u64, "isn't a non-negative integer";
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        self.deserialize_f64(visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        match self.0.parse::<f64>() {
            // Rust parses `inf` and `nan`, but they aren't numbers in OpenAPI.
            Ok(value) if value.is_finite() => visitor.visit_f64(value),
            _ => Err(Mismatch("isn't a number")),
        }
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_str(self.0)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        visitor.visit_enum(self.0.into_deserializer())
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_seq(Items((!self.0.is_empty()).then_some(self.0)))
    }

    forward_to_deserialize_any! {
        i128 u128 char str string bytes byte_buf unit unit_struct tuple tuple_struct map struct identifier ignored_any
    }
}

/// The remaining items of a list.
struct Items<'a>(Option<&'a str>);

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Mismatch;

    fn next_element_seed<S: de::DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Mismatch> {
        let Some(rest) = self.0 else { return Ok(None) };
        let (item, rest) = match rest.split_once(',') {
            Some((item, rest)) => (item, Some(rest)),
            None => (rest, None),
        };
        self.0 = rest;
        seed.deserialize(Text(item.trim())).map(Some)
    }
}
