//! Creates bytes that are wiped from memory when their last copy is dropped.

use bytes::Bytes;
use http::HeaderValue;
use zeroize::Zeroizing;

/// Moves a string into bytes that a transport can share. The bytes are wiped when the last clone is dropped.
pub(crate) fn bytes(mut text: Zeroizing<String>) -> Bytes {
    Bytes::from_owner(Zeroizing::new(std::mem::take(&mut *text).into_bytes()))
}

/// Moves a string into a header value. Returns `None` if the string contains a character that isn't allowed there.
pub(crate) fn header(text: Zeroizing<String>) -> Option<HeaderValue> {
    let mut value = HeaderValue::from_maybe_shared(bytes(text)).ok()?;
    value.set_sensitive(true);
    Some(value)
}
