//! Who carries the requests of a client: reqwest, or what the user brought.

use std::sync::Arc;

use bytes::Bytes;
use http::header::{HeaderMap, HeaderValue, USER_AGENT};
use http::{Method, Request, StatusCode, Uri};

use super::body::Body;
use super::contract::Transport;
use super::error::{TransportError, TransportErrorKind};
use super::native::Native;

/// What an attempt sends.
pub(crate) struct Outbound<'a> {
    pub(crate) method: &'a Method,
    pub(crate) url: &'a str,
    pub(crate) headers: HeaderMap,
    /// Empty: none.
    pub(crate) body: Bytes,
}

/// The head of a response, with its body to come.
pub(crate) struct Inbound {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
}

/// Not only a trait object: reqwest reads an address as text, and needs no box for its future and its body.
#[derive(Clone)]
pub(crate) enum Carrier {
    Native(Native),
    /// With what it sends as `User-Agent`.
    Own(Arc<dyn Transport>, Option<HeaderValue>),
}

impl Carrier {
    pub(crate) async fn send(&self, outbound: Outbound<'_>) -> Result<Inbound, TransportError> {
        let Outbound { method, url, headers, body } = outbound;
        match self {
            Carrier::Native(native) => {
                let (status, headers, body) = native.send(method, url, headers, body).await?;
                Ok(Inbound { status, headers, body: Body::of_native(body) })
            }
            Carrier::Own(transport, user_agent) => {
                let uri = Uri::try_from(url).map_err(|_| {
                    // The source may repeat a part of the address.
                    TransportError::new(TransportErrorKind::Unsendable)
                })?;
                let mut request = Request::new(body);
                *request.method_mut() = method.clone();
                *request.uri_mut() = uri;
                *request.headers_mut() = headers;
                if let Some(user_agent) = user_agent {
                    let headers = request.headers_mut();
                    headers.entry(USER_AGENT).or_insert_with(|| user_agent.clone());
                }
                let (parts, body) = transport.send(request).await?.into_parts();
                Ok(Inbound { status: parts.status, headers: parts.headers, body })
            }
        }
    }
}
