//! Describes why a value can't be written.

use std::error::Error as StdError;
use std::fmt;

/// Why a value can't be written. A problem contains no part of the value, because the value may be personal data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Problem {
    /// A list or object inside a list or object.
    Deep,
    /// `null` inside a list or object.
    Null,
    /// Bytes, a number that isn't finite, or a value whose `Serialize` implementation returns an error.
    NoText,
    /// An empty string in a place where nothing would be left between the separators.
    Empty,
    /// A property without a name.
    Nameless,
    /// The value contains the separator.
    Separator(&'static str),
    /// A character that isn't allowed in this part of a request. The text completes "isn't allowed in …".
    Character(&'static str),
    /// A space at the start or the end, which HTTP removes.
    Space,
    /// The style can't represent a value of this kind.
    Kind,
}

/// Completes a sentence that begins with "the argument `color` …".
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Problem::Deep => "contains a nested list or object, which the parameter's `style` can't represent",
            Problem::Null => "contains `null`, which the parameter's `style` can't represent",
            Problem::NoText => "contains a value that can't be written as text",
            Problem::Empty => "contains an empty string, which the parameter's `style` can't represent",
            Problem::Nameless => "contains a property with an empty name",
            Problem::Space => "contains a value with a space at its start or end, which HTTP removes",
            Problem::Kind => "has a type that the parameter's `style` can't represent",
            Problem::Separator(text) => {
                return write!(
                    f,
                    "contains `{text}`, which separates values and can't be escaped in the parameter's `style`"
                );
            }
            Problem::Character(place) => {
                return write!(f, "contains a character that isn't allowed in {place}");
            }
        })
    }
}

impl StdError for Problem {}

impl serde::ser::Error for Problem {
    /// Drops the message of a type's own error, because it could contain the value.
    fn custom<T: fmt::Display>(_: T) -> Self {
        Problem::NoText
    }
}
