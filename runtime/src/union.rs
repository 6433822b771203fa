//! Contains code shared by generated types that have several alternatives.
//!
//! A value is first read as JSON and examined, so these types work with every deserializer. Serde's own untagged enums
//! can't read numbers if any crate in the program enables `serde_json`'s `arbitrary_precision`.

use std::fmt::Display;

use serde::de::DeserializeOwned;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

/// A JSON value that is converted to one of several types.
#[derive(Debug)]
pub struct Alternatives(Value);

/// The form of a JSON value.
#[derive(Clone, Copy, Debug)]
pub enum Is {
    /// `true` or `false`.
    Boolean,
    /// A number without a fraction or an exponent.
    Integer,
    /// Any number.
    Number,
    /// Any string.
    Text,
    /// One of these strings.
    TextOf(&'static [&'static str]),
    /// A list.
    List,
    /// An object.
    Object,
    /// An object with this property.
    With(&'static str),
    /// An object in which this property is this string.
    Where(&'static str, &'static str),
}

impl Is {
    fn holds_for(self, value: &Value) -> bool {
        match self {
            Is::Boolean => value.is_boolean(),
            Is::Integer => value.is_i64() || value.is_u64() || is_large_integer(value),
            Is::Number => value.is_number(),
            Is::Text => value.is_string(),
            Is::TextOf(texts) => value.as_str().is_some_and(|text| texts.contains(&text)),
            Is::List => value.is_array(),
            Is::Object => value.is_object(),
            Is::With(property) => value.get(property).is_some(),
            Is::Where(property, text) => text_of(value, property) == Some(text),
        }
    }
}

/// Returns whether the value is an integer of more than 64 bits. `serde_json` supports such integers only with
/// `arbitrary_precision`.
fn is_large_integer(value: &Value) -> bool {
    matches!(value, Value::Number(number) if !number.to_string().contains(['.', 'e', 'E']))
}

fn text_of<'v>(value: &'v Value, property: &str) -> Option<&'v str> {
    value.get(property).and_then(Value::as_str)
}

impl Alternatives {
    /// Reads any JSON.
    ///
    /// # Errors
    ///
    /// Returns the deserializer's error.
    pub fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::deserialize(deserializer).map(Alternatives)
    }

    /// Returns the string in a property, or an empty string if there is none.
    #[must_use]
    pub fn tag(&self, property: &str) -> &str {
        text_of(&self.0, property).unwrap_or_default()
    }

    /// Returns the value as the type that a property identifies.
    ///
    /// # Errors
    ///
    /// Returns an error if the value doesn't match that type. The error contains the name and the value of the
    /// property.
    pub fn tagged<T: DeserializeOwned, E: serde::de::Error>(self, property: &str) -> Result<T, E> {
        T::deserialize(&self.0).map_err(|error| {
            let tag = self.tag(property);
            E::custom(format_args!(
                "`{property}` is `{tag}`, but the value doesn't match it: {error}"
            ))
        })
    }

    /// Returns the value as a `T`, or `None` if the value doesn't have this form or doesn't match `T`.
    #[must_use]
    pub fn fitting<T: DeserializeOwned>(&self, is: Is) -> Option<T> {
        if is.holds_for(&self.0) { T::deserialize(&self.0).ok() } else { None }
    }

    /// Returns the JSON value.
    #[must_use]
    pub fn into_value(self) -> Value {
        self.0
    }
}

/// Writes an alternative with the property that identifies it. `tags` are the property's values for this alternative.
/// If there is a single tag, it always replaces the value's own property. If there are several tags, the first tag is
/// written only if the value lacks the property.
///
/// # Errors
///
/// Returns an error if the value can't be written.
pub fn write_tagged<T: Serialize, S: Serializer>(
    value: &T,
    property: &str,
    tags: &[&str],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut json = serde_json::to_value(value).map_err(S::Error::custom)?;
    if let (Value::Object(object), Some(tag)) = (&mut json, tags.first()) {
        let own = object.get(property).filter(|own| !own.is_null());
        if tags.len() == 1 || own.is_none() {
            object.insert(property.to_owned(), Value::from(*tag));
        }
    }
    json.serialize(serializer)
}

/// Returns a value as JSON, or `null` if it can't be written. A generated type can always be written.
pub fn json_of<T: Serialize>(value: &T) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

pub(crate) fn at<E: serde::de::Error>(key: &str, error: &dyn Display) -> E {
    E::custom(format_args!("`{key}`: {error}"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn value(text: &str) -> Alternatives {
        serde_json::from_str(text).map(Alternatives).unwrap()
    }

    #[test]
    fn a_value_is_read_only_if_it_has_the_form_of_its_type() {
        assert_eq!(value("7").fitting::<i64>(Is::Integer), Some(7));
        assert_eq!(value("7.0").fitting::<f64>(Is::Integer), None);
        assert_eq!(value("7.5").fitting::<f64>(Is::Number), Some(7.5));
        assert_eq!(value("\"a\"").fitting::<String>(Is::TextOf(&["b"])), None);
        assert_eq!(value("\"a\"").fitting::<String>(Is::TextOf(&["b", "a"])), Some("a".into()));
        assert_eq!(value("\"a\"").fitting::<u8>(Is::Text), None, "of a different type");
        let object = value(r#"{"kind":"a","id":null}"#);
        for (is, expected) in [
            (Is::With("id"), true),
            (Is::With("name"), false),
            (Is::Where("kind", "a"), true),
            (Is::Where("kind", "b"), false),
            (Is::Object, true),
            (Is::List, false),
        ] {
            assert_eq!(object.fitting::<Value>(is).is_some(), expected, "{is:?}");
        }
    }

    #[test]
    fn a_single_tag_is_written_and_the_first_of_several_is_the_default() {
        let written = |json: Value, tags: &[&str]| {
            write_tagged(&json, "kind", tags, serde_json::value::Serializer).unwrap().to_string()
        };
        let json = |text: &str| serde_json::from_str::<Value>(text).unwrap();
        assert_eq!(written(json(r#"{"a":1}"#), &["x"]), r#"{"a":1,"kind":"x"}"#);
        assert_eq!(written(json(r#"{"kind":"y"}"#), &["x"]), r#"{"kind":"x"}"#);
        assert_eq!(written(json(r#"{"kind":"y"}"#), &["x", "y"]), r#"{"kind":"y"}"#);
        assert_eq!(written(json(r#"{"kind":"z"}"#), &["x", "y"]), r#"{"kind":"z"}"#);
        assert_eq!(written(json(r#"{"kind":null}"#), &["x", "y"]), r#"{"kind":"x"}"#);
        assert_eq!(written(json("[1]"), &["x"]), "[1]");
    }

    #[test]
    fn a_bad_value_in_a_map_is_named() {
        let read = |text: &str| {
            let mut deserializer = serde_json::Deserializer::from_str(text);
            crate::derived::additional::<BTreeMap<_, _>, u8, _>(&mut deserializer)
        };
        assert_eq!(read(r#"{"a":1}"#).unwrap()["a"], 1);
        assert!(
            read(r#"{"a":1,"b":"x"}"#).unwrap_err().to_string().starts_with("`b`: invalid type")
        );
    }
}
