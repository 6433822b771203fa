//! Reads an object, member by member.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::UsizeDeserializer;
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error as _, IgnoredAny, IntoDeserializer as _,
    MapAccess, SeqAccess, Visitor,
};

/// A struct that is read from an object. `object!` implements this trait.
pub trait ReadObject<'de>: Sized {
    /// The name of the struct, for errors.
    const NAME: &'static str;

    /// The names of the members, as on the wire.
    const FIELDS: &'static [&'static str];

    /// Reads all members. If a member can't be read, returns `None`, and `members` keeps the error.
    fn read<A: MapAccess<'de>>(members: &mut Members<'de, A>) -> Option<Self>;
}

/// Reads a struct.
///
/// # Errors
///
/// Returns an error if the value isn't an object, or if a member can't be read, is missing or occurs twice.
pub fn read_object<'de, T: ReadObject<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    deserializer.deserialize_struct(T::NAME, T::FIELDS, Object(PhantomData))
}

/// The members of an object that is being read.
pub struct Members<'de, A: MapAccess<'de>> {
    map: A,
    fields: &'static [&'static str],
    /// The index of the field that is expected next.
    at: usize,
    /// The fields that were found, as bits.
    seen: Seen,
    error: Option<A::Error>,
}

impl<'de, A: MapAccess<'de>> Members<'de, A> {
    fn new(map: A, fields: &'static [&'static str]) -> Self {
        Members { map, fields, at: 0, seen: Seen::default(), error: None }
    }

    /// Skips unknown members and returns the field index of the next known member, or `None` after the last member or
    /// after an error.
    #[allow(
        clippy::should_implement_trait,
        reason = "this isn't an iterator, because the caller reads values between calls"
    )]
    pub fn next(&mut self) -> Option<usize> {
        while self.error.is_none() {
            let key = Key { fields: self.fields, next: self.at };
            match self.map.next_key_seed(key) {
                Ok(None) => return None,
                Ok(Some(Some(at))) => {
                    if self.seen.insert(at) {
                        self.at = at + 1;
                        return Some(at);
                    }
                    self.fail(A::Error::duplicate_field(self.name(at)));
                }
                Ok(Some(None)) => {
                    if let Err(error) = self.map.next_value::<IgnoredAny>() {
                        self.fail(error);
                    }
                }
                Err(error) => self.fail(error),
            }
        }
        None
    }

    /// Reads the value of the current member.
    #[inline]
    pub(super) fn value<T: Deserialize<'de>>(&mut self) -> Option<T> {
        match self.map.next_value() {
            Ok(value) => Some(value),
            Err(error) => {
                self.fail(error);
                None
            }
        }
    }

    /// Returns the value for a missing member: `None` for an `Option`, and an error for most other types.
    #[cold]
    pub(super) fn missing<T: Deserialize<'de>>(&mut self, at: usize) -> Option<T> {
        if self.error.is_some() {
            return None;
        }
        let missing = Missing { field: self.name(at), error: PhantomData };
        match T::deserialize(missing) {
            Ok(value) => Some(value),
            Err(error) => {
                self.fail(error);
                None
            }
        }
    }

    /// Keeps the error for a missing member.
    #[cold]
    pub(super) fn lacks(&mut self, at: usize) {
        if self.error.is_none() {
            self.fail(A::Error::missing_field(self.name(at)));
        }
    }

    fn name(&self, at: usize) -> &'static str {
        self.fields.get(at).copied().unwrap_or_default()
    }

    #[cold]
    fn fail(&mut self, error: A::Error) {
        self.error = Some(error);
    }

    fn finish<T>(self, value: Option<T>) -> Result<T, A::Error> {
        match (self.error, value) {
            (None, Some(value)) => Ok(value),
            (Some(error), _) => Err(error),
            (None, None) => Err(A::Error::custom("a member can't be read")),
        }
    }
}

/// The fields that were found.
#[derive(Default)]
struct Seen {
    first: u64,
    /// The indices of fields after the first 64.
    others: Vec<usize>,
}

impl Seen {
    /// Records a field. Returns whether it is new.
    fn insert(&mut self, at: usize) -> bool {
        let bit = u32::try_from(at).ok().and_then(|at| 1_u64.checked_shl(at));
        match bit {
            Some(bit) => {
                let is_new = self.first & bit == 0;
                self.first |= bit;
                is_new
            }
            None if self.others.contains(&at) => false,
            None => {
                self.others.push(at);
                true
            }
        }
    }
}

struct Object<T>(PhantomData<T>);

impl<'de, T: ReadObject<'de>> Visitor<'de> for Object<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "struct {}", T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        let mut members = Members::new(map, T::FIELDS);
        let value = T::read(&mut members);
        members.finish(value)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<T, A::Error> {
        let in_order = InOrder { seq, at: 0, name: T::NAME, length: T::FIELDS.len() };
        self.visit_map(in_order)
    }
}

/// The fields of a struct in a format that doesn't contain their names.
struct InOrder<A> {
    seq: A,
    at: usize,
    name: &'static str,
    length: usize,
}

impl<'de, A: SeqAccess<'de>> MapAccess<'de> for InOrder<A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        if self.at == self.length {
            return Ok(None);
        }
        let at: UsizeDeserializer<A::Error> = self.at.into_deserializer();
        self.at += 1;
        seed.deserialize(at).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        let value = self.seq.next_element_seed(seed)?;
        value.ok_or_else(|| {
            let expected = format!("struct {} with {} elements", self.name, self.length);
            A::Error::invalid_length(self.at.saturating_sub(1), &&*expected)
        })
    }
}

/// Reads a key, and returns the index of its field.
struct Key {
    fields: &'static [&'static str],
    /// The index of the field to compare first. It is usually the right one, because most objects follow the
    /// documented order.
    next: usize,
}

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<usize>, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Key {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("field identifier")
    }

    fn visit_u64<E>(self, index: u64) -> Result<Option<usize>, E> {
        Ok(usize::try_from(index).ok().filter(|at| *at < self.fields.len()))
    }

    fn visit_str<E>(self, name: &str) -> Result<Option<usize>, E> {
        if self.fields.get(self.next).is_some_and(|field| *field == name) {
            return Ok(Some(self.next));
        }
        Ok(self.fields.iter().position(|field| *field == name))
    }

    fn visit_bytes<E>(self, name: &[u8]) -> Result<Option<usize>, E> {
        Ok(self.fields.iter().position(|field| field.as_bytes() == name))
    }
}

/// The deserializer for a missing member.
struct Missing<E> {
    field: &'static str,
    error: PhantomData<E>,
}

impl<'de, E: serde::de::Error> Deserializer<'de> for Missing<E> {
    type Error = E;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, E> {
        Err(E::missing_field(self.field))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        visitor.visit_none()
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}
