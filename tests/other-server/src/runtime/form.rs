//! Reads forms: converts name-value pairs to the equivalent JSON value.

mod deep;

use std::fmt::Display;

use axum::http::StatusCode;
use percent_encoding::percent_decode;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::Refusal;

/// A form field, as the document declares it.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    name: &'static str,
    kind: Kind,
    style: Style,
}

/// The type of a field.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// Plain text.
    Text,
    /// A JSON number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// JSON as text.
    Json,
    /// A list of values of one type.
    List(&'static Kind),
    /// An object whose members can have any name.
    Map(&'static Kind),
    /// An object with known members.
    Object(&'static [(&'static str, Kind)]),
}

#[derive(Clone, Copy, Debug)]
enum Style {
    Plain,
    Exploded,
    Delimited(char),
    Deep,
}

impl Field {
    /// Creates a field. It expects one pair for a single value, and a pair per item for a list.
    #[must_use]
    pub const fn new(name: &'static str, kind: Kind) -> Self {
        Field { name, kind, style: Style::Plain }
    }

    pub(super) const fn name(&self) -> &'static str {
        self.name
    }

    /// Expects a separate pair for each member of an object.
    #[must_use]
    pub const fn exploded(self) -> Self {
        Field { style: Style::Exploded, ..self }
    }

    /// Expects all values in one pair, with this separator.
    #[must_use]
    pub const fn delimited(self, separator: char) -> Self {
        Field { style: Style::Delimited(separator), ..self }
    }

    /// Expects a separate pair for each nested value, such as `user[name]`.
    #[must_use]
    pub const fn deep(self) -> Self {
        Field { style: Style::Deep, ..self }
    }
}

/// A name-value pair in a form.
pub(super) struct Pair {
    name: String,
    text: String,
    /// The encoded text, if the form was encoded.
    escaped: Option<String>,
}

impl Pair {
    /// Reads a pair from a form's text.
    pub(super) fn escaped(pair: &str) -> Result<Self, Refusal> {
        let (name, text) = pair.split_once('=').unwrap_or((pair, ""));
        let escaped = Some(text.to_owned());
        Ok(Pair { name: decoded(name)?, text: decoded(text)?, escaped })
    }

    pub(super) fn plain(name: String, text: String) -> Self {
        Pair { name, text, escaped: None }
    }

    /// Splits values. A comma is escaped inside values, but not between them. Other separators are always escaped.
    fn split(&self, separator: char) -> Result<Vec<String>, Refusal> {
        match &self.escaped {
            Some(escaped) if separator == ',' => escaped.split(',').map(decoded).collect(),
            _ => Ok(self.text.split(separator).map(str::to_owned).collect()),
        }
    }
}

fn decoded(text: &str) -> Result<String, Refusal> {
    let spaces = text.replace('+', " ");
    let bytes = percent_decode(spaces.as_bytes());
    let text = bytes.decode_utf8().map_err(|_| invalid("the form isn't UTF-8"))?;
    Ok(text.into_owned())
}

/// Reads a value of type `T` from pairs. If a pair doesn't belong to a field, its value is read as text.
pub(super) fn read<T: DeserializeOwned>(
    fields: &[Field],
    mut pairs: Vec<Pair>,
) -> Result<T, Refusal> {
    let mut object = Map::new();
    for field in fields {
        if let Some(value) = value(field, &mut pairs)? {
            object.insert(field.name.to_owned(), value);
        }
    }
    for Pair { name, text, .. } in pairs {
        object.entry(name).or_insert(Value::String(text));
    }
    serde_json::from_value(Value::Object(object)).map_err(|error| {
        // Only the error about a missing field is shown. Any other error may contain a value of the form.
        let text = error.to_string();
        match text.starts_with("missing field") {
            true => invalid(text),
            false => invalid("the form doesn't have the documented fields"),
        }
    })
}

fn value(field: &Field, pairs: &mut Vec<Pair>) -> Result<Option<Value>, Refusal> {
    let Field { name, kind, style } = *field;
    match (style, kind) {
        (Style::Exploded, Kind::Object(members)) => {
            let mut object = Map::new();
            for (name, kind) in members {
                if let Some(value) = plain(name, *kind, &named(pairs, name))? {
                    object.insert((*name).to_owned(), value);
                }
            }
            Ok((!object.is_empty()).then_some(Value::Object(object)))
        }
        (Style::Deep, _) => deep::read(name, kind, pairs),
        (Style::Delimited(separator), Kind::List(_) | Kind::Map(_) | Kind::Object(_)) => {
            let found = named(pairs, name);
            let Some(pair) = single(name, &found)? else { return Ok(None) };
            delimited(name, kind, &pair.split(separator)?).map(Some)
        }
        _ => plain(name, kind, &named(pairs, name)),
    }
}

/// Removes and returns the pairs with this name.
fn named(pairs: &mut Vec<Pair>, name: &str) -> Vec<Pair> {
    pairs.extract_if(.., |pair| pair.name == name).collect()
}

fn single<'p>(name: &str, pairs: &'p [Pair]) -> Result<Option<&'p Pair>, Refusal> {
    match pairs {
        [] => Ok(None),
        [pair] => Ok(Some(pair)),
        _ => Err(invalid(format!("`{name}` occurs more than once"))),
    }
}

fn plain(name: &str, kind: Kind, pairs: &[Pair]) -> Result<Option<Value>, Refusal> {
    let Kind::List(item) = kind else {
        return single(name, pairs)?.map(|pair| scalar(name, kind, &pair.text)).transpose();
    };
    let items = pairs.iter().map(|pair| scalar(name, *item, &pair.text));
    let items = items.collect::<Result<Vec<_>, _>>()?;
    Ok((!items.is_empty()).then_some(Value::Array(items)))
}

fn delimited(name: &str, kind: Kind, texts: &[String]) -> Result<Value, Refusal> {
    if let Kind::List(item) = kind {
        return texts.iter().map(|text| scalar(name, *item, text)).collect();
    }
    let mut object = Map::new();
    for pair in texts.chunks(2) {
        let [member, text] = pair else {
            return Err(invalid(format!("`{name}` has a name without a value")));
        };
        let value = scalar(name, member_kind(kind, member), text)?;
        object.insert(member.clone(), value);
    }
    Ok(Value::Object(object))
}

/// Returns the kind of an object's member. A member that the document doesn't list is text.
fn member_kind(kind: Kind, member: &str) -> Kind {
    match kind {
        Kind::Map(value) => *value,
        Kind::Object(members) => {
            members.iter().find(|(name, _)| *name == member).map_or(Kind::Text, |(_, kind)| *kind)
        }
        _ => Kind::Text,
    }
}

fn scalar(name: &str, kind: Kind, text: &str) -> Result<Value, Refusal> {
    let value = match kind {
        Kind::Text => return Ok(Value::String(text.to_owned())),
        Kind::Number => serde_json::from_str(text).ok().filter(Value::is_number),
        Kind::Boolean => serde_json::from_str(text).ok().filter(Value::is_boolean),
        Kind::Json | Kind::List(_) | Kind::Map(_) | Kind::Object(_) => {
            serde_json::from_str(text).ok()
        }
    };
    let what = match kind {
        Kind::Number => "a number",
        Kind::Boolean => "`true` or `false`",
        _ => "JSON",
    };
    value.ok_or_else(|| invalid(format!("`{name}` isn't {what}")))
}

fn invalid(reason: impl Display) -> Refusal {
    Refusal(StatusCode::BAD_REQUEST, reason.to_string())
}

#[cfg(test)]
mod tests;
