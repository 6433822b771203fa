//! Defines a call that returns the body of its response as it arrives.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::core::{BuildRequest, OperationCall, drive};
use crate::download::Download;
use crate::error::Error;
use crate::platform::BoxFuture;
use crate::reading::Reading;

/// A call whose result is a [`Download`]. To create one, use the `streamed()` method of a call.
#[must_use = "a call is sent only when it is awaited: add `.await`"]
pub struct StreamedCall<C: OperationCall> {
    call: C,
    running: Option<BoxFuture<'static, Result<Download, Error>>>,
}

impl<C: OperationCall> StreamedCall<C> {
    /// Creates the call. The `streamed()` method of calls uses this.
    #[doc(hidden)]
    pub fn new(call: C) -> Self {
        StreamedCall { call, running: None }
    }
}

impl<C: BuildRequest + Unpin> Future for StreamedCall<C> {
    type Output = Result<Download, Error>;

    /// Sends the call at the first poll.
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let StreamedCall { call, running } = self.get_mut();
        drive(call, running, Reading::streamed::<Download>(), |done| Ok(done.value()), context)
    }
}

/// Shows the call, without arguments.
impl<C: OperationCall + fmt::Debug> fmt::Debug for StreamedCall<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("StreamedCall").field(&self.call).finish()
    }
}
