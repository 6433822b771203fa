//! Converts a decoded value back to its type, which the decoding code erases.

use crate::error::{Error, ErrorKind};
use crate::json::AnyValue;

/// Returns the value as a `T`.
///
/// # Errors
///
/// Returns an error if the value isn't a `T`. That never happens, because the caller decodes the value as a `T`.
pub(crate) fn typed<T: 'static>(value: AnyValue) -> Result<T, Error> {
    value.downcast().map(|value| *value).map_err(|_| Error::new(ErrorKind::Decode))
}
