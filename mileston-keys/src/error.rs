//! Explains why text was rejected: what was expected, what was found, and how to fix it. Errors never contain any of
//! the text.

mod expected;

use std::fmt;

use crate::backend::IN_BROWSER;
use crate::env::published_prefix;
use crate::mode::ModeName;
use crate::parse::KeyKind;
use crate::report::write_report;

pub(crate) use expected::Expected;

/// The text isn't a valid key, business id, wallet secret or webhook token.
///
/// The message says what was expected, what was found instead and how to fix it. Neither `Display` nor `Debug` shows
/// any part of the rejected text. To branch on the problem, use [`kind`](KeyError::kind).
///
/// ```
/// use mileston_keys::{KeyErrorKind, NormalKey, Test};
///
/// let error = NormalKey::<Test>::try_from("Mileston_PROD_fake0123").unwrap_err();
/// assert_eq!(error.kind(), KeyErrorKind::RetiredPrefix);
/// assert!(error.to_string().contains("`Mileston_LIVE_` since May 2025"));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct KeyError {
    expected: Expected,
    kind: KeyErrorKind,
    variable: Option<Box<str>>,
}

/// The problem with the rejected text.
///
/// Positions are in bytes, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum KeyErrorKind {
    /// Nothing, or whitespace only.
    Empty,
    /// More than `limit` bytes. The text was not checked further.
    TooLong {
        /// The maximum number of bytes.
        limit: usize,
    },
    /// Whitespace, perhaps a line break, before or after the text.
    SurroundingWhitespace,
    /// A byte order mark before the text.
    ByteOrderMark,
    /// An invisible character, such as a zero-width space.
    InvisibleCharacter {
        /// The position of the character.
        position: usize,
    },
    /// A quotation mark at the start or the end.
    Quoted,
    /// More than just the value, such as a complete `NAME=value` line from a `.env` file.
    PastedLine,
    /// `Bearer` or another authorization scheme before the text.
    AuthScheme,
    /// Text after a key, such as a comma or a comment.
    TextAfterKey,
    /// A shortened or masked key (`...`, `*`, `<key>`), as shown in documentation.
    Placeholder,
    /// A character outside ASCII.
    NotAscii {
        /// The position of the character.
        position: usize,
    },
    /// A Mileston prefix in the wrong case.
    WrongCase,
    /// `Mileston_PROD_`, the prefix of live keys until May 2025.
    RetiredPrefix,
    /// An incomplete prefix: the end was cut off, or a character is missing.
    CutPrefix,
    /// Text that doesn't begin with a Mileston prefix.
    UnknownPrefix,
    /// A prefix with nothing after it.
    MissingSecret,
    /// A character that isn't allowed.
    ForbiddenCharacter {
        /// The position of the character.
        position: usize,
    },
    /// A control character, which isn't allowed in a header.
    NotForHeader {
        /// The position of the character.
        position: usize,
    },
    /// A well-formed key of the wrong kind or mode.
    WrongKey {
        /// Normal or Checkout.
        kind: KeyKind,
        /// Test or live.
        mode: ModeName,
    },
    /// Text that looks like a key but isn't well-formed, where a different value was expected, such as a business id.
    MalformedKey,
    /// The environment variable is not set.
    Unset,
    /// Build tools publish the environment variable to browsers, but the value must stay in the backend.
    PublishedVariable,
    /// The value of the environment variable isn't Unicode.
    NotUnicode,
    /// The argument of `from_env` can't be the name of a variable. The error doesn't show the argument, because it may
    /// be the secret itself.
    NotAVariableName,
}

impl KeyError {
    pub(crate) fn new(expected: Expected, kind: KeyErrorKind) -> Self {
        KeyError { expected, kind, variable: None }
    }

    pub(crate) fn in_variable(self, variable: &str) -> Self {
        KeyError { variable: Some(Box::from(variable)), ..self }
    }

    /// Returns the kind of problem, so that a program can branch on it.
    pub fn kind(&self) -> KeyErrorKind {
        self.kind
    }

    /// Returns the name of the environment variable that `from_env` read, or `None` if the text came from elsewhere.
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
        let advice = self.advice();
        f.write_str(advice)?;
        // Users of the sandbox may not have an account on the site that the advice names, so also mention the sandbox.
        if self.variable.is_some()
            && published.is_none()
            && advice.ends_with("business.mileston.co")
            && self.expected.is_printed_by_sandbox()
        {
            f.write_str(", or paste the `export` lines that `mileston-sandbox serve` prints")?;
        }
        match self.kind {
            KeyErrorKind::WrongKey { kind: KeyKind::Normal, .. } => {
                fmt_exposed(published, IN_BROWSER, f)
            }
            _ => Ok(()),
        }
    }
}

/// Explains that the Normal key must be replaced, and why it may be public.
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

