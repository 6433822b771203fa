//! Finds mistakes that can occur in an address of any family: extra characters from copying, or an unsupported notation.

use mileston_keys::is_invisible;

use super::error::{AddressError, Problem};

const EMPTY: &str = "not an address: the text is empty or only whitespace";
const BYTE_ORDER_MARK: &str = "not an address: there is a byte order mark before the address; save the file as UTF-8 without \
                               a byte order mark";
const WHITESPACE: &str = "not an address: there is whitespace, such as a line break, before or after the address; remove \
                          the whitespace";
const QUOTES: &str = "not an address: there is a quotation mark before or after the address; remove the quotation marks";
const UPPER_CASE_PREFIX: &str = "not an address: it begins with `0X`; write `0x`";
const URI: &str = "not an address: the text is a URI, such as `ethereum:0x…`, or has a label before the address; keep only \
                   the address";
const ICAP: &str = "not an address: it is in ICAP notation (`XE…`), which the platform does not document; write it as `0x` \
                    and 40 hexadecimal digits";
const NAME: &str =
    "not an address: it is a name, such as an ENS name; resolve it to an address first";
const SHORTENED: &str = "not an address: it is shortened with dots; copy the whole address";
const SEVERAL: &str =
    "not an address: it has extra text, such as a comma or a second column; keep only the address";
const NO_PREFIX: &str =
    "not an address: it has hexadecimal digits without `0x`; write `0x` before them";

/// Rejects text with a mistake that can occur in an address of any family. The error says what is wrong.
pub(super) fn check(text: &str) -> Result<(), AddressError> {
    if text.starts_with('\u{feff}') {
        return Err(AddressError::text(BYTE_ORDER_MARK));
    }
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Err(AddressError::text(EMPTY));
    }
    if trimmed.len() < text.len() {
        return Err(AddressError::text(WHITESPACE));
    }
    characters(text)?;
    match notation(text) {
        Some(problem) => Err(AddressError::text(problem)),
        None => Ok(()),
    }
}

/// Rejects text that begins or ends with a quotation mark, or that contains an ellipsis, `..` or a character outside
/// ASCII.
fn characters(text: &str) -> Result<(), AddressError> {
    let is_quote = |character: char| matches!(character, '"' | '\'' | '`' | '“' | '”' | '‘' | '’');
    if text.starts_with(is_quote) || text.ends_with(is_quote) {
        return Err(AddressError::text(QUOTES));
    }
    if text.contains('…') || text.contains("..") {
        return Err(AddressError::text(SHORTENED));
    }
    match text.char_indices().find(|(_, character)| !character.is_ascii()) {
        None => Ok(()),
        Some((at, character)) if is_invisible(character) => {
            Err(AddressError::of(Problem::Invisible { at: at + 1 }))
        }
        Some((at, _)) => Err(AddressError::of(Problem::NotAscii { at: at + 1 })),
    }
}

fn notation(text: &str) -> Option<&'static str> {
    let is_separator = |character: char| {
        matches!(character, ',' | ';' | '|' | '=' | '(' | ')' | '[' | ']' | '<' | '>')
            || character.is_whitespace()
    };
    let is_hexadecimal = text.bytes().all(|byte| byte.is_ascii_hexdigit());
    match text {
        _ if text.starts_with("0X") => Some(UPPER_CASE_PREFIX),
        _ if text.contains(is_separator) => Some(SEVERAL),
        _ if text.contains([':', '/', '@']) => Some(URI),
        _ if text.ends_with('.') => Some(SEVERAL),
        _ if text.contains('.') => Some(NAME),
        _ if is_hexadecimal && matches!(text.len(), 40 | 64) => Some(NO_PREFIX),
        _ if is_icap(text) => Some(ICAP),
        _ => None,
    }
}

/// Returns whether the text is an ICAP address: `XE`, two check digits, and 30 or 31 letters and digits in upper case,
/// as in an IBAN.
fn is_icap(text: &str) -> bool {
    let rest = text.strip_prefix("XE").filter(|rest| matches!(rest.len(), 32 | 33));
    rest.is_some_and(|rest| {
        rest.bytes().take(2).all(|byte| byte.is_ascii_digit())
            && rest.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())
    })
}
