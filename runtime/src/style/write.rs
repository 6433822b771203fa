//! Writes a parameter in its style.

use serde::Serialize;

use super::encoding::{Place, Reserved};
use super::problem::Problem;
use super::styles::{Style, Way};
use super::value::Value;

/// Returns a parameter as text: the text that replaces `{name}` in a path, its pairs in a query or cookie, or the value
/// of its header. Returns `None` if the parameter isn't sent.
pub(crate) fn write(
    place: Place,
    name: &str,
    style: Style,
    value: &(impl Serialize + ?Sized),
) -> Result<Option<String>, Problem> {
    let value = match style.way {
        Way::Json => Value::Text(json(value)?),
        _ => Value::of(value)?,
    };
    let parts = Writer { place, name, style }.parts(value)?;
    Ok((!parts.is_empty()).then(|| joined(place, style, &parts)))
}

/// Returns JSON in ASCII, because headers allow only ASCII.
fn json(value: &(impl Serialize + ?Sized)) -> Result<String, Problem> {
    let text = serde_json::to_string(value).map_err(|_| Problem::NoText)?;
    if text.is_ascii() {
        return Ok(text);
    }
    let mut ascii = String::with_capacity(text.len() * 2);
    for each in text.chars() {
        if each.is_ascii() {
            ascii.push(each);
        } else {
            let mut units = [0; 2];
            ascii.extend(each.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")));
        }
    }
    Ok(ascii)
}

/// A value, and the name that is written with the value, if any. Both the name and the value are escaped.
struct Part {
    name: Option<String>,
    value: String,
}

#[derive(Clone, Copy)]
struct Writer<'a> {
    place: Place,
    name: &'a str,
    style: Style,
}

impl Writer<'_> {
    fn parts(self, value: Value) -> Result<Vec<Part>, Problem> {
        let style = self.style;
        match value {
            Value::Nothing => Ok(Vec::new()),
            Value::List(values) if values.is_empty() && style.empty => {
                Ok(vec![self.whole(String::new())?])
            }
            Value::List(values) if values.is_empty() => Ok(Vec::new()),
            Value::Object(properties) if properties.is_empty() => Ok(Vec::new()),
            Value::Text(text) => match style.way {
                Way::Space | Way::Pipe | Way::DeepObject => Err(Problem::Kind),
                _ => Ok(vec![self.whole(self.place.value(&text, self.reserved())?)?]),
            },
            Value::List(values) if style.is_joined() => self.joined(values),
            Value::List(values) => self.exploded(&values),
            Value::Object(properties) if style.is_joined() => {
                if properties.iter().any(|(name, _)| name.is_empty()) {
                    return Err(Problem::Nameless);
                }
                self.joined(properties.into_iter().flat_map(|(name, value)| [name, value]))
            }
            Value::Object(properties) => self.properties(&properties),
        }
    }

    /// Returns the parameter as a single part, with its name if its place or style requires the name.
    fn whole(self, value: String) -> Result<Part, Problem> {
        let named =
            matches!(self.place, Place::Query | Place::Cookie) || self.style.way == Way::Matrix;
        let name = named.then(|| self.place.name(self.name)).transpose()?;
        Ok(Part { name, value })
    }

    /// Returns one part, with separators between the values.
    fn joined(self, values: impl IntoIterator<Item = String>) -> Result<Vec<Part>, Problem> {
        let mut text = String::new();
        for (at, value) in values.into_iter().enumerate() {
            if at > 0 {
                text.push_str(match self.style.way {
                    Way::Space => "%20",
                    Way::Pipe => "%7C",
                    _ => ",",
                });
            }
            text.push_str(&self.element(&value)?);
        }
        Ok(vec![self.whole(text)?])
    }

    /// Returns each value of a list separately.
    fn exploded(self, values: &[String]) -> Result<Vec<Part>, Problem> {
        let has_names = matches!(self.style.way, Way::Matrix | Way::Form);
        match self.style.way {
            Way::Space | Way::Pipe | Way::DeepObject | Way::Json => return Err(Problem::Kind),
            // The values would be several cookies with the same name.
            Way::Form if self.place == Place::Cookie => return Err(Problem::Kind),
            // The reader would treat an empty value as an empty list.
            Way::Form if self.style.empty && matches!(values, [only] if only.is_empty()) => {
                return Err(Problem::Empty);
            }
            _ => {}
        }
        let write = |value: &String| match has_names {
            true => self.whole(self.place.value(value, self.reserved())?),
            false => self.whole(self.element(value)?),
        };
        values.iter().map(write).collect()
    }

    /// Returns each property separately.
    fn properties(self, properties: &[(String, String)]) -> Result<Vec<Part>, Problem> {
        let part = |(name, value): &(String, String)| {
            let value = self.checked(value)?;
            Ok(Part {
                name: Some(self.property(name)?),
                value: self.place.value(value, self.reserved())?,
            })
        };
        properties.iter().map(part).collect()
    }

    /// Returns the name of an exploded property.
    fn property(self, name: &str) -> Result<String, Problem> {
        if name.is_empty() {
            return Err(Problem::Nameless);
        }
        match (self.style.way, self.place) {
            (Way::Space | Way::Pipe | Way::Json, _) => Err(Problem::Kind),
            (Way::DeepObject, _) if name.contains(['[', ']']) => Err(Problem::Separator("[]")),
            (Way::DeepObject, place) => place.name(&format!("{}[{name}]", self.name)),
            (_, Place::Header) if name.contains('=') => Err(Problem::Separator("=")),
            (_, place) => place.name(self.checked(name)?),
        }
    }

    /// Returns a value for use between separators. Rejects an empty value, because nothing would be left between the
    /// separators.
    fn element(self, text: &str) -> Result<String, Problem> {
        if text.is_empty() {
            return Err(Problem::Empty);
        }
        self.place.value(self.checked(text)?, self.reserved())
    }

    /// Returns the text unchanged. Rejects text that contains the separator if the separator can't be escaped.
    fn checked(self, text: &str) -> Result<&str, Problem> {
        let separator = match (self.style.way, self.place) {
            (Way::Space, _) => " ",
            (Way::Pipe, _) => "|",
            (Way::Label, _) if self.style.explode => ".",
            (_, Place::Header | Place::Cookie) => ",",
            _ => return Ok(text),
        };
        if text.contains(separator) { Err(Problem::Separator(separator)) } else { Ok(text) }
    }

    fn reserved(self) -> Reserved {
        match (self.style.reserved, self.style.is_joined()) {
            (false, _) => Reserved::Escaped,
            (true, false) => Reserved::Kept,
            (true, true) => Reserved::KeptButCommas,
        }
    }
}

fn joined(place: Place, style: Style, parts: &[Part]) -> String {
    let (first, between) = match (place, style.way) {
        (Place::Path, Way::Matrix) => (";", ";"),
        (Place::Path, Way::Label) => (".", "."),
        (Place::Path | Place::Header, _) => ("", ","),
        (Place::Query, _) => ("", "&"),
        (Place::Cookie, _) => ("", "; "),
    };
    let mut text = first.to_owned();
    for (at, Part { name, value }) in parts.iter().enumerate() {
        if at > 0 {
            text.push_str(between);
        }
        if let Some(name) = name {
            text.push_str(name);
            // An empty value is written as in RFC 6570: `;color` for `matrix` and `color=` for the others.
            if style.way != Way::Matrix || !value.is_empty() {
                text.push('=');
            }
        }
        text.push_str(value);
    }
    text
}