/// Writes the message. `{:#?}` writes the fields, which don't contain any part of the rejected text either.
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
            KeyErrorKind::TooLong { limit } => write!(f, "text longer than {limit} bytes"),
            KeyErrorKind::SurroundingWhitespace => f.write_str("whitespace around the text"),
            KeyErrorKind::ByteOrderMark => f.write_str("a byte order mark before the text"),
            KeyErrorKind::InvisibleCharacter { position } => {
                write!(f, "an invisible character at byte {position}")
            }
            KeyErrorKind::PastedLine => f.write_str(
                "more than the value, such as a complete `NAME=value` line from a `.env` file",
            ),
            KeyErrorKind::AuthScheme => {
                f.write_str("an authorization scheme, such as `Bearer`, before the text")
            }
            KeyErrorKind::TextAfterKey => {
                f.write_str("more text after the key, such as a comma or a comment")
            }
            KeyErrorKind::Quoted => f.write_str("a quotation mark at the start or the end"),
            KeyErrorKind::Placeholder => {
                f.write_str("a shortened or masked key, as shown in documentation")
            }
            KeyErrorKind::NotAscii { position } => {
                write!(f, "a character outside ASCII at byte {position}")
            }
            KeyErrorKind::WrongCase => f.write_str("a Mileston prefix in the wrong case"),
            KeyErrorKind::RetiredPrefix => f.write_str("the old prefix `Mileston_PROD_`"),
            KeyErrorKind::CutPrefix => f.write_str("an incomplete key prefix"),
            KeyErrorKind::UnknownPrefix => {
                f.write_str("text that begins with neither `Mileston_TEST_` nor `Mileston_LIVE_`")
            }
            KeyErrorKind::MissingSecret => f.write_str("only a key prefix, with nothing after it"),
            KeyErrorKind::ForbiddenCharacter { position } => {
                write!(f, "an invalid character at byte {position}")
            }
            KeyErrorKind::NotForHeader { position } => {
                write!(f, "a control character at byte {position}")
            }
            KeyErrorKind::WrongKey { kind, mode } => write!(f, "a {kind} key for {mode} mode"),
            KeyErrorKind::MalformedKey => f.write_str("something that looks like an API key"),
            KeyErrorKind::PublishedVariable => {
                f.write_str("a variable that build tools publish to browsers")
            }
            KeyErrorKind::Unset => f.write_str("nothing: the variable is not set"),
            KeyErrorKind::NotUnicode => f.write_str("bytes that aren't valid Unicode"),
            KeyErrorKind::NotAVariableName => {
                f.write_str("text that can't be the name of an environment variable")
            }
        }
    }

    /// Returns how to fix the problem, as the second half of the message.
    fn advice(&self) -> &'static str {
        match self.kind {
            KeyErrorKind::Empty | KeyErrorKind::Unset | KeyErrorKind::UnknownPrefix => {
                self.expected.where_to_get()
            }
            KeyErrorKind::Placeholder | KeyErrorKind::MissingSecret | KeyErrorKind::CutPrefix => {
                "; copy the complete key from the Developers tab at business.mileston.co"
            }
            KeyErrorKind::TooLong { .. } => "; check that nothing else was copied with it",
            KeyErrorKind::SurroundingWhitespace => {
                "; remove it (text from a file often ends in a line break)"
            }
            KeyErrorKind::Quoted => "; remove it (some tools keep the quotes from a `.env` file)",
            KeyErrorKind::ByteOrderMark => {
                "; save the file as UTF-8 without a byte order mark, or remove the mark after reading"
            }
            KeyErrorKind::InvisibleCharacter { .. } => {
                "; delete it, or copy the text again directly, not through a document or a chat"
            }
            KeyErrorKind::PastedLine => {
                "; keep only the value, without its name and without quotes"
            }
            KeyErrorKind::AuthScheme => "; remove it and keep only the value",
            KeyErrorKind::TextAfterKey => "; remove it",
            KeyErrorKind::NotForHeader { .. } => "; remove it, because a header can't contain it",
            KeyErrorKind::PublishedVariable => "; rename the variable, and replace its value",
            KeyErrorKind::NotAscii { .. } | KeyErrorKind::NotUnicode => {
                "; copy the text again directly, not through a document or a chat"
            }
            KeyErrorKind::WrongCase => {
                "; keys are case-sensitive: copy the key again exactly as the dashboard shows it"
            }
            KeyErrorKind::RetiredPrefix => {
                "; live keys have begun with `Mileston_LIVE_` since May 2025: copy the current key from \
                 the Developers tab at business.mileston.co"
            }
            KeyErrorKind::ForbiddenCharacter { .. } => self.expected.alphabet(),
            KeyErrorKind::WrongKey { kind, mode } => self.expected.instead_of(kind, mode),
            KeyErrorKind::MalformedKey => self.expected.instead_of_a_key(),
            KeyErrorKind::NotAVariableName => {
                "; pass the name of the variable to `from_env` (letters, digits, `_`, `-`, `.`); if you \
                 have the key as text, use `parse`"
            }
        }
    }
}

#[cfg(test)]
mod tests {
    //! Tests the messages about a Normal key that may be public. The messages for browsers never occur on the targets
    //! that run the tests, so the tests create them directly.

    use super::*;

    /// Displays the end of the error message for a Normal key that may be public.
    struct Exposed(Option<&'static str>, bool);

    impl fmt::Display for Exposed {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            fmt_exposed(self.0, self.1, f)
        }
    }

    #[test]
    fn a_normal_key_that_may_be_public_must_be_replaced() {
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
    fn any_key_rejects_a_normal_key_in_a_browser() {
        let kind = KeyErrorKind::WrongKey { kind: KeyKind::Normal, mode: ModeName::Live };
        let said = KeyError::new(Expected::AnyKey, kind).to_string();
        assert!(
            said.ends_with(
                ", found a Normal key for live mode; a Normal key must never reach a browser: copy the Checkout key from \
                 the Developers tab at business.mileston.co",
            ),
            "{said}",
        );
    }
}
