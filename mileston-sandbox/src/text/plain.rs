//! Escapes control characters and invisible characters.

use std::borrow::Cow;

/// Invisible characters that Unicode classifies as letters or marks: fillers and variation selectors.
const INVISIBLE: [std::ops::RangeInclusive<char>; 8] = [
    '\u{34f}'..='\u{34f}',
    '\u{115f}'..='\u{1160}',
    '\u{17b4}'..='\u{17b5}',
    '\u{180b}'..='\u{180f}',
    '\u{3164}'..='\u{3164}',
    '\u{fe00}'..='\u{fe0f}',
    '\u{ffa0}'..='\u{ffa0}',
    '\u{e0100}'..='\u{e01ef}',
];

/// Returns whether a character is visible and harmless: not a control character (C0, DEL, C1), and not a character that
/// controls or hides text, such as a line separator, a bidirectional override, a zero-width space or a tag
/// character. A space is plain; other whitespace isn't.
pub(crate) fn is_plain(character: char) -> bool {
    if character.is_ascii() {
        return matches!(character, ' '..='~');
    }
    // `escape_debug` keeps a combining mark that follows a letter, and escapes characters that can't be printed.
    let after_letter = String::from_iter(['a', character]);
    let printable = after_letter.escape_debug().nth(1) == Some(character);
    printable && !INVISIBLE.iter().any(|range| range.contains(&character))
}

/// Returns the text on one line, with an escape such as `\n` or `\u{1b}` for everything that isn't plain.
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    written_out(text, is_plain)
}

/// Returns the text with its line breaks. Everything else that isn't plain is escaped.
pub(crate) fn lines(text: &str) -> Cow<'_, str> {
    written_out(text, |character| character == '\n' || is_plain(character))
}

fn written_out(text: &str, stays: impl Fn(char) -> bool) -> Cow<'_, str> {
    if text.chars().all(&stays) {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        match character {
            character if stays(character) => plain.push(character),
            character => plain.extend(character.escape_default()),
        }
    }
    Cow::Owned(plain)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn control_and_invisible_characters_are_escaped() {
        let text = "a\u{1b}[2J\r\n\t\u{3}\u{7f}\u{9b}\u{85}";
        assert_eq!(plain(text), r"a\u{1b}[2J\r\n\t\u{3}\u{7f}\u{9b}\u{85}");
        for character in [
            '\u{a0}',
            '\u{ad}',
            '\u{34f}',
            '\u{61c}',
            '\u{115f}',
            '\u{180e}',
            '\u{200b}',
            '\u{200d}',
            '\u{200e}',
            '\u{202a}',
            '\u{202e}',
            '\u{2028}',
            '\u{2029}',
            '\u{2060}',
            '\u{2066}',
            '\u{2069}',
            '\u{3000}',
            '\u{3164}',
            '\u{e000}',
            '\u{fe0f}',
            '\u{feff}',
            '\u{fff9}',
            '\u{ffff}',
            '\u{e0001}',
            '\u{e0041}',
            '\u{e007f}',
            '\u{e0100}',
        ] {
            let number = format!("\\u{{{:x}}}", u32::from(character));
            assert_eq!(plain(&format!("x{character}y")), format!("x{number}y"));
        }
    }

    #[test]
    fn visible_characters_are_not_escaped() {
        for text in ["", "It's 100 % \\ \"fine\"", "Größe 価格 ¥ 🦀", "e\u{301}", "हिन्दी", "שלום"]
        {
            assert_eq!(plain(text), text);
        }
        assert_eq!(lines("a\nb\tc"), "a\nb\\tc");
    }

    proptest! {
        #[test]
        fn no_control_character_is_left(text in any::<String>()) {
            prop_assert!(plain(&text).chars().all(|c| is_plain(c) && !c.is_control()));
            prop_assert!(!lines(&text).chars().any(|c| c != '\n' && c.is_control()));
        }
    }
}
