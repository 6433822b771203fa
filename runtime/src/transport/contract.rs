//! What a transport has to promise.

use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response};

use super::body::Body;
use super::error::TransportError;
use crate::platform::{BoxFuture, MaybeSend, MaybeSync};

/// Carries a request to a server, once, and brings the response. `ClientBuilder::transport` takes one.
///
/// The default is reqwest; [`FakeTransport`](crate::FakeTransport) is for tests without a network. One of your own must keep these promises,
/// since outcomes of calls are concluded from them:
///
/// * It sends the request once at most, and follows no redirect.
/// * [`NoConnection`](crate::TransportErrorKind::NoConnection) and [`Unsendable`](crate::TransportErrorKind::Unsendable) mean that **nothing was sent**.
/// * If its future is dropped, it stops.
///
/// It needs no limit of time and no limit of size: the client has both.
pub trait Transport: MaybeSend + MaybeSync {
    /// Sends a request. An empty body means that there is none.
    ///
    /// # Errors
    ///
    /// No response began.
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Body>, TransportError>>;
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        (**self).send(request)
    }
}
