//! Wraps text between words.

/// The maximum length of a line.
const WIDTH: usize = 100;

/// Returns the wrapped lines of `text`, each with the indent. A word that is longer than a line gets its own line.
pub(crate) fn wrap(text: &str, indent: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let length = indent + line.chars().count() + 1 + word.chars().count();
        if !line.is_empty() && length > WIDTH {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
    lines.iter().map(|line| format!("{:indent$}{line}", "")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words_and_stay_within_the_width() {
        let text = "0123456789 ".repeat(30);
        let lines = wrap(&text, 6);
        assert!(lines.iter().all(|line| line.len() <= WIDTH && line.starts_with("      0")));
        assert_eq!(lines.join(" ").split_whitespace().count(), 30);
    }

    #[test]
    fn a_word_that_is_too_long_is_not_broken() {
        let word = "x".repeat(200);
        assert_eq!(wrap(&format!("a {word} b"), 0), ["a", word.as_str(), "b"]);
        assert_eq!(wrap("", 2), ["  "]);
    }
}
