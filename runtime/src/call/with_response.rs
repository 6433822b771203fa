//! Defines a call that also returns the status and headers.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::access::Access;
use super::core::{BuildRequest, OperationCall, drive};
use crate::error::Error;
use crate::json::AnyValue;
use crate::perform::Done;
use crate::platform::BoxFuture;
use crate::response::Response;

/// A call whose result is a [`Response`]. To create one, use the `with_response()` method of a
/// call.
#[must_use = "a call is sent only when it is awaited: add `.await`"]
pub struct CallWithResponse<C: OperationCall> {
    call: C,
    running: Option<BoxFuture<'static, Result<Response<C::Answer>, Error>>>,
}

impl<C: OperationCall> CallWithResponse<C> {
    /// Creates the call. The `with_response()` method of calls uses this.
    #[doc(hidden)]
    pub fn new(call: C) -> Self {
        CallWithResponse { call, running: None }
    }
}

impl<C: BuildRequest + Unpin> Future for CallWithResponse<C> {
    type Output = Result<Response<C::Answer>, Error>;

    /// Sends the call at the first poll.
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let CallWithResponse { call, running } = self.get_mut();
        let take = |done: Done<'_>| {
            let response = done.response::<C::Answer>()?;
            Ok(Box::new(response) as AnyValue)
        };
        drive(call, running, C::reading(Access::new()), take, context)
    }
}

crate::call!(@awaited [<C: OperationCall>] CallWithResponse<C>, Response<C::Answer>);

/// Shows the call, without arguments.
impl<C: OperationCall + fmt::Debug> fmt::Debug for CallWithResponse<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("CallWithResponse").field(&self.call).finish()
    }
}
