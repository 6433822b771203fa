//! Why a text was refused: what was expected, what was found, what to do. Never a character of the text.

mod expected;

use std::fmt;

use crate::backend::IN_BROWSER;
use crate::env::published_prefix;
use crate::mode::ModeName;
use crate::parse::KeyKind;
use crate::report::write_report;

pub(crate) use expected::Expected;

/// A text was refused as a key, business id, wallet secret or webhook token.
///
/// Its text stands alone: it says what was expected, what was found instead and what to do about it. Neither
/// `Display` nor `Debug` shows any part of the refused text. To branch, use [`kind`](KeyError::kind).
///
/// ```
/// use mileston_keys::{KeyErrorKind, NormalKey, Test};
///
/// let error = NormalKey::<Test>::try_from("Mileston_PROD_fake0123").unwrap_err();
/// assert_eq!(error.kind(), KeyErrorKind::RetiredPrefix);
/// assert!(error.to_string().contains("renamed `Mileston_LIVE_` in May 2025"));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct KeyError {
    expected: Expected,
    kind: KeyErrorKind,
    variable: Option<Box<str>>,
}

/// What was found instead of the expected text.
///
/// Positions count bytes from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum KeyErrorKind {
    /// Nothing, or whitespace only.
    Empty,
    /// More than `limit` bytes; the text was not looked at.
    TooLong {
        /// The most bytes that are accepted.
        limit: usize,
    },
    /// Whitespace, perhaps a line break, before or after the text.
    SurroundingWhitespace,
    /// A byte order mark before the text.
    ByteOrderMark,
    /// A character that shows nothing, such as a zero-width space.
    InvisibleCharacter {
        /// Where it begins.
        position: usize,
    },
    /// A quotation mark at the start or the end.
    Quoted,
    /// More than the value, such as a whole line `NAME=value` of a `.env` file.
    PastedLine,
    /// `Bearer` or another authorization scheme before the text.
    AuthScheme,
    /// A comma, a comment or the like after a key.
    TextAfterKey,
    /// A shortened or masked key (`...`, `*`, `<key>`), as in documentation.
    Placeholder,
    /// A character outside ASCII.
    NotAscii {
        /// Where it begins.
        position: usize,
    },
    /// A prefix of Mileston, but in other upper and lower case.
    WrongCase,
    /// `Mileston_PROD_`, the name of live keys until May 2025.
    RetiredPrefix,
    /// A part of a prefix: the rest was cut off, or a character was lost.
    CutPrefix,
    /// None of the prefixes that Mileston uses.
    UnknownPrefix,
    /// A prefix and nothing after it.
    MissingSecret,
    /// A character that cannot be there.
    ForbiddenCharacter {
        /// Where it is.
        position: usize,
    },
    /// A control character, which no header can carry.
    NotForHeader {
        /// Where it is.
        position: usize,
    },
    /// A well-formed key, but not what this place takes.
    WrongKey {
        /// Normal or Checkout.
        kind: KeyKind,
        /// Test or live.
        mode: ModeName,
    },
    /// What begins like a key but isn't well-formed, where another text belongs.
    MalformedKey,
    /// The environment variable is not set.
    Unset,
    /// Build tools publish the environment variable to browsers, and the value must stay in the backend.
    PublishedVariable,
    /// The environment variable is set to something that is not Unicode.
    NotUnicode,
    /// `from_env` was given no name of a variable, but perhaps the secret itself. It is not shown.
    NotAVariableName,
}

impl KeyError {
    pub(crate) fn new(expected: Expected, kind: KeyErrorKind) -> Self {
        KeyError { expected, kind, variable: None }
    }

    pub(crate) fn in_variable(self, variable: &str) -> Self {
        KeyError { variable: Some(Box::from(variable)), ..self }
    }

    /// What was found, to branch on.
    pub fn kind(&self) -> KeyErrorKind {
        self.kind
    }

    /// The environment variable that the text came from, if it came from `from_env`.
    pub fn variable(&self) -> Option<&str> {
        self.variable.as_deref()
    }
}

