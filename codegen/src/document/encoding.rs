//! Decodes the bytes of a document, which must be UTF-8, with or without a byte order mark.

use std::str;

use crate::{Diagnostic, Diagnostics, Span};

pub(super) const BYTE_ORDER_MARK: char = '\u{FEFF}';

const CODE: &str = "document-encoding";
const HELP: &str = "save it as UTF-8";

/// Decodes the bytes of a document, such as a file's contents. A UTF-8 byte order mark is kept, and
/// `Document::parse` skips it.
///
/// # Errors
///
/// Returns an error if the bytes are UTF-16, UTF-32 or otherwise not UTF-8. The error names UTF-16
/// or UTF-32, or shows the first invalid byte with its position.
///
/// # Example
///
/// ```
/// let mistakes = openapi_keys::decode("openapi.yaml", b"\xFF\xFEo\0p\0").unwrap_err();
/// assert!(mistakes.to_string().contains("is in UTF-16"));
/// ```
pub fn decode<'b>(name: &str, bytes: &'b [u8]) -> Result<&'b str, Diagnostics> {
    let fail = |text: &str, mistake| Diagnostics::new(name, text, vec![mistake]);
    if let Some(mistake) = wide(bytes) {
        return Err(fail("", mistake));
    }
    str::from_utf8(bytes).map_err(|error| {
        let (before, after) = bytes.split_at(error.valid_up_to());
        let byte = after.first().copied().unwrap_or_default();
        // The invalid byte is shown as a replacement character, as in editors.
        let line =
            String::from_utf8_lossy(after.split(|&byte| byte == b'\n').next().unwrap_or(&[]));
        let text = format!("{}{line}", String::from_utf8_lossy(before));
        let at = Span::new(before.len(), before.len() + char::REPLACEMENT_CHARACTER.len_utf8());
        let message = format!("the document is not UTF-8: it contains the byte 0x{byte:02X}");
        fail(&text, Diagnostic::new(CODE, message).label(at, "the first invalid byte").help(HELP))
    })
}

/// Returns the error for UTF-16 or UTF-32, with or without a byte order mark.
pub(super) fn wide(bytes: &[u8]) -> Option<Diagnostic> {
    let name = match bytes {
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => "UTF-32",
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => "UTF-16",
        [0, 0, 0, 1..=0xFF, ..] | [1..=0xFF, 0, 0, 0, ..] => "UTF-32",
        [0, 1..=0xFF, 0, ..] | [1..=0xFF, 0, 1..=0xFF, 0, ..] => "UTF-16",
        _ => return None,
    };
    let message = format!("the document is in {name}, but only UTF-8 can be read");
    Some(Diagnostic::new(CODE, message).help(HELP))
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[track_caller]
    fn refused(bytes: &[u8], expected: &str) {
        let text = decode("a.yaml", bytes).map_err(|mistakes| mistakes.to_string());
        assert!(text.as_ref().is_err_and(|text| text.contains(expected)), "{text:?}");
    }

    #[test]
    fn utf_8_is_read_with_and_without_a_mark() {
        for text in ["", "a: é\n", "\u{FEFF}a: 1\n", "\0"] {
            assert_eq!(decode("a.yaml", text.as_bytes()).map_err(|it| it.to_string()), Ok(text));
        }
    }

    #[test]
    fn other_encodings_are_named() {
        let wide = |units: fn(u16) -> [u8; 2], mark: bool| {
            let mark = if mark { "\u{FEFF}" } else { "" };
            let text = format!("{mark}openapi: 3.0.3");
            text.encode_utf16().flat_map(units).collect::<Vec<u8>>()
        };
        for mark in [true, false] {
            refused(&wide(u16::to_le_bytes, mark), "the document is in UTF-16");
            refused(&wide(u16::to_be_bytes, mark), "the document is in UTF-16");
        }
        let utf_32: Vec<u8> = "{\"a\"".chars().flat_map(|it| u32::from(it).to_le_bytes()).collect();
        refused(&utf_32, "the document is in UTF-32");
        refused(b"a: b\nc: \xE9t\xE9\n", "it contains the byte 0xE9");
        refused(b"a: b\nc: \xE9t\xE9\n", "--> a.yaml:2:4");
        refused(b"a: \xC3", "--> a.yaml:1:4");
    }
}
