//! Serializes single values as text, including the values in lists and objects.

use serde::ser::{Impossible, Serialize, SerializeStruct, Serializer};

use super::problem::Problem;
use crate::json::TOKEN;

/// Returns a single value as text.
pub(super) fn text(value: &(impl Serialize + ?Sized)) -> Result<String, Problem> {
    value.serialize(Scalar)
}

pub(super) struct Scalar;

/// The digits of a number that `serde_json` keeps as text.
pub(super) struct Digits(Option<String>);

macro_rules! displayed {
    ($($method:ident: $type:ty),* $(,)?) => {$(
        fn $method(self, value: $type) -> Result<String, Problem> {
            Ok(value.to_string())
        }
    )*};
}

impl Serializer for Scalar {
    type Ok = String;
    type Error = Problem;
    type SerializeSeq = Impossible<String, Problem>;
    type SerializeTuple = Impossible<String, Problem>;
    type SerializeTupleStruct = Impossible<String, Problem>;
    type SerializeTupleVariant = Impossible<String, Problem>;
    type SerializeMap = Impossible<String, Problem>;
    type SerializeStruct = Digits;
    type SerializeStructVariant = Impossible<String, Problem>;

    displayed! {
        serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_i128: i128, serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64,
        serialize_u128: u128, serialize_char: char, serialize_str: &str,
    }

    fn serialize_f32(self, value: f32) -> Result<String, Problem> {
        finite(value.is_finite(), &value)
    }

    fn serialize_f64(self, value: f64) -> Result<String, Problem> {
        finite(value.is_finite(), &value)
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<String, Problem> {
        Err(Problem::NoText)
    }

    fn serialize_none(self) -> Result<String, Problem> {
        Err(Problem::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<String, Problem> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<String, Problem> {
        Err(Problem::Null)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<String, Problem> {
        Err(Problem::Null)
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<String, Problem> {
        Ok(variant.to_owned())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<String, Problem> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<String, Problem> {
        Err(Problem::Deep)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self::SerializeSeq, Problem> {
        Err(Problem::Deep)
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, Problem> {
        Err(Problem::Deep)
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, Problem> {
        Err(Problem::Deep)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Problem> {
        Err(Problem::Deep)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, Problem> {
        Err(Problem::Deep)
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Digits, Problem> {
        if name == TOKEN { Ok(Digits(None)) } else { Err(Problem::Deep) }
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Problem> {
        Err(Problem::Deep)
    }
}

impl SerializeStruct for Digits {
    type Ok = String;
    type Error = Problem;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Problem> {
        self.0 = Some(text(value)?);
        Ok(())
    }

    fn end(self) -> Result<String, Problem> {
        self.0.ok_or(Problem::NoText)
    }
}

/// Writes a float in the form that is used in queries: `1.0`, not `1`.
fn finite(is_finite: bool, value: &dyn std::fmt::Debug) -> Result<String, Problem> {
    if is_finite { Ok(format!("{value:?}")) } else { Err(Problem::NoText) }
}
