//! Implements a client's transport: either the default transport or the user's own.

use std::sync::Arc;

use http::header::{HeaderMap, HeaderValue, USER_AGENT};
use http::{Method, Request, StatusCode, Uri};

use super::body::Body;
use super::contract::Transport;
use super::default_transport::Sender;
use super::error::{TransportError, TransportErrorKind};
use crate::platform::BoxFuture;
use crate::received::Received;

/// What an attempt sends.
pub(crate) struct Outbound<'a> {
    pub(crate) method: &'a Method,
    pub(crate) url: &'a str,
    pub(crate) headers: HeaderMap,
    /// The body. It is empty if the request has no body.
    pub(crate) body: Body,
}

/// The head of a response, and its body, which hasn't been read yet.
pub(crate) struct Inbound {
    pub(crate) status: StatusCode,
    pub(crate) headers: Received,
    pub(crate) body: Body,
}

/// A client's transport. This type isn't simply a trait object, because the default transport takes the URL as text and
/// boxes neither its future nor its body.
#[derive(Clone)]
pub(crate) enum Carrier {
    Default(Sender),
    /// The user's own transport, and the `User-Agent` for requests that don't set this header.
    Own(Arc<dyn SendOwn>, Option<HeaderValue>),
}

impl Carrier {
    pub(crate) async fn send(&self, outbound: Outbound<'_>) -> Result<Inbound, TransportError> {
        match self {
            Carrier::Default(sender) => {
                let Outbound { method, url, headers, body } = outbound;
                let (status, headers, body) = sender.send(method, url, headers, body).await?;
                Ok(Inbound { status, headers, body: Body::incoming(body) })
            }
            Carrier::Own(own, user_agent) => own.send(outbound, user_agent.as_ref()).await,
        }
    }
}

/// Passes requests to the user's own transport. This is a trait so that a program without its own transport doesn't
/// contain this code.
pub(crate) trait SendOwn: Send + Sync {
    fn send<'s>(
        &'s self,
        outbound: Outbound<'_>,
        user_agent: Option<&HeaderValue>,
    ) -> BoxFuture<'s, Result<Inbound, TransportError>>;
}

impl<T: Transport> SendOwn for T {
    fn send<'s>(
        &'s self,
        outbound: Outbound<'_>,
        user_agent: Option<&HeaderValue>,
    ) -> BoxFuture<'s, Result<Inbound, TransportError>> {
        let request = request(outbound, user_agent);
        Box::pin(async move {
            let (parts, body) = Transport::send(self, request?).await?.into_parts();
            Ok(Inbound { status: parts.status, headers: parts.headers.into(), body })
        })
    }
}

fn request(
    outbound: Outbound<'_>,
    user_agent: Option<&HeaderValue>,
) -> Result<Request<Body>, TransportError> {
    let Outbound { method, url, headers, body } = outbound;
    let uri = Uri::try_from(url).map_err(|_| {
        // The source is left out of the error, because it may contain part of the URL.
        TransportError::new(TransportErrorKind::Unsendable)
    })?;
    let mut request = Request::new(body);
    *request.method_mut() = method.clone();
    *request.uri_mut() = uri;
    *request.headers_mut() = headers;
    if let Some(user_agent) = user_agent {
        request.headers_mut().entry(USER_AGENT).or_insert_with(|| user_agent.clone());
    }
    Ok(request)
}
