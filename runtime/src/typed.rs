//! A decoded value as its type, which the code that decodes erases.

use crate::error::{Error, ErrorKind};
use crate::json::AnyValue;

/// Returns the value as its type.
///
/// # Errors
///
/// It is of another type. The caller decodes it as the same type, so that never happens.
pub(crate) fn typed<T: 'static>(value: AnyValue) -> Result<T, Error> {
    value.downcast().map(|value| *value).map_err(|_| Error::new(ErrorKind::Decode))
}
