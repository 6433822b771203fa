//! The transport of a client: the default one, or the user's own.

use std::sync::Arc;

use bytes::Bytes;
use http::header::{HeaderMap, HeaderValue, USER_AGENT};
use http::{Method, Request, StatusCode, Uri};

use super::body::Body;
use super::contract::Transport;
use super::default_transport::Sender;
use super::error::{TransportError, TransportErrorKind};
use crate::received::Received;

/// What an attempt sends.
pub(crate) struct Outbound<'a> {
    pub(crate) method: &'a Method,
    pub(crate) url: &'a str,
    pub(crate) headers: HeaderMap,
    /// Empty if there is none.
    pub(crate) body: Bytes,
}

/// The head of a response; its body follows.
pub(crate) struct Inbound {
    pub(crate) status: StatusCode,
    pub(crate) headers: Received,
    pub(crate) body: Body,
}

/// Not just a trait object: the default transport takes a URL as text, and needs no box for its future and its body.
#[derive(Clone)]
pub(crate) enum Carrier {
    Default(Sender),
    /// The user's own, and the `User-Agent` of requests that don't set one.
    Own(Arc<dyn Transport>, Option<HeaderValue>),
}

impl Carrier {
    pub(crate) async fn send(&self, outbound: Outbound<'_>) -> Result<Inbound, TransportError> {
        let Outbound { method, url, headers, body } = outbound;
        match self {
            Carrier::Default(sender) => {
                let (status, headers, body) = sender.send(method, url, headers, body).await?;
                Ok(Inbound { status, headers, body: Body::incoming(body) })
            }
            Carrier::Own(transport, user_agent) => {
                let uri = Uri::try_from(url).map_err(|_| {
                    // The source may contain a part of the URL.
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
                Ok(Inbound { status: parts.status, headers: parts.headers.into(), body })
            }
        }
    }
}
