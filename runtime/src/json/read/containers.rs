//! Reads the contents of lists, objects and enums.

use std::borrow::Cow;

use serde::Deserializer as _;
use serde::de::{
    Deserialize, DeserializeSeed, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor,
};

use super::key::Key;
use super::problem::ReadError;
use super::reader::{At, Field, Reader, Segment};

/// The elements of a list.
pub(super) struct Items<'r, 'a> {
    reader: &'r mut Reader<'a>,
    path: usize,
    index: usize,
}

impl<'r, 'a> Items<'r, 'a> {
    pub(super) fn new(reader: &'r mut Reader<'a>) -> Self {
        let path = reader.path.len();
        Items { reader, path, index: 0 }
    }
}

impl<'a> SeqAccess<'a> for Items<'_, 'a> {
    type Error = ReadError;

    fn next_element_seed<S: DeserializeSeed<'a>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, ReadError> {
        if self.reader.next_item(b']', self.index == 0)?.is_none() {
            return Ok(None);
        }
        self.reader.step_into(self.path, Segment::Index(self.index));
        let value = seed.deserialize(At { reader: &mut *self.reader, level: None })?;
        self.reader.path.truncate(self.path);
        self.index += 1;
        Ok(Some(value))
    }
}

/// A struct whose fields are reported to the reader's `notice`.
#[derive(Clone, Copy)]
pub(super) struct Watched {
    pub(super) depth: u8,
    pub(super) fields: &'static [&'static str],
}

/// The members of an object.
pub(super) struct Members<'r, 'a> {
    reader: &'r mut Reader<'a>,
    path: usize,
    watched: Option<Watched>,
    /// Where the last key begins, or `None` before the first one.
    key: Option<usize>,
    field: Field,
}

impl<'r, 'a> Members<'r, 'a> {
    pub(super) fn new(reader: &'r mut Reader<'a>, watched: Option<Watched>) -> Self {
        let path = reader.path.len();
        Members { reader, path, watched, key: None, field: Field::Other }
    }

    fn next_key(&mut self) -> Result<Option<Cow<'a, str>>, ReadError> {
        match self.reader.next_item(b'}', self.key.is_none())? {
            None => return Ok(None),
            Some(b'"') => {}
            Some(_) => return Err(ReadError::malformed()),
        }
        self.key = Some(self.reader.at);
        let name = self.reader.string()?;
        self.reader.take(b':')?;
        if let (Some(Watched { depth, fields }), Some(notice)) =
            (self.watched, &mut self.reader.notice)
        {
            self.field = notice.field(&name, depth, fields);
        }
        Ok(Some(name))
    }

    /// Starts to read a value. Determines its depth, and whether its fields are reported.
    #[inline]
    fn next_value(&mut self) -> Result<At<'_, 'a>, ReadError> {
        self.reader.step_into(self.path, Segment::Key(self.key.unwrap_or_default()));
        let mut level = None;
        match self.field {
            Field::Other => {}
            Field::Record => level = self.watched.map(|watched| watched.depth.saturating_add(1)),
            Field::Status | Field::Flag => {
                self.reader.peek()?;
                let written = self.reader.text.get(self.reader.at..).unwrap_or_default();
                if let Some(notice) = &mut self.reader.notice {
                    notice.telling_value(self.field, written);
                }
            }
        }
        Ok(At { reader: &mut *self.reader, level })
    }
}

impl<'a> MapAccess<'a> for Members<'_, 'a> {
    type Error = ReadError;

    fn next_key_seed<S: DeserializeSeed<'a>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, ReadError> {
        match self.next_key()? {
            Some(name) => seed.deserialize(Key(name)).map(Some),
            None => Ok(None),
        }
    }

    fn next_value_seed<S: DeserializeSeed<'a>>(&mut self, seed: S) -> Result<S::Value, ReadError> {
        let value = seed.deserialize(self.next_value()?)?;
        self.reader.path.truncate(self.path);
        Ok(value)
    }
}

/// The variant of an enum: an object with one member.
pub(super) struct Variant<'r, 'a>(Members<'r, 'a>);

impl<'r, 'a> Variant<'r, 'a> {
    pub(super) fn new(reader: &'r mut Reader<'a>) -> Self {
        Variant(Members::new(reader, None))
    }
}

impl<'r, 'a> EnumAccess<'a> for Variant<'r, 'a> {
    type Error = ReadError;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'a>>(
        mut self,
        seed: S,
    ) -> Result<(S::Value, Self), ReadError> {
        let name = self.0.next_key()?.ok_or_else(ReadError::malformed)?;
        Ok((seed.deserialize(Key(name))?, self))
    }
}

impl<'a> VariantAccess<'a> for Variant<'_, 'a> {
    type Error = ReadError;

    fn unit_variant(mut self) -> Result<(), ReadError> {
        self.0.next_value().and_then(<()>::deserialize)
    }

    fn newtype_variant_seed<S: DeserializeSeed<'a>>(
        mut self,
        seed: S,
    ) -> Result<S::Value, ReadError> {
        self.0.next_value_seed(seed)
    }

    fn tuple_variant<V: Visitor<'a>>(
        mut self,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        self.0.next_value()?.deserialize_tuple(length, visitor)
    }

    fn struct_variant<V: Visitor<'a>>(
        mut self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        self.0.next_value()?.deserialize_struct("", fields, visitor)
    }
}
