//! Reads a value as the type that the caller expects.

use std::borrow::Cow;
use std::iter::once;

use serde::de::value::{BorrowedStrDeserializer, MapDeserializer, StringDeserializer};
use serde::de::{Deserializer, Expected, IntoDeserializer as _, Unexpected, Visitor};

use super::containers::{Items, Members, Variant, Watched};
use super::number::{Number, parsed};
use super::problem::{Problem, ReadError};
use super::reader::{At, Reader};
use crate::json::number::TOKEN;

/// Whether `serde_json` keeps the digits of numbers (`arbitrary_precision`). If it does, its number type owns memory,
/// and types that accept any value expect the digits.
const KEEPS_DIGITS: bool = std::mem::needs_drop::<serde_json::Number>();

/// The name by which `serde_json::value::RawValue` requests a value as written.
const RAW: &str = "$serde_json::private::RawValue";

/// The next value, or the start of a list or object that hasn't been read yet.
enum Next<'a> {
    Null,
    Bool(bool),
    Number(&'a str),
    Text(Cow<'a, str>),
    List,
    Object,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Result<Next<'a>, ReadError> {
        Ok(match self.peek()? {
            b'"' => Next::Text(self.string()?),
            b'{' => Next::Object,
            b'[' => Next::List,
            b'0'..=b'9' | b'-' => Next::Number(self.number_text()?),
            _ => self.word()?,
        })
    }

    fn word(&mut self) -> Result<Next<'a>, ReadError> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let (length, next) = match rest {
            _ if rest.starts_with("null") => (4, Next::Null),
            _ if rest.starts_with("true") => (4, Next::Bool(true)),
            _ if rest.starts_with("false") => (5, Next::Bool(false)),
            _ => return Err(ReadError::malformed()),
        };
        self.at += length;
        Ok(next)
    }

    /// Returns the error for the next value, which isn't of the expected type.
    #[cold]
    fn unfit(&mut self, expected: &dyn Expected) -> ReadError {
        let found = match self.next() {
            Ok(Next::Null) => Unexpected::Unit,
            Ok(Next::Bool(value)) => Unexpected::Bool(value),
            Ok(Next::Number(_)) => Unexpected::Float(0.0),
            Ok(Next::Text(_)) => Unexpected::Str(""),
            Ok(Next::List) => Unexpected::Seq,
            Ok(Next::Object) => Unexpected::Map,
            Err(error) => return error,
        };
        ReadError::mismatch(found, expected)
    }

    fn number(&mut self, expected: &dyn Expected) -> Result<Number, ReadError> {
        match self.peek()? {
            b'0'..=b'9' | b'-' => self.number_text().and_then(parsed),
            _ => Err(self.unfit(expected)),
        }
    }

    fn text(&mut self, expected: &dyn Expected) -> Result<Cow<'a, str>, ReadError> {
        match self.peek()? {
            b'"' => self.string(),
            _ => Err(self.unfit(expected)),
        }
    }
}

impl<'r, 'a> At<'r, 'a> {
    /// Reports that there is a value that isn't a struct. Its contents aren't reported.
    fn something(&mut self) {
        if self.level.take().is_some_and(|depth| depth > 0)
            && let Some(notice) = &mut self.reader.notice
        {
            notice.something();
        }
    }

    fn object<V: Visitor<'a>>(
        self,
        watched: Option<Watched>,
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        let reader = self.reader;
        if reader.peek()? != b'{' {
            return Err(reader.unfit(&visitor));
        }
        reader.enter()?;
        let value = visitor.visit_map(Members::new(reader, watched))?;
        reader.leave(b'}')?;
        Ok(value)
    }

    fn list<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, ReadError> {
        let reader = self.reader;
        if reader.peek()? != b'[' {
            return Err(reader.unfit(&visitor));
        }
        reader.enter()?;
        let value = visitor.visit_seq(Items::new(reader))?;
        reader.leave(b']')?;
        Ok(value)
    }
}

/// Reads a number of more than 64 bits.
macro_rules! wide {
    ($($method:ident $visit:ident)*) => {$(
        fn $method<V: Visitor<'a>>(mut self, visitor: V) -> Result<V::Value, ReadError> {
            self.something();
            match self.reader.peek()? {
                b'0'..=b'9' | b'-' => match self.reader.number_text()?.parse() {
                    Ok(number) => visitor.$visit(number),
                    Err(_) => Err(Problem::Other { wants_text: false }.into()),
                },
                _ => Err(self.reader.unfit(&visitor)),
            }
        }
    )*};
}

/// Defines methods that do the same as an existing method.
macro_rules! same {
    ($($method:ident($($argument:ident: $type:ty),*) $as:ident)*) => {$(
        fn $method<V: Visitor<'a>>(self, $($argument: $type,)* visitor: V) -> Result<V::Value, ReadError> {
            $(let _ = $argument;)*
            self.$as(visitor)
        }
    )*};
}

impl<'a> Deserializer<'a> for At<'_, 'a> {
    type Error = ReadError;

