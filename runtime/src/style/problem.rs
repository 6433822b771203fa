//! Says why a value can't be written.

use std::error::Error as StdError;
use std::fmt;

/// Why a value can't be written. It contains nothing from the value, which may be personal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Problem {
    /// A list or object inside a list or object.
    Deep,
    /// `null` inside a list or object.
    Null,
    /// A number that isn't finite, bytes, or a value whose type can't write it.
    NoText,
    /// An empty string where only separators would remain.
    Empty,
    /// A property without a name.
    Nameless,
    /// A string that is also the separator of values.
    Separator(&'static str),
    /// A character that isn't allowed in this place, with what is allowed.
    Character(&'static str),
    /// A space at the start or the end, which HTTP removes.
    Space,
    /// The style can't represent a value of this kind.
    Kind,
}

/// Writes a clause that continues "the argument `color` …".
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Problem::Deep => "has a list or an object inside it, which its style can't express",
            Problem::Null => "contains `null`, which its style can't express",
            Problem::NoText => "contains a value that can't be written as text",
            Problem::Empty => "contains an empty text, which its style can't express",
            Problem::Nameless => "contains a property with an empty name",
            Problem::Space => "contains a value with a space at its start or end, which HTTP removes",
            Problem::Kind => "is a kind of value that its style can't express",
            Problem::Separator(text) => {
                return write!(
                    f,
                    "contains a value with `{text}`, which separates values and can't be escaped in its style"
                );
            }
            Problem::Character(allowed) => {
                return write!(f, "contains a character that isn't allowed in {allowed}");
            }
        })
    }
}

impl StdError for Problem {}

impl serde::ser::Error for Problem {
    /// Drops the message of a type's own error, which could contain the value.
    fn custom<T: fmt::Display>(_: T) -> Self {
        Problem::NoText
    }
}
