//! Defines a call whose request is already built.

use serde::de::DeserializeOwned;

use super::core::{BuildRequest, CallCore, OperationCall};
use super::streamed::StreamedCall;
use crate::download::Download;
use crate::error::Error;
use crate::request::Request;
use crate::request_builder::RequestBuilder;

/// A call whose request is already built, for operations that don't have their own call type.
///
/// Like every call, this call is sent when it is awaited. The call is independent of the client and can be moved to
/// another task. If the call is dropped while it runs, e.g. by `select!`, the server may or may not have executed the
/// request.
///
/// Set options for this call before it is awaited. If an option is invalid, awaiting the call returns an error, and
/// nothing is sent.
///
/// In native programs, the default [`Clock`](crate::Clock) and the default [`Transport`](crate::Transport) need tokio.
///
/// ```no_run
/// use std::time::Duration;
///
/// use openapi_keys_runtime::{Call, Error, Outcome};
///
/// # async fn run(call: Call<String>) {
/// match call.timeout(Duration::from_secs(5)).header("x-trace", "0af7651916cd43dd").await {
///     Ok(value) => println!("{value}"),
///     Err(error) if error.outcome() == Outcome::Unknown => println!("check before retrying: {error}"),
///     Err(error) => println!("{error}"),
/// }
/// # }
/// ```
#[must_use = "a call is sent only when it is awaited: add `.await`"]
pub struct Call<T> {
    call: CallCore<T>,
    request: Option<Request>,
}

impl<T> Call<T> {
    pub(crate) fn new(
        mut call: CallCore<T>,
        build: impl FnOnce(&str) -> Result<Request, Error>,
    ) -> Self {
        let request = build(call.base());
        let request = call.accept(request);
        Call { call, request }
    }
}

impl<T: DeserializeOwned + 'static> BuildRequest for Call<T> {
    fn request(&mut self, _: RequestBuilder) -> Result<Request, Error> {
        self.request.take().ok_or_else(|| Error::invalid_argument("the call has no request"))
    }
}

crate::call!(@impl [<T: DeserializeOwned + 'static>] Call<T>, T, json);
crate::call!(@awaited [<T: DeserializeOwned + 'static>] Call<T>, T);
// This line isn't in `streamed.rs`, because the methods from the macro return a `StreamedCall`, so `streamed.rs` would
// import itself.
crate::call!(@awaited [<C: OperationCall>] StreamedCall<C>, Download);
