//! Escapes and unescapes text for each part of a request.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::problem::Problem;
use crate::encode::{ESCAPED, is_cookie_octet, is_token};

/// The part of a request that contains a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Path,
    Query,
    Header,
    Cookie,
}

/// The characters that HTML forms escape, and the space, which [`form`] turns into `+`.
const FORM: &AsciiSet = &NON_ALPHANUMERIC.remove(b'*').remove(b'-').remove(b'.').remove(b'_');

/// The characters that are escaped with `allowReserved`. They include `%`, `+`, the characters that end or separate
/// values, and `[` and `]`, which RFC 3986 doesn't allow in a query.
const RESERVED: &AsciiSet = &FORM
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// The characters that are escaped with `allowReserved` if the parameter isn't exploded, because commas then separate
/// values.
const RESERVED_BUT_COMMAS: &AsciiSet = &RESERVED.add(b',');

/// How reserved characters are written in a query.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reserved {
    Escaped,
    Kept,
    KeptButCommas,
}

impl Place {
    /// Writes a string as a value in this part of a request.
    pub(super) fn value(self, text: &str, reserved: Reserved) -> Result<String, Problem> {
        match self {
            Place::Path => Ok(utf8_percent_encode(text, ESCAPED).to_string()),
            Place::Query => Ok(form(
                text,
                match reserved {
                    Reserved::Escaped => FORM,
                    Reserved::Kept => RESERVED,
                    Reserved::KeptButCommas => RESERVED_BUT_COMMAS,
                },
            )),
            Place::Header => header(text),
            Place::Cookie if text.bytes().all(is_cookie_octet) => Ok(text.to_owned()),
            Place::Cookie => Err(Problem::Character(
                "a cookie; use visible ASCII except `\"`, `,`, `;` and `\\`",
            )),
        }
    }

    /// Writes a string as the name of a parameter or property.
    pub(super) fn name(self, text: &str) -> Result<String, Problem> {
        match self {
            Place::Cookie if !text.bytes().all(is_token) => {
                Err(Problem::Character("the name of a cookie"))
            }
            _ => self.value(text, Reserved::Escaped),
        }
    }

    /// Reads text from this part of a request. Returns `None` if the decoded text isn't UTF-8.
    pub(super) fn read(self, text: &str) -> Option<Cow<'_, str>> {
        match self {
            Place::Path => percent_decode_str(text).decode_utf8().ok(),
            Place::Query if text.contains('+') => {
                let spaced = text.replace('+', " ");
                let decoded = percent_decode_str(&spaced).decode_utf8().ok()?;
                Some(Cow::Owned(decoded.into_owned()))
            }
            Place::Query => percent_decode_str(text).decode_utf8().ok(),
            Place::Header | Place::Cookie => Some(Cow::Borrowed(text)),
        }
    }
}

fn form(text: &str, set: &'static AsciiSet) -> String {
    utf8_percent_encode(text, set).to_string().replace("%20", "+")
}

fn header(text: &str) -> Result<String, Problem> {
    if !text.bytes().all(|byte| byte == b'\t' || (b' '..=b'~').contains(&byte)) {
        return Err(Problem::Character("a header; use visible ASCII, spaces and tabs"));
    }
    match text.trim_ascii() == text {
        true => Ok(text.to_owned()),
        false => Err(Problem::Space),
    }
}
