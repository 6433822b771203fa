//! Bytes that are wiped from memory when their last copy is dropped.

use bytes::Bytes;
use http::HeaderValue;
use zeroize::Zeroizing;

/// Moves a text into bytes that a transport can share. They are wiped when the last of their clones is dropped.
pub(crate) fn bytes(mut text: Zeroizing<String>) -> Bytes {
    Bytes::from_owner(Zeroizing::new(std::mem::take(&mut *text).into_bytes()))
}

/// Makes a header of a text. `None` if a header can't have one of its characters.
pub(crate) fn header(text: Zeroizing<String>) -> Option<HeaderValue> {
    let mut value = HeaderValue::from_maybe_shared(bytes(text)).ok()?;
    value.set_sensitive(true);
    Some(value)
}
