//! A value that was not of the documented form.

use std::fmt;

use crate::SecretText;

/// A value in a response or webhook that isn't of the documented form, such as a date that is a number.
///
/// It doesn't make the rest unreadable. Where it can be converted (a number as text, text as a number, a list of
/// sentences in `message`) the field has the converted value. Otherwise an optional field is `None`, and an element of a list is
/// left out. Either way what came is kept here.
///
/// `Debug` and `Display` show the place only: the value may be personal or secret.
#[derive(Clone, PartialEq, Eq)]
pub struct Unexpected {
    pub(super) path: String,
    pub(super) raw: SecretText,
    pub(super) treatment: Treatment,
}

/// What became of the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Treatment {
    Converted,
    Ignored,
    /// An element of a list or a member of a map is not in the result at all.
    LeftOut,
}

impl Unexpected {
    /// That was treated as missing.
    #[must_use]
    pub fn ignored(path: &str, raw: &str) -> Self {
        let (path, treatment) = (path.to_owned(), Treatment::Ignored);
        Unexpected { path, raw: SecretText::new(raw), treatment }
    }

    /// Where it was, e.g. `books[1].price`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What was there: JSON, exactly as it came. It may be personal or secret.
    pub fn raw_json(&self) -> &str {
        self.raw.expose_secret()
    }

    /// Whether the typed value has it in another form. If not, its field is `None`, or it is missing from its list.
    pub fn is_converted(&self) -> bool {
        self.treatment == Treatment::Converted
    }

    /// Whether it is missing from its list or map: then that is shorter than what came.
    pub fn is_left_out(&self) -> bool {
        self.treatment == Treatment::LeftOut
    }
}

impl fmt::Display for Unexpected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.escape_debug();
        write!(f, "`{path}` isn't of the documented form and was ")?;
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
