//! Writes the first paragraphs of an operation's documentation, without repetition.

use super::{one_line, sentence};

/// Returns the summary and the description. If the first sentence of the description repeats the
/// summary, returns only the description.
pub(crate) fn opening(summary: &str, description: &str) -> String {
    let (summary, description) = (sentence(summary), description.trim());
    match (summary.is_empty(), description.is_empty()) {
        (_, true) => summary,
        (true, false) => sentence(description),
        _ if repeats(&summary, first_sentence(description)) => sentence(description),
        _ => format!("{summary}\n\n{}", sentence(description)),
    }
}

/// Returns a sentence that says what an operation does. This is usually the summary. If the summary
/// is empty, or the first sentence of the description repeats it, returns that first sentence
/// instead. Its verb usually has the form for documentation: "Creates", not "Create".
pub(crate) fn headline(summary: &str, description: &str) -> String {
    let (summary, first) = (one_line(summary), one_line(first_sentence(description.trim())));
    if summary.is_empty() || repeats(&summary, &first) { first } else { summary }
}

/// Returns the text up to the first full stop that is followed by whitespace, or up to the first
/// empty line.
pub(crate) fn first_sentence(text: &str) -> &str {
    let paragraph = text.split("\n\n").next().unwrap_or_default();
    let mut ends = paragraph.match_indices('.').map(|(at, _)| at + 1);
    let end = ends.find(|at| paragraph[*at..].starts_with(char::is_whitespace));
    &paragraph[..end.unwrap_or(paragraph.len())]
}

/// Returns whether a sentence has the same first word as the summary, and contains all of the
/// summary's words in the same order.
fn repeats(summary: &str, sentence: &str) -> bool {
    let (wanted, found) = (words(summary), words(sentence));
    let mut found_words = found.iter();
    wanted.first() == found.first() && wanted.iter().all(|word| found_words.any(|it| it == word))
}

/// Returns the words without articles, punctuation and endings, so that `Lists` and `list` are the
/// same.
fn words(text: &str) -> Vec<String> {
    let words = text.split(|each: char| !each.is_alphanumeric()).map(str::to_lowercase);
    let kept = words.filter(|word| !["", "a", "an", "the"].contains(&word.as_str()));
    kept.map(|word| stem(&word)).collect()
}

/// Returns a word's stem. A stem isn't always a word itself, but a word has the same stem with and
/// without a final `s` or `es`.
fn stem(word: &str) -> String {
    let word = word.strip_suffix('s').unwrap_or(word);
    let word = word.strip_suffix('e').unwrap_or(word);
    match word.strip_suffix('y') {
        Some(rest) => format!("{rest}i"),
        None => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{headline, opening};

    #[track_caller]
    fn check(summary: &str, description: &str, expected: &str) {
        assert_eq!(opening(summary, description), expected);
    }

    #[test]
    fn a_summary_that_the_description_repeats_is_left_out() {
        for (summary, description) in [
            ("Create a payment link", "Creates a payment link. Its address is in the response."),
            ("List payment links", "Lists the payment links of the business."),
            ("Fetch an invoice.", "Fetches an invoice,\nby its id. Nothing else."),
            ("Verify a payment", "Verifies a payment"),
            ("The status", "Status. Always `ok`."),
        ] {
            let expected = if description.ends_with('.') {
                description.to_owned()
            } else {
                format!("{description}.")
            };
            check(summary, description, &expected);
        }
    }

    #[test]
    fn a_different_summary_is_kept() {
        for (summary, description) in [
            ("Create a payment link", "Its address is in the response. Creates a payment link."),
            ("Delete an invoice", "Deletes it."),
            ("Send version 1.2 home", "Sends version 1. Then 2 goes home."),
        ] {
            check(summary, description, &format!("{summary}.\n\n{description}"));
        }
    }

    #[test]
    fn a_headline_prefers_the_wording_of_the_description() {
        for (summary, description, expected) in [
            ("Create a link", "Creates a\nlink. It is in the response.", "Creates a link."),
            ("Delete an invoice", "Deletes it.", "Delete an invoice."),
            ("", "Creates a book. Twice.", "Creates a book."),
            ("Create a book", "", "Create a book."),
            ("", "", ""),
        ] {
            assert_eq!(headline(summary, description), expected);
        }
    }

    #[test]
    fn summary_or_description_alone_is_enough() {
        check("Create a book", "", "Create a book.");
        check("", "Creates a book.\n", "Creates a book.");
        check("", "", "");
    }
}
