//! Limits the number and length of reasons, and recognises prose.

/// The maximum number of reasons that are kept.
pub(super) const MAX_MESSAGES: usize = 100;

/// The maximum number of characters that are kept from each reason, including the name of its field.
pub(super) const LONGEST_MESSAGE: usize = 4096;

/// Returns the start of the text, or `None` if it is empty.
pub(super) fn kept(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.chars().take(LONGEST_MESSAGE).collect())
}

/// Returns whether the text is prose. HTML and truncated JSON aren't prose.
pub(super) fn is_prose(text: &str) -> bool {
    !text.trim_start().starts_with(['<', '{', '[', '"'])
}
