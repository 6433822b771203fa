//! Implements a fake transport for tests. It returns responses from a list, and keeps the requests.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::{Request, Response};

use super::body::Body;
use super::contract::Transport;
use super::error::{TransportError, TransportErrorKind};
use crate::platform::BoxFuture;

/// A transport for tests without a network. It returns responses from a list, in order, and keeps the requests with
/// their complete bodies.
///
/// All clones share the responses and requests. Pass a clone to the client, and use the original to see which requests
/// were sent. If there is no response left, a request fails with [`NoConnection`](TransportErrorKind::NoConnection).
/// `Debug` shows only the number of requests and responses.
///
/// ```
/// use openapi_keys_runtime::{FakeTransport, http};
///
/// let transport = FakeTransport::new();
/// transport.respond(http::Response::new(r#"{"id": 1}"#));
/// // … build a client with `.transport(transport.clone())`, and make a call.
/// assert!(transport.requests().is_empty());
/// ```
#[derive(Clone, Default)]
pub struct FakeTransport(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    responses: VecDeque<Result<Response<Bytes>, TransportErrorKind>>,
    requests: Vec<Request<Bytes>>,
}

impl FakeTransport {
    /// Creates a transport without responses.
    #[must_use]
    pub fn new() -> Self {
        FakeTransport::default()
    }

    /// Adds a response to the list.
    pub fn respond(&self, response: Response<impl Into<Bytes>>) {
        self.state().responses.push_back(Ok(response.map(Into::into)));
    }

    /// Adds a failure to the list.
    pub fn fail(&self, kind: TransportErrorKind) {
        self.state().responses.push_back(Err(kind));
    }

    /// Returns the requests that have been sent so far, in order. Headers and URIs include the credentials, so use fake
    /// credentials.
    #[must_use]
    pub fn requests(&self) -> Vec<Request<Bytes>> {
        self.state().requests.clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // If a thread panicked while it held the lock, the lists are still usable.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for FakeTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.state();
        f.debug_struct("FakeTransport")
            .field("responses_left", &state.responses.len())
            .field("requests", &state.requests.len())
            .finish()
    }
}

impl Transport for FakeTransport {
    fn send(
        &self,
        request: Request<Body>,
    ) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let body = body.bytes().await?;
            let mut state = self.state();
            state.requests.push(Request::from_parts(head, body));
            match state.responses.pop_front() {
                Some(Ok(response)) => Ok(response.map(Body::full)),
                Some(Err(kind)) => Err(TransportError::new(kind)),
                None => Err(TransportError::new(TransportErrorKind::NoConnection)
                    .with_detail("the fake transport has no response left")),
            }
        })
    }
}
