//! Makes strings safe for a terminal: limits their length, and replaces control characters.

/// The maximum number of characters in a line. Messages contain names from the document, and such
/// a name may be of any length.
const MAX_CHARACTERS: usize = 400;
/// How many characters are kept at the end of a longer line. The end distinguishes names with the
/// same beginning.
const LAST_CHARACTERS: usize = 100;
/// The maximum number of lines in a help message or note.
const MAX_LINES: usize = 60;

/// Returns a string on one line.
pub(crate) fn line(text: &str) -> String {
    short(text).chars().map(|each| if each == '\n' { '\u{240A}' } else { visible(each) }).collect()
}

/// Returns a string with its line breaks, cut off after the maximum number of lines.
pub(super) fn lines(text: &str) -> String {
    let mut all = text.split('\n');
    let mut lines: Vec<String> = all.by_ref().take(MAX_LINES).map(line).collect();
    let more = all.count();
    if more > 0 {
        lines.push(format!("… and {more} more lines"));
    }
    lines.join("\n")
}

/// Returns the string, or, if it is long, only its beginning and its end.
fn short(text: &str) -> String {
    let end = |count: usize| text.char_indices().nth(count).map(|(at, _)| at);
    let Some(first) = end(MAX_CHARACTERS).and(end(MAX_CHARACTERS - LAST_CHARACTERS)) else {
        return text.to_owned();
    };
    let last = text.char_indices().rev().nth(LAST_CHARACTERS - 1).map_or(first, |(at, _)| at);
    format!("{}…{}", &text[..first], &text[last..])
}

/// Returns a character, or the symbol for a control character.
pub(super) fn visible(character: char) -> char {
    match character {
        '\n' | '\t' => character,
        '\0'..='\x1F' => char::from_u32(0x2400 + u32::from(character)).unwrap_or('\u{FFFD}'),
        '\x7F' => '\u{2421}',
        '\u{80}'..='\u{9F}' => '\u{FFFD}',
        // Characters that change the text direction or end a line, and the invisible byte order
        // mark.
        '\u{61C}'
        | '\u{200E}'
        | '\u{200F}'
        | '\u{2028}'..='\u{202E}'
        | '\u{2066}'..='\u{2069}'
        | '\u{FEFF}' => '\u{FFFD}',
        _ => character,
    }
}

#[cfg(test)]
mod tests {
    use super::{line, lines};

    #[test]
    fn short_strings_are_unchanged() {
        assert_eq!(line("é\tx"), "é\tx");
        assert_eq!(lines("a\n  b"), "a\n  b");
        assert_eq!(line(&"é".repeat(400)), "é".repeat(400));
    }

    #[test]
    fn long_strings_keep_their_ends() {
        let text = line(&format!("a{}é", "b".repeat(1_000_000)));
        assert_eq!(text.chars().count(), 401);
        assert!(text.starts_with("abb") && text.contains("b…b") && text.ends_with("bbé"), "{text}");
        let text = lines(&"a\n".repeat(100));
        assert!(text.ends_with("a\na\n… and 41 more lines"), "{text}");
    }

    #[test]
    fn control_characters_are_replaced() {
        assert_eq!(line("a\x1b[2J\nb\u{9b}1m\u{202e}\x7f\r"), "a␛[2J␊b\u{FFFD}1m\u{FFFD}␡␍");
        assert_eq!(lines("a\n\x1bb"), "a\n␛b");
        let marks = "\u{61c}\u{200e}\u{200f}\u{2028}\u{2029}\u{202a}\u{2066}\u{2069}\u{feff}";
        assert_eq!(line(marks), "\u{FFFD}".repeat(9));
        // Right-to-left letters and the joiner inside an emoji are kept.
        assert_eq!(line("\u{5d0}\u{627}\u{200d}"), "\u{5d0}\u{627}\u{200d}");
    }
}
