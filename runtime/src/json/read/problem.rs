//! Describes why a value can't be read. Problems never quote a value.

use std::error::Error as StdError;
use std::fmt::{self, Display};

use serde::de::{self, Expected, Unexpected};

/// Why a value can't be read.
#[derive(Debug)]
pub(crate) enum Problem {
    /// The text isn't JSON. The reason is `None` until `serde_json` has parsed the text to
    /// determine it.
    Malformed(Option<serde_json::Error>),
    /// The text is nested too deeply.
    TooDeep,
    /// The value isn't of the expected kind, or is out of range.
    Mismatch { found: &'static str, expected: String },
    /// An object lacks a field.
    Missing(&'static str),
    /// An object contains a field twice.
    Repeated(&'static str),
    /// The type rejects the value. The type's own reason isn't kept, because it may quote the
    /// value.
    Other { wants_text: bool },
}

/// The error of a deserializer. It is boxed because the code for each type moves it in many places.
#[derive(Debug)]
pub(crate) struct ReadError(Box<Problem>);

impl ReadError {
    #[cold]
    pub(super) fn malformed() -> Self {
        Problem::Malformed(None).into()
    }

    pub(super) fn problem(self) -> Problem {
        *self.0
    }

    #[cold]
    pub(super) fn mismatch(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let found = match found {
            Unexpected::Bool(_) => "boolean",
            Unexpected::Unsigned(_) | Unexpected::Signed(_) | Unexpected::Float(_) => "number",
            Unexpected::Char(_) | Unexpected::Str(_) => "string",
            Unexpected::Unit | Unexpected::Option => "null",
            Unexpected::Bytes(_) | Unexpected::Seq => "sequence",
            Unexpected::Map => "map",
            _ => return other(&expected),
        };
        Problem::Mismatch { found, expected: expected.to_string() }.into()
    }
}

fn other(reason: &dyn Display) -> ReadError {
    Problem::Other { wants_text: reason.to_string().contains("expected a string") }.into()
}

impl From<Problem> for ReadError {
    #[cold]
    fn from(problem: Problem) -> Self {
        ReadError(Box::new(problem))
    }
}

impl de::Error for ReadError {
    #[cold]
    fn custom<T: Display>(reason: T) -> Self {
        other(&reason)
    }

    #[cold]
    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        ReadError::mismatch(found, expected)
    }

    #[cold]
    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        ReadError::mismatch(found, expected)
    }

    #[cold]
    fn invalid_length(_: usize, _: &dyn Expected) -> Self {
        Problem::Other { wants_text: false }.into()
    }

    #[cold]
    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Problem::Other { wants_text: false }.into()
    }

    #[cold]
    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Problem::Other { wants_text: false }.into()
    }

    #[cold]
    fn missing_field(field: &'static str) -> Self {
        Problem::Missing(field).into()
    }

    #[cold]
    fn duplicate_field(field: &'static str) -> Self {
        Problem::Repeated(field).into()
    }
}

impl Problem {
    /// Returns whether only a single value is wrong, not the text itself.
    pub(crate) fn is_about_a_value(&self) -> bool {
        !matches!(self, Problem::Malformed(_) | Problem::TooDeep)
    }

    /// Returns whether the type accepts only text.
    pub(crate) fn wants_text(&self) -> bool {
        match self {
            Problem::Mismatch { expected, .. } => expected.starts_with("a string"),
            Problem::Other { wants_text } => *wants_text,
            _ => false,
        }
    }
}

/// Shows the known details, without the value.
impl Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Problem::Mismatch { found, expected } => {
                write!(f, "found {found}, expected {expected}")
            }
            Problem::Missing(field) => write!(f, "missing field `{field}`"),
            Problem::Repeated(field) => write!(f, "duplicate field `{field}`"),
            Problem::TooDeep => f.write_str("nested too deeply"),
            Problem::Malformed(_) | Problem::Other { .. } => f.write_str("invalid value"),
        }
    }
}

impl Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl StdError for ReadError {}
