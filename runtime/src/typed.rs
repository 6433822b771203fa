//! Converts a decoded value, whose type the decoding code erases, back to its type.

use crate::error::{Error, ErrorKind};
use crate::json::AnyValue;

/// Returns the value as its type.
///
/// # Errors
///
/// Returns an error if the value has another type. That never happens, because the caller decodes it as the same type.
pub(crate) fn typed<T: 'static>(value: AnyValue) -> Result<T, Error> {
    value.downcast().map(|value| *value).map_err(|_| Error::new(ErrorKind::Decode))
}
