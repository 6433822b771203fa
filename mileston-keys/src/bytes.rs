//! Compares text. The functions are `const` so that they can run at compile time, and work on bytes
//! because few methods of `str` are `const`.

/// Returns the text after `start`, or `None` if the text doesn't begin with it.
pub(crate) const fn after<'a>(mut text: &'a [u8], mut start: &[u8]) -> Option<&'a [u8]> {
    while let [wanted, others @ ..] = start {
        match text {
            [found, rest @ ..] if *found == *wanted => text = rest,
            _ => return None,
        }
        start = others;
    }
    Some(text)
}

/// Like [`after`], but ignores case.
pub(crate) const fn after_ignoring_case<'a>(
    mut text: &'a [u8],
    mut start: &[u8],
) -> Option<&'a [u8]> {
    while let [wanted, others @ ..] = start {
        match text {
            [found, rest @ ..] if found.eq_ignore_ascii_case(wanted) => text = rest,
            _ => return None,
        }
        start = others;
    }
    Some(text)
}

/// Returns whether the text begins with `start`, ignoring case.
pub(crate) const fn begins_with(text: &[u8], start: &[u8]) -> bool {
    after_ignoring_case(text, start).is_some()
}

pub(crate) const fn is_alphanumeric(mut text: &[u8]) -> bool {
    while let [byte, rest @ ..] = text {
        if !byte.is_ascii_alphanumeric() {
            return false;
        }
        text = rest;
    }
    true
}

/// Returns the text before and after the first byte that equals `at`.
pub(crate) const fn split_once(text: &[u8], at: u8) -> Option<(&[u8], &[u8])> {
    let mut rest = text;
    let mut position = 0;
    while let [byte, others @ ..] = rest {
        if *byte == at {
            return match text.split_at_checked(position) {
                Some((before, _)) => Some((before, others)),
                None => None,
            };
        }
        rest = others;
        position += 1;
    }
    None
}
