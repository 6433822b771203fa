//! An answer together with its status and headers, for those who ask for them.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde::de::DeserializeOwned;

use crate::json::Unexpected;
use crate::runtime::call::Call;
use crate::runtime::error::{Error, ErrorKind};

/// The value of an answer together with its status and headers. [`Call::with_response`] asks for it.
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
    /// The value, if no element of a list is missing from it: for those who conclude something from what is not there.
    pub(crate) fn whole(self) -> Result<T, Error> {
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

/// A [`Call`] that awaits to a [`Response`]. [`Call::with_response`] makes it, with an example.
#[must_use = "a call is sent only when it is awaited: add `.await`"]
pub struct CallWithResponse<T>(Call<T>);

impl<T> CallWithResponse<T> {
    pub(super) fn new(call: Call<T>) -> Self {
        CallWithResponse(call)
    }
}

impl<T: DeserializeOwned + 'static> IntoFuture for CallWithResponse<T> {
    type Output = Result<Response<T>, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    /// Sends the call.
    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.0.run(|done| done.response()))
    }
}

impl<T> fmt::Debug for CallWithResponse<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("CallWithResponse").field(&self.0).finish()
    }
}
