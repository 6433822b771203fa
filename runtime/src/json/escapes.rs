//! Decodes strings with escapes.

use std::borrow::Cow;

/// Why a string can't be decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Undecodable {
    /// The text isn't JSON.
    Malformed,
    /// An escape is half of a surrogate pair, which is valid JSON but not valid text.
    ///
    /// JavaScript writes half a pair if a string was cut in the middle of an emoji.
    LoneSurrogate,
}

/// Returns the content of a JSON string. `quoted` includes the quotation marks.
pub(super) fn decoded(quoted: &str) -> Result<Cow<'_, str>, Undecodable> {
    read(quoted, None)
}

/// Does the same as [`decoded`], but replaces each unpaired surrogate with U+FFFD, as UTF-16 decoders do.
pub(super) fn decoded_lossily(quoted: &str) -> Result<Cow<'_, str>, Undecodable> {
    read(quoted, Some(char::REPLACEMENT_CHARACTER))
}

fn read(quoted: &str, replacement: Option<char>) -> Result<Cow<'_, str>, Undecodable> {
    let inside = quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let mut rest = inside.ok_or(Undecodable::Malformed)?;
    if !rest.contains('\\') {
        return Ok(Cow::Borrowed(rest));
    }
    let mut text = String::with_capacity(rest.len());
    while let Some((plain, escape)) = rest.split_once('\\') {
        text.push_str(plain);
        let mut letters = escape.chars();
        let letter = letters.next().ok_or(Undecodable::Malformed)?;
        rest = letters.as_str();
        text.push(match letter {
            '"' | '\\' | '/' => letter,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => match character(&mut rest)?.or(replacement) {
                Some(character) => character,
                None => return Err(Undecodable::LoneSurrogate),
            },
            _ => return Err(Undecodable::Malformed),
        });
    }
    text.push_str(rest);
    Ok(Cow::Owned(text))
}

/// Reads the digits after `\u`, and a second escape if the first is half of a pair. Returns `None` if the other half is
/// missing.
fn character(rest: &mut &str) -> Result<Option<char>, Undecodable> {
    let (first, after) = unit(rest)?;
    *rest = after;
    if let Some(after) = after.strip_prefix("\\u")
        && let Some(high) = first.checked_sub(0xD800).filter(|high| *high < 0x400)
    {
        let (second, after) = unit(after)?;
        if let Some(low) = second.checked_sub(0xDC00).filter(|low| *low < 0x400) {
            *rest = after;
            return Ok(char::from_u32(0x10000 + (high << 10) + low));
        }
    }
    Ok(char::from_u32(first))
}

/// Returns the code unit that four digits represent, and the text after them.
fn unit(text: &str) -> Result<(u32, &str), Undecodable> {
    let mut letters = text.chars();
    let mut unit = 0;
    for _ in 0..4 {
        let digit = letters.next().and_then(|letter| letter.to_digit(16));
        unit = unit * 16 + digit.ok_or(Undecodable::Malformed)?;
    }
    Ok((unit, letters.as_str()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_lone_surrogate_is_replaced_or_rejected() {
        for (quoted, replaced) in [
            (r#""a\ud83d""#, "a\u{fffd}"),
            (r#""\ude00\ud83d\ud83d\ude00\\ud83d""#, "\u{fffd}\u{fffd}😀\\ud83d"),
            (r#""\ud83d\u0041""#, "\u{fffd}A"),
            (r#""\ud83dx""#, "\u{fffd}x"),
        ] {
            assert_eq!(decoded(quoted), Err(Undecodable::LoneSurrogate), "{quoted}");
            assert_eq!(decoded_lossily(quoted).unwrap(), replaced);
        }
    }

    #[test]
    fn text_that_is_not_json_is_rejected() {
        for quoted in
            ["", "\"", "\"a", r#""\""#, r#""\x""#, r#""\u12""#, r#""\u+123""#, r#""\ud83d\uzzzz""#]
        {
            assert_eq!(decoded(quoted), Err(Undecodable::Malformed), "{quoted}");
            assert_eq!(decoded_lossily(quoted), Err(Undecodable::Malformed), "{quoted}");
        }
    }

    proptest! {
        #[test]
        fn strings_are_decoded_as_by_serde_json(inside in r#"([a-z é😀]|\\["\\/bfnrtux]|\\u[0-9a-fA-F]{4}|\\ud83d\\ude0[0-9]){0,8}"#) {
            let quoted = format!("\"{inside}\"");
            let expected = serde_json::from_str::<String>(&quoted).ok();
            prop_assert_eq!(decoded(&quoted).ok().map(String::from), expected, "{}", quoted);
        }
    }
}
