//! Reads reasons at any position in a value.

use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::found::Report;
use super::names::{ABOUT_IT, REASONS};
use super::scalar::{Scalar, Value, scalars};
use super::text::kept;
use crate::json::{TOKEN, canonical, canonical_float};

/// A string, or strings in a list or an object, up to three levels deep.
pub(super) struct Reason<'r> {
    pub(super) report: &'r mut Report,
    /// The name of the field to which the reason applies.
    pub(super) prefix: Option<String>,
    pub(super) depth: u8,
    pub(super) to_others: bool,
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
            let Some(item) = list.next_element_seed(item)? else { return Ok(scalar) };
            if item.is_error() {
                scalar = Scalar::Full;
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Scalar, A::Error> {
        let Reason { report, prefix, depth, to_others } = self;
        let mut scalar = Scalar::Empty;
        while let Some(name) = map.next_key::<String>()? {
            if name == TOKEN {
                return map.next_value::<String>().map(|number| Scalar::Number(canonical(&number)));
            }
            // If the name isn't a known name for a reason, it is the field to which the reason
            // applies.
            let prefix = match REASONS.contains(&&*name) || name == "error" || name == "errors" {
                true => prefix.clone(),
                false if ABOUT_IT.contains(&&*name) => {
                    if map.next_value_seed(Value)?.is_error() {
                        scalar = Scalar::Full;
                    }
                    continue;
                }
                false => kept(&name),
            };
            let report = &mut *report;
            let inside = Reason { report, prefix, depth: depth + 1, to_others };
            if map.next_value_seed(inside)?.is_error() {
                scalar = Scalar::Full;
            }
        }
        Ok(scalar)
    }

    scalars! {}
}
