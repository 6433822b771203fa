//! Texts of any length, from the platform.

/// How many characters of a text the page shows. The layout of a very long one would stop the browser for seconds.
const LONGEST: usize = 500;

/// Cuts a text that is too long, and marks the cut with an ellipsis.
pub(super) fn cut(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(LONGEST) {
        text.truncate(end);
        text.push('…');
    }
    text
}
