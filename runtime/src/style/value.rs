//! Serializes a parameter into nothing, a string, a list of strings, or an object of strings.

use serde::ser::{
    Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeTuple,
    SerializeTupleStruct, Serializer,
};

use super::problem::Problem;
use super::scalar::{self, Scalar};
use crate::json::TOKEN;

/// The value of a parameter. Its strings aren't escaped yet.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Value {
    Nothing,
    Text(String),
    List(Vec<String>),
    /// The names and values, in the order of the type's properties.
    Object(Vec<(String, String)>),
}

impl Value {
    pub(crate) fn of(value: &(impl Serialize + ?Sized)) -> Result<Value, Problem> {
        value.serialize(Parts)
    }
}

/// Serializes a parameter.
struct Parts;

/// The values of a list.
struct List(Vec<String>);

/// The properties of an object.
struct Object {
    properties: Vec<(String, String)>,
    /// The name of the property whose value is next.
    name: String,
    /// Whether the object is a number. With `arbitrary_precision`, `serde_json` keeps a number as text and writes it as
    /// a struct.
    is_number: bool,
}

/// Serializes scalars with [`scalar`].
macro_rules! scalars {
    ($($method:ident: $type:ty),* $(,)?) => {$(
        fn $method(self, value: $type) -> Result<Value, Problem> {
            Scalar.$method(value).map(Value::Text)
        }
    )*};
}

impl Serializer for Parts {
    type Ok = Value;
    type Error = Problem;
    type SerializeSeq = List;
    type SerializeTuple = List;
    type SerializeTupleStruct = List;
    type SerializeTupleVariant = Impossible<Value, Problem>;
    type SerializeMap = Object;
    type SerializeStruct = Object;
    type SerializeStructVariant = Impossible<Value, Problem>;

    scalars! {
        serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_i128: i128, serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64,
        serialize_u128: u128, serialize_f32: f32, serialize_f64: f64, serialize_char: char, serialize_str: &str,
        serialize_bytes: &[u8],
    }

    fn serialize_none(self) -> Result<Value, Problem> {
        Ok(Value::Nothing)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Value, Problem> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Value, Problem> {
        Ok(Value::Nothing)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Value, Problem> {
        Ok(Value::Nothing)
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<Value, Problem> {
        Ok(Value::Text(variant.to_owned()))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Value, Problem> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<Value, Problem> {
        Err(Problem::Deep)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<List, Problem> {
        Ok(List(Vec::new()))
    }

    fn serialize_tuple(self, _: usize) -> Result<List, Problem> {
        Ok(List(Vec::new()))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<List, Problem> {
        Ok(List(Vec::new()))
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

    fn serialize_map(self, _: Option<usize>) -> Result<Object, Problem> {
        Ok(Object { properties: Vec::new(), name: String::new(), is_number: false })
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Object, Problem> {
        Ok(Object { properties: Vec::new(), name: String::new(), is_number: name == TOKEN })
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

impl List {
    fn add<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Problem> {
        self.0.push(scalar::text(value)?);
        Ok(())
    }
}

impl SerializeSeq for List {
    type Ok = Value;
    type Error = Problem;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Problem> {
        self.add(value)
    }

    fn end(self) -> Result<Value, Problem> {
        Ok(Value::List(self.0))
    }
}

impl SerializeTuple for List {
    type Ok = Value;
    type Error = Problem;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Problem> {
        self.add(value)
    }

    fn end(self) -> Result<Value, Problem> {
        Ok(Value::List(self.0))
    }
}

impl SerializeTupleStruct for List {
    type Ok = Value;
    type Error = Problem;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Problem> {
        self.add(value)
    }

    fn end(self) -> Result<Value, Problem> {
        Ok(Value::List(self.0))
    }
}

impl SerializeMap for Object {
    type Ok = Value;
    type Error = Problem;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, name: &T) -> Result<(), Problem> {
        self.name = scalar::text(name)?;
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Problem> {
        let value = scalar::text(value)?;
        self.properties.push((std::mem::take(&mut self.name), value));
        Ok(())
    }

    fn end(self) -> Result<Value, Problem> {
        Ok(Value::Object(self.properties))
    }
}

impl SerializeStruct for Object {
    type Ok = Value;
    type Error = Problem;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Problem> {
        self.properties.push((name.to_owned(), scalar::text(value)?));
        Ok(())
    }

    fn end(mut self) -> Result<Value, Problem> {
        match self.properties.pop() {
            Some((_, number)) if self.is_number => Ok(Value::Text(number)),
            last => {
                self.properties.extend(last);
                Ok(Value::Object(self.properties))
            }
        }
    }
}
