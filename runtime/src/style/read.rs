//! Reads a request's parameters on the server.
//!
//! If a parameter is missing, [`query`] and [`cookie`] return `None`, and [`path`] and [`header`] return an error. An
//! exploded list is read from all pairs that have the parameter's name, and an exploded object from all pairs that have
//! the name of one of its properties.
//!
//! If an object in an exploded `form` accepts any property name, its properties can't be distinguished from other
//! parameters, so the object also receives the other parameters.

mod source;
mod text;
mod unreadable;

use serde::de::DeserializeOwned;

use self::source::Source;
pub use self::unreadable::Unreadable;
use super::encoding::Place;
use super::styles::{Style, Way};

/// Reads a parameter from its part of the URL's path. This part must still be escaped.
///
/// # Errors
///
/// Returns an error if the text isn't a value of this type in this style.
pub fn path<T: DeserializeOwned>(name: &str, style: Style, text: &str) -> Result<T, Unreadable> {
    read(Place::Path, name, style, text)?.ok_or_else(Unreadable::absent)
}

/// Returns the part of a path that contains the value of a parameter, i.e. the text in place of `{name}` in the
/// template. The part is still escaped. Returns `None` if the template doesn't contain `{name}`, if the same segment of
/// the template contains another name, or if the text around `{name}` differs from the path. The other segments aren't
/// compared.
#[must_use]
pub fn part_of_path<'p>(template: &str, path: &'p str, name: &str) -> Option<&'p str> {
    let in_braces = format!("{{{name}}}");
    let mut segments = template.split('/').zip(path.split('/'));
    let (of_template, segment) = segments.find(|(segment, _)| segment.contains(&in_braces))?;
    let (before, after) = of_template.split_once(&in_braces)?;
    segment.strip_prefix(before)?.strip_suffix(after)
}

/// Reads a parameter from the URL's escaped query string, without `?`.
///
/// # Errors
///
/// Returns an error if the text isn't a value of this type in this style, if it isn't UTF-8 after decoding, or if a
/// parameter that isn't an exploded list occurs more than once.
pub fn query<T: DeserializeOwned>(
    name: &str,
    style: Style,
    query: &str,
) -> Result<Option<T>, Unreadable> {
    read(Place::Query, name, style, query)
}

/// Reads a parameter from the value of its header.
///
/// # Errors
///
/// Returns an error if the text isn't a value of this type in this style.
pub fn header<T: DeserializeOwned>(style: Style, text: &str) -> Result<T, Unreadable> {
    read(Place::Header, "", style, text)?.ok_or_else(Unreadable::absent)
}

/// Reads a parameter from the value of the `Cookie` header.
///
/// # Errors
///
/// Returns an error if the text isn't a value of this type in this style, or if a cookie that isn't an exploded list
/// occurs more than once.
pub fn cookie<T: DeserializeOwned>(
    name: &str,
    style: Style,
    cookies: &str,
) -> Result<Option<T>, Unreadable> {
    read(Place::Cookie, name, style, cookies)
}

fn read<T: DeserializeOwned>(
    place: Place,
    name: &str,
    style: Style,
    text: &str,
) -> Result<Option<T>, Unreadable> {
    let source = Source { place, name, style, text };
    let value = match style.way {
        Way::Json => source.single().and_then(|text| {
            serde_json::from_str(&text).map_err(|error| Unreadable::new(error.to_string()))
        }),
        _ => T::deserialize(source),
    };
    match value {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.is_absence() => Ok(None),
        Err(error) => Err(error),
    }
}
