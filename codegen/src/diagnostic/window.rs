//! Prepares a line for display: in full, or, if it is long, only the parts around its marks.

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

use super::plain::visible;

/// The maximum length of a line that is shown in full, in characters.
const WHOLE: usize = 200;
/// How many characters are shown before and after a mark.
const AROUND: usize = 40;
/// How many characters of a mark are shown.
const MARK: usize = 80;
/// How many combining marks stay with their letter.
const MAX_COMBINED: usize = 8;

/// A line as it is displayed.
pub(super) struct Shown {
    pub(super) text: String,
    /// The ranges of the marks in `text`, in the order in which the caller passed the marks.
    pub(super) marks: Vec<Range<usize>>,
}

/// Cuts a line down to the parts around its marks, which are byte ranges.
pub(super) fn cut(line: &str, marks: &[Range<usize>]) -> Shown {
    let pieces = pieces(line, marks);
    let mut shown = Shown { text: String::new(), marks: vec![0..0; marks.len()] };
    let mut end = 0;
    for piece in pieces {
        if piece.start > end {
            shown.text.push('…');
        }
        for (mark, to) in marks.iter().zip(&mut shown.marks) {
            if piece.start <= mark.start && mark.start <= piece.end {
                let before = shown.text.len() + length(&line[piece.start..mark.start]);
                let inside = &line[mark.start..mark.end.min(piece.end)];
                *to = before..before + length(inside);
            }
        }
        shown.text.extend(line[piece.clone()].chars().map(visible));
        end = piece.end;
    }
    if end < line.len() {
        shown.text.push('…');
    }
    shown
}

/// Returns the parts of a line that are shown, in order and without overlap.
fn pieces(line: &str, marks: &[Range<usize>]) -> Vec<Range<usize>> {
    if line.chars().nth(WHOLE).is_none() {
        return std::iter::once(0..line.len()).collect();
    }
    let around = |mark: &Range<usize>| {
        let whole = forward(line, mark.start, MARK) >= mark.end;
        let end =
            if whole { forward(line, mark.end, AROUND) } else { forward(line, mark.start, MARK) };
        back(line, mark.start, AROUND)..end
    };
    let mut all: Vec<_> = marks.iter().map(around).collect();
    if all.is_empty() {
        all.push(0..forward(line, 0, WHOLE));
    }
    all.sort_by_key(|piece| piece.start);
    all.into_iter().fold(Vec::<Range<usize>>::new(), |mut apart, piece| {
        match apart.last_mut() {
            Some(last) if piece.start <= last.end => last.end = last.end.max(piece.end),
            _ => apart.push(piece),
        }
        apart
    })
}

/// Returns the byte position `count` characters before `from`. A combining mark stays with its
/// letter.
fn back(line: &str, from: usize, count: usize) -> usize {
    let mut before = line[..from].char_indices().rev().skip(count.saturating_sub(1));
    let mut at = before.next().map_or(0, |(at, _)| at);
    for (next, _) in before.take(MAX_COMBINED) {
        if !line[at..].starts_with(has_no_width) {
            break;
        }
        at = next;
    }
    at
}

/// Returns the byte position `count` characters after `from`. A combining mark stays with its
/// letter.
fn forward(line: &str, from: usize, count: usize) -> usize {
    let mut after = line[from..].char_indices().skip(count);
    let at = after.by_ref().take(MAX_COMBINED).find(|(_, each)| !has_no_width(*each));
    at.or_else(|| after.next()).map_or(line.len(), |(at, _)| from + at)
}

fn has_no_width(character: char) -> bool {
    character.width() == Some(0)
}

/// Returns the length in bytes of a string as it is displayed.
fn length(text: &str) -> usize {
    text.chars().map(|each| visible(each).len_utf8()).sum()
}

#[cfg(test)]
mod tests {
    use super::cut;

    /// Checks how a line with `<` and `>` around each mark is shown.
    #[track_caller]
    fn check(marked: &str, expected: &str) {
        let (mut line, mut marks) = (String::new(), Vec::new());
        for each in marked.chars() {
            match each {
                '<' => marks.push(line.len()..line.len()),
                '>' => marks.iter_mut().rev().take(1).for_each(|mark| mark.end = line.len()),
                _ => line.push(each),
            }
        }
        let shown = cut(&line, &marks);
        let mut text = shown.text.clone();
        for mark in shown.marks.iter().rev() {
            text.insert(mark.end, '>');
            text.insert(mark.start, '<');
        }
        assert_eq!(text, expected);
    }

    #[test]
    fn short_lines_are_unchanged() {
        check("é <a> b", "é <a> b");
        check(&format!("<{}>", "é".repeat(200)), &format!("<{}>", "é".repeat(200)));
    }

    #[test]
    fn long_lines_are_cut_around_their_marks() {
        let (x, y) = ("é".repeat(300), "y".repeat(40));
        check(&format!("{x}{y}<ß>{y}{x}"), &format!("…{y}<ß>{y}…"));
        check(&format!("a<ß>{y}{x}"), &format!("a<ß>{y}…"));
        check(&format!("{x}{y}<>"), &format!("…{y}<>"));
        check(&format!("<a>{x}{y}<b>"), &format!("<a>{}…{y}<b>", "é".repeat(40)));
        check(&format!("<a>{y}{y}<b>{x}"), &format!("<a>{y}{y}<b>{}…", "é".repeat(40)));
    }

    #[test]
    fn long_marks_are_cut_off() {
        let x = "x".repeat(300);
        check(&format!("{x}<{x}>"), &format!("…{}<{}>…", "x".repeat(40), "x".repeat(80)));
        let inner = format!("<{x}>{x}");
        check(&inner, &format!("<{}>…", "x".repeat(80)));
    }

    #[test]
    fn letters_keep_their_combining_marks() {
        let x = "x".repeat(300);
        let y = "y".repeat(38);
        // The 40 characters before the mark are the `\u{301}` of an `e` and 39 others.
        check(&format!("{x}e\u{301}z{y}<a>"), &format!("…e\u{301}z{y}<a>"));
        check(&format!("<a>{y}ze\u{301}\u{302}{x}"), &format!("<a>{y}ze\u{301}\u{302}…"));
        let marks = "\u{301}".repeat(1_000_000);
        let mark: Vec<_> = std::iter::once(2_000_000..2_000_001).collect();
        assert!(cut(&format!("{marks}a{marks}"), &mark).text.len() < 500);
    }

    #[test]
    fn control_characters_are_shown_as_symbols() {
        check("\u{9b}<\u{9b}\x1b>", "\u{FFFD}<\u{FFFD}␛>");
    }
}
