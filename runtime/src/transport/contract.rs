//! Defines what a transport must guarantee.

use std::sync::Arc;

use http::{Request, Response};

use super::body::Body;
use super::error::TransportError;
use crate::platform::BoxFuture;

/// Sends a request to a server once, and returns the response. To set a client's transport, use
/// `ClientBuilder::transport`.
///
/// The default is reqwest, or `fetch` in browsers. [`FakeTransport`](crate::FakeTransport) is for tests without a
/// network. Your own transport must keep these guarantees, because the outcomes of calls depend on them:
///
/// * The transport sends the request at most once, and doesn't follow redirects. (`fetch` can't guarantee a single
///   send, because a browser may send a request again if a reused connection breaks.)
/// * [`NoConnection`](crate::TransportErrorKind::NoConnection) and
///   [`Unsendable`](crate::TransportErrorKind::Unsendable) mean that **nothing was sent**.
/// * The transport stops when its future is dropped.
///
/// A transport doesn't need a timeout or a size limit, because the client has both.
///
/// [`Body`] implements `http_body::Body`, so you can pass a body to a library that accepts any `http_body::Body`. If
/// the body fails while it is sent, return [`TransportErrorKind::Body`](crate::TransportErrorKind::Body) with the
/// body's error.
///
/// The request contains the credentials. Headers with a credential are marked as sensitive, so their `Debug` output
/// doesn't show the credential, but a URI can't be marked. If the API takes a key in the query, **the request's URI
/// contains the key**, and so does the request's `Debug` output. Don't log the URI or the `Debug` output, and keep
/// both out of the causes of a [`TransportError`].
pub trait Transport: Send + Sync {
    /// Sends a request. An empty body means that the request has no body.
    ///
    /// # Errors
    ///
    /// Returns an error if no response arrived.
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
