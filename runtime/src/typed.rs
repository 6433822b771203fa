//! Converts a decoded value back to its type, which the decoding code erases.

use crate::error::{Error, ErrorKind};
use crate::json::AnyValue;

/// Returns the value as its type.
///
/// # Errors
///
/// Returns an error if the value has a different type. That never happens, because the caller decodes the value as the
/// same type.
pub(crate) fn typed<T: 'static>(value: AnyValue) -> Result<T, Error> {
    value.downcast().map(|value| *value).map_err(|_| Error::new(ErrorKind::Decode))
}