impl std::error::Error for KeyError {}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(variable) = &self.variable {
            write!(f, "environment variable `{variable}`: ")?;
        }
        let published = self.variable().and_then(published_prefix);
        if let (KeyErrorKind::PublishedVariable, Some(prefix)) = (self.kind, published) {
            return self.expected.fmt_published(f, prefix);
        }
        write!(f, "expected {}, found ", self.expected)?;
        self.fmt_found(f)?;
        f.write_str(self.advice())?;
        match self.kind {
            KeyErrorKind::WrongKey { kind: KeyKind::Normal, .. } => {
                fmt_exposed(published, IN_BROWSER, f)
            }
            _ => Ok(()),
        }
    }
}

/// Why a Normal key that was found may be public, and what to do then.
fn fmt_exposed(
    published: Option<&str>,
    in_browser: bool,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    match published {
        _ if in_browser => f.write_str(
            "; everyone who opens the page can read it, so replace the Normal key: it may be public already",
        ),
        Some(prefix) => write!(
            f,
            "; build tools copy variables that begin with `{prefix}` into frontends, so replace the Normal key: it \
             may be public already"
        ),
        None => Ok(()),
    }
}

/// The sentence. With `{:#?}` the fields, which hold nothing of the refused text either.
impl fmt::Debug for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !f.alternate() {
            return write_report(self, f);
        }
        f.debug_struct("KeyError")
            .field("expected", &self.expected)
            .field("kind", &self.kind)
            .field("variable", &self.variable)
            .finish()
    }
}

