//! Texts that are kept as reasons, within bounds.

/// The most reasons that are kept, and the most characters of each.
pub(super) const MOST_MESSAGES: usize = 100;
pub(super) const LONGEST_MESSAGE: usize = 4096;

/// Returns the start of a text, unless the text is empty.
pub(super) fn kept(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.chars().take(LONGEST_MESSAGE).collect())
}

/// Returns whether it is prose, and not a page or truncated JSON.
pub(super) fn is_prose(text: &str) -> bool {
    !text.trim_start().starts_with(['<', '{', '[', '"'])
}
