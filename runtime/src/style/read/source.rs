//! Splits the text of a parameter as its type requires: into a single value, a list or an object.

use std::borrow::Cow;

use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

use super::text::Text;
use super::unreadable::Unreadable;
use crate::style::encoding::Place;
use crate::style::styles::{Style, Way};

/// A part of a request, and the parameter to read from it.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) place: Place,
    pub(super) name: &'a str,
    pub(super) style: Style,
    /// The complete part of the request, before decoding.
    pub(super) text: &'a str,
}

impl<'a> Source<'a> {
    /// Returns the parameter as a single value.
    pub(super) fn single(self) -> Result<String, Unreadable> {
        self.whole().and_then(|text| self.decoded(text))
    }

    fn list(self) -> Result<Vec<Text>, Unreadable> {
        let values: Vec<&str> = match self.style.way {
            Way::Matrix | Way::Form if self.style.explode => self.under_its_name()?,
            Way::Label | Way::Simple if self.style.explode => self.items()?,
            _ => self.between_separators()?,
        };
        let values = match values[..] {
            [""] if self.style.empty || self.style.is_joined() => Vec::new(),
            _ => values,
        };
        values.into_iter().map(|value| self.decoded(value).map(Text)).collect()
    }

    /// Returns the properties of the object. In an exploded `form`, returns only the properties in `names` (if given),
    /// because only the names distinguish properties from other parameters.
    fn object(self, names: Option<&[&str]>) -> Result<Vec<(String, Text)>, Unreadable> {
        let pairs = match self.style.way {
            Way::DeepObject => self.deep()?,
            Way::Form if self.style.explode => {
                let mut pairs = self.pairs()?;
                pairs.retain(|(name, _)| names.is_none_or(|names| names.contains(&&**name)));
                pairs
            }
            Way::Matrix if self.style.explode => self.pairs()?,
            _ if self.style.explode => {
                let split = |item: &'a str| {
                    let (name, value) = item
                        .split_once('=')
                        .ok_or_else(|| Unreadable::new("has a property without `=`"))?;
                    Ok((Cow::Owned(self.decoded(name)?), value))
                };
                self.items()?.into_iter().map(split).collect::<Result<_, _>>()?
            }
            _ => self.alternating()?,
        };
        if pairs.is_empty() {
            return Err(Unreadable::absent());
        }
        let decode = |(name, value): (Cow<'a, str>, &str)| {
            Ok((name.into_owned(), Text(self.decoded(value)?)))
        };
        pairs.into_iter().map(decode).collect()
    }

    fn decoded(self, text: &str) -> Result<String, Unreadable> {
        let text = self.place.read(text);
        text.map(Cow::into_owned).ok_or_else(|| Unreadable::new("isn't UTF-8 after decoding"))
    }

    /// Returns the text of the parameter, without its name.
    fn whole(self) -> Result<&'a str, Unreadable> {
        match (self.place, self.style.way) {
            (Place::Path, Way::Label) => {
                let text = self.text.strip_prefix('.');
                text.ok_or_else(|| Unreadable::new("doesn't begin with `.`"))
            }
            (Place::Path, Way::Matrix) | (Place::Query | Place::Cookie, _) => {
                match self.under_its_name()?[..] {
                    [] => Err(Unreadable::absent()),
                    [text] => Ok(text),
                    _ => Err(Unreadable::twice()),
                }
            }
            _ => Ok(self.text),
        }
    }

    /// Returns pairs of decoded names and undecoded values.
    fn pairs(self) -> Result<Vec<(Cow<'a, str>, &'a str)>, Unreadable> {
        let (text, separator) = match self.place {
            Place::Query => (self.text, '&'),
            Place::Path => match self.text.strip_prefix(';') {
                Some(text) => (text, ';'),
                None => return Err(Unreadable::new("doesn't begin with `;`")),
            },
            Place::Header | Place::Cookie => (self.text, ';'),
        };
        let pairs = text.split(separator).map(str::trim_ascii).filter(|pair| !pair.is_empty());
        let split = |pair: &'a str| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            // A name that can't be decoded belongs to a different parameter.
            Some((self.place.read(name)?, value))
        };
        Ok(pairs.filter_map(split).collect())
    }

    fn under_its_name(self) -> Result<Vec<&'a str>, Unreadable> {
        let named = self.pairs()?.into_iter().filter(|(name, _)| *name == self.name);
        let values: Vec<&str> = named.map(|(_, value)| value).collect();
        if values.is_empty() { Err(Unreadable::absent()) } else { Ok(values) }
    }

    /// Returns the items of an exploded `label` or `simple`.
    fn items(self) -> Result<Vec<&'a str>, Unreadable> {
        let separator = if self.style.way == Way::Label { '.' } else { ',' };
        Ok(self.whole()?.split(separator).map(|item| self.trimmed(item)).collect())
    }

    fn between_separators(self) -> Result<Vec<&'a str>, Unreadable> {
        let text = self.whole()?;
        let values: Vec<&str> = match self.style.way {
            Way::Space => text.split("%20").flat_map(|part| part.split(['+', ' '])).collect(),
            Way::Pipe => text
                .split('|')
                .flat_map(|part| part.split("%7C"))
                .flat_map(|part| part.split("%7c"))
                .collect(),
            _ => text.split(',').map(|item| self.trimmed(item)).collect(),
        };
        Ok(values)
    }

    /// Trims spaces around an item, because HTTP allows spaces around the commas in a header.
    fn trimmed(self, item: &str) -> &str {
        if self.place == Place::Header { item.trim_ascii() } else { item }
    }

    /// Reads names and values that alternate: `R,100,G,200`.
    fn alternating(self) -> Result<Vec<(Cow<'a, str>, &'a str)>, Unreadable> {
        let parts = self.between_separators()?;
        let pair = |pair: &[&'a str]| match pair {
            [name, value] => Ok((Cow::Owned(self.decoded(name)?), *value)),
            _ => Err(Unreadable::new("has a property without a value")),
        };
        parts.chunks(2).map(pair).collect()
    }

    /// Reads `color[R]=100`.
    fn deep(self) -> Result<Vec<(Cow<'a, str>, &'a str)>, Unreadable> {
        let property = |(name, value): (Cow<'a, str>, &'a str)| {
            let inner = name.strip_prefix(self.name)?.strip_prefix('[')?.strip_suffix(']')?;
            Some((Cow::Owned(inner.to_owned()), value))
        };
        Ok(self.pairs()?.into_iter().filter_map(property).collect())
    }
}

/// Reads a single value if the type requests one.
macro_rules! single {
    ($($method:ident),* $(,)?) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
            Text(self.single()?).$method(visitor)
        }
    )*};
}

impl<'de> Deserializer<'de> for Source<'_> {
    type Error = Unreadable;

    single! {
        deserialize_any, deserialize_bool, deserialize_i8, deserialize_i16, deserialize_i32, deserialize_i64,
        deserialize_i128, deserialize_u8, deserialize_u16, deserialize_u32, deserialize_u64, deserialize_u128,
        deserialize_f32, deserialize_f64, deserialize_char, deserialize_str, deserialize_string, deserialize_identifier,
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_seq(SeqDeserializer::new(self.list()?.into_iter()))
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_map(MapDeserializer::new(self.object(None)?.into_iter()))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        visitor.visit_map(MapDeserializer::new(self.object(Some(fields))?.into_iter()))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        visitor.visit_enum(self.single()?.into_deserializer())
    }

    forward_to_deserialize_any! { bytes byte_buf unit unit_struct ignored_any }
}
