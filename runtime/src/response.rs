//! Defines the type that holds a response's value, status and headers.

use std::fmt;

use http::StatusCode;
use http::header::HeaderMap;

use crate::error::{Error, ErrorKind};
use crate::json::Unexpected;

/// The value of a response together with its status and headers. [`Call::with_response`](crate::Call::with_response)
/// returns it.
///
/// `Debug` omits the headers, which may contain cookies.
#[non_exhaustive]
pub struct Response<T> {
    /// The status: 200 to 299, or 304 if the OpenAPI document lists it as a response.
    pub status: StatusCode,
    /// The headers of the response. A value that contained a credential is replaced with `[redacted]`.
    pub headers: HeaderMap,
    /// The value that the call returns without `with_response`.
    pub value: T,
    /// The number of attempts: 1 if there was no retry.
    pub attempts: u32,
    /// The values in the body that don't have the documented form, e.g. a record without its id. `value` contains
    /// everything else.
    pub unexpected: Vec<Unexpected>,
}

impl<T> Response<T> {
    /// Returns the value if its lists and maps are complete. Use this in code that relies on the absence of an element.
    ///
    /// # Errors
    ///
    /// Returns [`ErrorKind::Decode`] if an element of a list or a member of a map could not be read and was left out,
    /// or if a list or an object was left out because a later field has the same name.
    pub fn whole(self) -> Result<T, Error> {
        match self.unexpected.iter().find(|one| one.is_left_out()) {
            None => Ok(self.value),
            Some(one) => Err(Error::new(ErrorKind::Decode).with_json_path(one.path().to_owned())),
        }
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("value", &self.value)
            .field("attempts", &self.attempts)
            .field("unexpected", &self.unexpected)
            .finish_non_exhaustive()
    }
}
