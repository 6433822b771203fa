//! What a transport has to guarantee.

use std::sync::Arc;

use http::{Request, Response};

use super::body::Body;
use super::error::TransportError;
use crate::platform::BoxFuture;

/// Sends a request to a server, once, and returns the response. `ClientBuilder::transport` takes one.
///
/// The default is reqwest, and `fetch` in browsers; [`FakeTransport`](crate::FakeTransport) is for tests without a network. Your own transport
/// must keep these guarantees, because the outcomes of calls depend on them:
///
/// * It sends the request at most once, and follows no redirects. (`fetch` can't promise the first: a browser may send a
///   request again if a connection that was used before breaks.)
/// * [`NoConnection`](crate::TransportErrorKind::NoConnection) and
///   [`Unsendable`](crate::TransportErrorKind::Unsendable) mean that **nothing was sent**.
/// * It stops if its future is dropped.
///
/// It needs no timeout and no size limit: the client has both.
///
/// [`Body`] implements `http_body::Body`, so it can be passed to a library that sends such bodies. If it fails while it is
/// sent, return [`TransportErrorKind::Body`](crate::TransportErrorKind::Body) with its error.
///
/// The request has the credentials. Headers with one are marked as sensitive, so their `Debug` output doesn't show it, but
/// a URI can't be marked: if the API takes a key in the query, **the request's URI has the key**, and so does the
/// request's `Debug` output. Don't log either, and keep both out of the causes of a
/// [`TransportError`].
pub trait Transport: Send + Sync {
    /// Sends a request. A body without bytes means that the request has none.
    ///
    /// # Errors
    ///
    /// No response began.
    fn send(&self, request: Request<Body>)
    -> BoxFuture<'_, Result<Response<Body>, TransportError>>;
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(
        &self,
        request: Request<Body>,
    ) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        (**self).send(request)
    }
}