impl KeyError {
    fn fmt_found(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            KeyErrorKind::Empty => f.write_str("nothing: the text is empty or only whitespace"),
            KeyErrorKind::TooLong { limit } => write!(f, "a text of more than {limit} bytes"),
            KeyErrorKind::SurroundingWhitespace => f.write_str("whitespace around the text"),
            KeyErrorKind::ByteOrderMark => f.write_str("a byte order mark before the text"),
            KeyErrorKind::InvisibleCharacter { position } => {
                write!(f, "an invisible character at byte {position}")
            }
            KeyErrorKind::PastedLine => f.write_str(
                "more than the value, such as a whole line `NAME=value` of a `.env` file",
            ),
            KeyErrorKind::AuthScheme => {
                f.write_str("an authorization scheme, such as `Bearer`, before the text")
            }
            KeyErrorKind::TextAfterKey => {
                f.write_str("more text after the key, such as a comma or a comment")
            }
            KeyErrorKind::Quoted => f.write_str("a quotation mark at the start or the end"),
            KeyErrorKind::Placeholder => {
                f.write_str("a shortened or masked key, as documentation prints it")
            }
            KeyErrorKind::NotAscii { position } => {
                write!(f, "a character outside ASCII at byte {position}")
            }
            KeyErrorKind::WrongCase => f.write_str("a Mileston prefix in the wrong case"),
            KeyErrorKind::RetiredPrefix => f.write_str("the old prefix `Mileston_PROD_`"),
            KeyErrorKind::CutPrefix => f.write_str("an incomplete prefix of a key"),
            KeyErrorKind::UnknownPrefix => {
                f.write_str("a text that begins with neither `Mileston_TEST_` nor `Mileston_LIVE_`")
            }
            KeyErrorKind::MissingSecret => {
                f.write_str("only the prefix of a key, with nothing after it")
            }
            KeyErrorKind::ForbiddenCharacter { position } => {
                write!(f, "a character that cannot be there, at byte {position}")
            }
            KeyErrorKind::NotForHeader { position } => {
                write!(f, "a control character at byte {position}")
            }
            KeyErrorKind::WrongKey { kind, mode } => write!(f, "a {kind} key for {mode} mode"),
            KeyErrorKind::MalformedKey => f.write_str("what looks like an API key"),
            KeyErrorKind::PublishedVariable => {
                f.write_str("a variable that build tools publish to browsers")
            }
            KeyErrorKind::Unset => f.write_str("nothing: the variable is not set"),
            KeyErrorKind::NotUnicode => f.write_str("bytes that are not Unicode"),
            KeyErrorKind::NotAVariableName => {
                f.write_str("what cannot be the name of an environment variable")
            }
        }
    }

    /// What to do, as the second half of the sentence.
    fn advice(&self) -> &'static str {
        match self.kind {
            KeyErrorKind::Empty | KeyErrorKind::Unset | KeyErrorKind::UnknownPrefix => {
                self.expected.where_to_get()
            }
            KeyErrorKind::Placeholder | KeyErrorKind::MissingSecret | KeyErrorKind::CutPrefix => {
                "; copy the whole key from the Developers tab at business.mileston.co"
            }
            KeyErrorKind::TooLong { .. } => "; check that nothing else was copied along",
            KeyErrorKind::SurroundingWhitespace => {
                "; remove it (a line break often comes along when a file is read)"
            }
            KeyErrorKind::Quoted => "; remove it (some tools keep the quotes of a `.env` file)",
            KeyErrorKind::ByteOrderMark => {
                "; save the file as UTF-8 without a byte order mark, or remove it after reading"
            }
            KeyErrorKind::InvisibleCharacter { .. } => {
                "; delete it, or copy the text again, without passing through a document or a chat"
            }
            KeyErrorKind::PastedLine => {
                "; keep the value only, without its name and without quotes"
            }
            KeyErrorKind::AuthScheme => {
                "; remove it, because the text is sent alone in its own header"
            }
            KeyErrorKind::TextAfterKey => "; remove it",
            KeyErrorKind::NotForHeader { .. } => "; remove it, because no header can carry it",
            KeyErrorKind::PublishedVariable => "; rename the variable, and replace its value",
            KeyErrorKind::NotAscii { .. } | KeyErrorKind::NotUnicode => {
                "; copy it again, without passing through a document or a chat"
            }
            KeyErrorKind::WrongCase => {
                "; upper and lower case count: copy the key again as the dashboard shows it"
            }
            KeyErrorKind::RetiredPrefix => {
                "; live keys were renamed `Mileston_LIVE_` in May 2025: take the current key from \
                 the Developers tab at business.mileston.co"
            }
            KeyErrorKind::ForbiddenCharacter { .. } => self.expected.alphabet(),
            KeyErrorKind::WrongKey { kind, mode } => self.expected.instead_of(kind, mode),
            KeyErrorKind::MalformedKey => self.expected.instead_of_a_key(),
            KeyErrorKind::NotAVariableName => {
                "; `from_env` takes the name (letters, digits, `_`, `-`, `.`); a key held as text \
                 is read with `parse`"
            }
        }
    }
}

#[cfg(test)]
mod tests {
    //! What an error says in a browser. The tests run elsewhere, where no such error arises.

    use super::*;

    /// The end of an error in this place.
    struct Exposed(Option<&'static str>, bool);

    impl fmt::Display for Exposed {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            fmt_exposed(self.0, self.1, f)
        }
    }

    #[test]
    fn a_normal_key_that_others_may_have_read_is_to_be_replaced() {
        let page = "; everyone who opens the page can read it, so replace the Normal key: it may be public already";
        assert_eq!(Exposed(None, true).to_string(), page);
        assert_eq!(Exposed(Some("VITE_"), true).to_string(), page);
        assert_eq!(
            Exposed(Some("VITE_"), false).to_string(),
            "; build tools copy variables that begin with `VITE_` into frontends, so replace the Normal key: it may be \
             public already",
        );
        assert_eq!(Exposed(None, false).to_string(), "");
    }

    #[test]
    fn any_key_refuses_a_normal_key_in_a_browser() {
        let kind = KeyErrorKind::WrongKey { kind: KeyKind::Normal, mode: ModeName::Live };
        let said = KeyError::new(Expected::AnyKey, kind).to_string();
        assert!(
            said.ends_with(
                ", found a Normal key for live mode; a Normal key must never reach a browser: take the Checkout key from \
                 the Developers tab at business.mileston.co",
            ),
            "{said}",
        );
    }
}
