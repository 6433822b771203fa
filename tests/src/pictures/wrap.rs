//! Breaks long lines between words, with a hanging indent.

/// Breaks each line that is wider than `width` columns. The continuation lines are indented to the start of the text,
/// for example to the column after `= note: ` in a compiler message.
///
/// ANSI escape sequences count as zero columns. A word that is too long for a line gets its own
/// line.
#[must_use]
pub fn wrap(text: &str, width: usize) -> String {
    text.lines().map(|line| wrap_line(line, width) + "\n").collect()
}

fn wrap_line(line: &str, width: usize) -> String {
    let indent = hanging(line);
    let (mut wrapped, mut column) = (String::new(), 0);
    for word in line.split_inclusive(' ') {
        let wide = columns(word);
        if column > indent && column + columns(word.trim_end()) > width {
            wrapped.truncate(wrapped.trim_end_matches(' ').len());
            wrapped.push('\n');
            wrapped.push_str(&" ".repeat(indent));
            column = indent;
        }
        wrapped.push_str(word);
        column += wide;
    }
    wrapped
}

/// Returns the column where the text of a line begins: after spaces, and after a label such as `= note: `.
fn hanging(line: &str) -> usize {
    let plain = plain(line);
    let spaces = plain.len() - plain.trim_start_matches(' ').len();
    let label = plain[spaces..].strip_prefix("= ").and_then(|rest| rest.split_once(": "));
    spaces + label.map_or(0, |(label, _)| "= ".len() + label.len() + ": ".len())
}

/// Returns the number of columns that a string takes.
fn columns(text: &str) -> usize {
    plain(text).chars().count()
}

/// Returns the text without its escape sequences for colours (`ESC [ … m`).
fn plain(text: &str) -> String {
    let mut parts = text.split('\x1b');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    plain.extend(parts.map(|part| part.split_once('m').map_or("", |(_, rest)| rest)));
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_fit_are_kept() {
        assert_eq!(wrap("one\n\n  two", 5), "one\n\n  two\n");
    }

    #[test]
    fn a_long_line_continues_below_its_text() {
        assert_eq!(wrap("  = note: one two three", 17), "  = note: one two\n          three\n");
        assert_eq!(wrap("   one two", 7), "   one\n   two\n");
    }

    #[test]
    fn colours_count_as_zero_columns() {
        assert_eq!(wrap("\x1b[1mone\x1b[0m two", 7), "\x1b[1mone\x1b[0m two\n");
        assert_eq!(wrap("\x1b[1mone\x1b[0m two", 6), "\x1b[1mone\x1b[0m\ntwo\n");
    }

    #[test]
    fn a_long_word_gets_its_own_line() {
        assert_eq!(wrap("a verylongword b", 6), "a\nverylongword\nb\n");
    }
}
