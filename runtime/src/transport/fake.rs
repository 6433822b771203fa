//! A transport for tests: it answers from a list and keeps what it was given.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::{Request, Response};

use super::body::Body;
use super::contract::Transport;
use super::error::{TransportError, TransportErrorKind};
use crate::platform::BoxFuture;

/// Answers from a list, in its order, and keeps the requests: tests run without a network.
///
/// A clone is the same transport: give one to the client and ask the other what was sent. A request for which no response
/// is left gets [`NoConnection`](TransportErrorKind::NoConnection). `Debug` counts, and shows nothing of what was sent.
///
/// ```
/// use openapi_keys_runtime::{FakeTransport, http};
///
/// let transport = FakeTransport::new();
/// transport.respond(http::Response::new(r#"{"id": 1}"#));
/// // … a client is built with `.transport(transport.clone())`, and a call is made.
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
    /// A transport that has no response yet.
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

    /// Returns the requests so far, in their order, with their credentials: plainly fake ones, one hopes.
    #[must_use]
    pub fn requests(&self) -> Vec<Request<Bytes>> {
        self.state().requests.clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Lists that were left in the middle of a panic are still lists.
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
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let mut state = self.state();
        state.requests.push(request);
        let next = state.responses.pop_front();
        drop(state);
        let result = match next {
            Some(Ok(response)) => Ok(response.map(Body::full)),
            Some(Err(kind)) => Err(TransportError::new(kind)),
            None => Err(TransportError::new(TransportErrorKind::NoConnection)
                .with_detail("the fake transport has no response left")),
        };
        Box::pin(std::future::ready(result))
    }
}
