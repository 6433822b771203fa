//! Limits the length of strings from the platform.

/// The maximum number of characters that the page shows. A very long string would freeze the browser for seconds.
const LONGEST: usize = 500;

/// Truncates a string that is too long, and adds an ellipsis.
pub(super) fn cut(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(LONGEST) {
        text.truncate(end);
        text.push('…');
    }
    text
}