    same! {
        deserialize_i8() deserialize_f64 deserialize_i16() deserialize_f64 deserialize_i32() deserialize_f64
        deserialize_i64() deserialize_f64 deserialize_u8() deserialize_f64 deserialize_u16() deserialize_f64
        deserialize_u32() deserialize_f64 deserialize_u64() deserialize_f64 deserialize_f32() deserialize_f64
        deserialize_char() deserialize_str deserialize_string() deserialize_str
        deserialize_identifier() deserialize_str deserialize_byte_buf() deserialize_bytes
        deserialize_unit_struct(name: &'static str) deserialize_unit
        deserialize_tuple(length: usize) deserialize_seq
        deserialize_tuple_struct(name: &'static str, length: usize) deserialize_seq
    }

    wide! { deserialize_i128 visit_i128 deserialize_u128 visit_u128 }

    fn deserialize_any<V: Visitor<'a>>(mut self, visitor: V) -> Result<V::Value, ReadError> {
        self.something();
        match self.reader.next()? {
            Next::Null => visitor.visit_unit(),
            Next::Bool(value) => visitor.visit_bool(value),
            Next::Number(text) if KEEPS_DIGITS => {
                visitor.visit_map(MapDeserializer::new(once((TOKEN, text))))
            }
            Next::Number(text) => parsed(text)?.visit(visitor),
            Next::Text(Cow::Borrowed(text)) => visitor.visit_borrowed_str(text),
            Next::Text(Cow::Owned(text)) => visitor.visit_string(text),
            Next::List => self.list(visitor),
            Next::Object => self.object(None, visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'a>>(mut self, visitor: V) -> Result<V::Value, ReadError> {
        self.something();
        match self.reader.peek()? {
            b't' | b'f' => match self.reader.word()? {
                Next::Bool(value) => visitor.visit_bool(value),
                _ => Err(ReadError::malformed()),
            },
            _ => Err(self.reader.unfit(&visitor)),
        }
    }

    fn deserialize_f64<V: Visitor<'a>>(mut self, visitor: V) -> Result<V::Value, ReadError> {
        self.something();
        self.reader.number(&visitor)?.visit(visitor)
    }

    fn deserialize_str<V: Visitor<'a>>(mut self, visitor: V) -> Result<V::Value, ReadError> {
        self.something();
        match self.reader.text(&visitor)? {
            Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
            Cow::Owned(text) => visitor.visit_string(text),
        }
    }

    fn deserialize_bytes<V: Visitor<'a>>(mut self, visitor: V) -> Result<V::Value, ReadError> {
        self.something();
        if self.reader.peek()? == b'[' {
            return self.list(visitor);
        }
        match self.reader.text(&visitor)? {
            Cow::Borrowed(text) => visitor.visit_borrowed_bytes(text.as_bytes()),
            Cow::Owned(text) => visitor.visit_byte_buf(text.into_bytes()),
        }
    }

    fn deserialize_unit<V: Visitor<'a>>(mut self, visitor: V) -> Result<V::Value, ReadError> {
        self.something();
        match self.reader.peek()? {
            b'n' => self.reader.word().and_then(|_| visitor.visit_unit()),
            _ => Err(self.reader.unfit(&visitor)),
        }
    }

    fn deserialize_option<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match self.reader.peek()? {
            b'n' => self.reader.word().and_then(|_| visitor.visit_none()),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'a>>(
        mut self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        self.something();
        if name == RAW {
            let written = self.reader.skip()?;
            return visitor.visit_map(MapDeserializer::new(once((RAW, written))));
        }
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'a>>(mut self, visitor: V) -> Result<V::Value, ReadError> {
        self.something();
        self.list(visitor)
    }

    fn deserialize_map<V: Visitor<'a>>(mut self, visitor: V) -> Result<V::Value, ReadError> {
        self.something();
        self.object(None, visitor)
    }

    /// Reads a struct. Rejects an array, which `serde_json` would also read as a struct.
    fn deserialize_struct<V: Visitor<'a>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        if self.level == Some(0)
            && let Some(notice) = &mut self.reader.notice
        {
            notice.top_struct(name, fields);
        }
        let watched = self.level.map(|depth| Watched { depth, fields });
        self.object(watched, visitor)
    }

    fn deserialize_enum<V: Visitor<'a>>(
        mut self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        self.something();
        let reader = self.reader;
        match reader.peek()? {
            b'"' => match reader.string()? {
                Cow::Borrowed(name) => visitor.visit_enum(BorrowedStrDeserializer::new(name)),
                Cow::Owned(name) => visitor
                    .visit_enum(StringDeserializer::into_deserializer(name.into_deserializer())),
            },
            b'{' => {
                reader.enter()?;
                let value = visitor.visit_enum(Variant::new(reader))?;
                reader.leave(b'}')?;
                Ok(value)
            }
            _ => Err(reader.unfit(&visitor)),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'a>>(
        mut self,
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        self.something();
        self.reader.skip().and_then(|_| visitor.visit_unit())
    }
}
