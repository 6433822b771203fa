//! Texts of a message as a terminal may show them: of a bounded length, and without characters that steer it.

/// Characters of one line: names of the document are in messages, and may be of any length.
const MOST_CHARACTERS: usize = 400;
/// Characters that stay at the end of a longer one, to tell names apart that begin alike.
const LAST_CHARACTERS: usize = 100;
/// Lines of a help or note.
const MOST_LINES: usize = 60;

/// A text on one line.
pub(crate) fn line(text: &str) -> String {
    short(text).chars().map(|each| if each == '\n' { '\u{240A}' } else { visible(each) }).collect()
}

/// A text of several lines.
pub(super) fn lines(text: &str) -> String {
    let mut all = text.split('\n');
    let mut lines: Vec<String> = all.by_ref().take(MOST_LINES).map(line).collect();
    let more = all.count();
    if more > 0 {
        lines.push(format!("… and {more} more lines"));
    }
    lines.join("\n")
}

/// A text, or its two ends.
fn short(text: &str) -> String {
    let end = |count: usize| text.char_indices().nth(count).map(|(at, _)| at);
    let Some(first) = end(MOST_CHARACTERS).and(end(MOST_CHARACTERS - LAST_CHARACTERS)) else {
        return text.to_owned();
    };
    let last = text.char_indices().rev().nth(LAST_CHARACTERS - 1).map_or(first, |(at, _)| at);
    format!("{}…{}", &text[..first], &text[last..])
}

/// A character, or a picture of one that would steer a terminal.
pub(super) fn visible(character: char) -> char {
    match character {
        '\n' | '\t' => character,
        '\0'..='\x1F' => char::from_u32(0x2400 + u32::from(character)).unwrap_or('\u{FFFD}'),
        '\x7F' => '\u{2421}',
        '\u{80}'..='\u{9F}' => '\u{FFFD}',
        // What changes the direction or ends a line, and the byte order mark, which nobody sees.
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
    fn short_texts_stay() {
        assert_eq!(line("é\tx"), "é\tx");
        assert_eq!(lines("a\n  b"), "a\n  b");
        assert_eq!(line(&"é".repeat(400)), "é".repeat(400));
    }

    #[test]
    fn long_ones_keep_their_ends() {
        let text = line(&format!("a{}é", "b".repeat(1_000_000)));
        assert_eq!(text.chars().count(), 401);
        assert!(text.starts_with("abb") && text.contains("b…b") && text.ends_with("bbé"), "{text}");
        let text = lines(&"a\n".repeat(100));
        assert!(text.ends_with("a\na\n… and 41 more lines"), "{text}");
    }

    #[test]
    fn nothing_steers_a_terminal() {
        assert_eq!(line("a\x1b[2J\nb\u{9b}1m\u{202e}\x7f\r"), "a␛[2J␊b\u{FFFD}1m\u{FFFD}␡␍");
        assert_eq!(lines("a\n\x1bb"), "a\n␛b");
        let marks = "\u{61c}\u{200e}\u{200f}\u{2028}\u{2029}\u{202a}\u{2066}\u{2069}\u{feff}";
        assert_eq!(line(marks), "\u{FFFD}".repeat(9));
        // Letters that are written from right to left, and the joiner within an emoji, stay.
        assert_eq!(line("\u{5d0}\u{627}\u{200d}"), "\u{5d0}\u{627}\u{200d}");
    }
}
