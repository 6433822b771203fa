//! An answer together with its status and headers, for those who ask for them.

use std::fmt;

use http::StatusCode;
use http::header::HeaderMap;

use crate::error::{Error, ErrorKind};
use crate::json::Unexpected;

/// The value of an answer together with its status and headers. [`Call::with_response`](crate::Call::with_response) asks for it.
///
/// `Debug` leaves the headers out, which may hold cookies.
#[non_exhaustive]
pub struct Response<T> {
    /// A status of success, 200 to 299.
    pub status: StatusCode,
    /// The headers of the answer. A value that held a credential reads `[redacted]`.
    pub headers: HeaderMap,
    /// What the call would have given alone.
    pub value: T,
    /// How often it was tried to send the request: 1 if nothing was tried again.
    pub attempts: u32,
    /// What in the body isn't of the documented form, such as a record without its id. `value` has the rest.
    pub unexpected: Vec<Unexpected>,
}

impl<T> Response<T> {
    /// Returns the value if no element of a list is missing from it: for code that concludes something from what isn't there.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Decode`]: an element could not be read and was left out.
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
