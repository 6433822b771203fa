//! Represents a value that doesn't have the documented form.

use std::fmt;

use crate::SecretText;

/// A value in a response or webhook that doesn't have the documented form, e.g. a date that is a number.
///
/// Everything else is still read. If the value can be converted (a number to text, text to a number, a list of
/// sentences in `message` to a single string), the field contains the converted value. Otherwise, an optional field is
/// `None`, and an element of a list is left out. This type always keeps the original value.
///
/// `Debug` and `Display` show only the path, because the value may be personal or secret.
#[derive(Clone, PartialEq, Eq)]
pub struct Unexpected {
    pub(super) path: String,
    pub(super) raw: SecretText,
    pub(super) treatment: Treatment,
}

/// How the value was treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Treatment {
    Converted,
    Ignored,
    /// An element of a list or a member of a map that is missing from the result, or a list or an object that a later
    /// field with the same name replaces.
    LeftOut,
}

impl Unexpected {
    /// Describes a value that was treated as missing.
    #[must_use]
    pub fn ignored(path: &str, raw: &str) -> Self {
        let (path, treatment) = (path.to_owned(), Treatment::Ignored);
        Unexpected { path, raw: SecretText::new(raw), treatment }
    }

    /// Returns the path of the value, e.g. `books[1].price`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the original value as JSON, exactly as received. The value may be personal or secret.
    pub fn raw_json(&self) -> &str {
        self.raw.expose_secret()
    }

    /// Returns whether the typed result contains the value in converted form. If it doesn't, the field is `None`, or
    /// the value is missing from its list.
    pub fn is_converted(&self) -> bool {
        self.treatment == Treatment::Converted
    }

    /// Returns whether a list or map may be incomplete because of this value: the value is an element or member that
    /// was left out, or it is a list or an object that a later field with the same name replaces.
    pub fn is_left_out(&self) -> bool {
        self.treatment == Treatment::LeftOut
    }
}

impl fmt::Display for Unexpected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.escape_debug();
        write!(f, "`{path}` doesn't have the documented form and was ")?;
        f.write_str(match self.treatment {
            Treatment::Converted => "converted",
            Treatment::Ignored => "treated as missing",
            Treatment::LeftOut => "left out",
        })
    }
}

impl fmt::Debug for Unexpected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unexpected")
            .field("path", &self.path)
            .field("treatment", &self.treatment)
            .finish_non_exhaustive()
    }
}
