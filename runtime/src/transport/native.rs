//! Implements the native transport with reqwest. All features that could send a request twice, or send a credential to
//! another server, are disabled. Only this module and its submodules use reqwest, although the crate re-exports it.

mod incoming;

use std::error::Error as StdError;
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_LENGTH, HeaderMap, HeaderValue, TRANSFER_ENCODING};
use http::{Method, StatusCode};
pub use reqwest;
use reqwest::redirect::Policy;

pub(crate) use self::incoming::Incoming;
use super::body::Body;
use super::error::{TransportError, TransportErrorKind};
use crate::error::{Error, ErrorKind};
use crate::received::Received;

/// The builder that `configure_http` receives and returns.
pub type HttpBuilder = reqwest::ClientBuilder;

/// The user's configuration.
#[derive(Clone)]
pub(crate) struct Configure(Arc<dyn Fn(HttpBuilder) -> HttpBuilder + Send + Sync>);

impl Configure {
    pub(crate) fn new(
        configure: impl Fn(HttpBuilder) -> HttpBuilder + Send + Sync + 'static,
    ) -> Self {
        Configure(Arc::new(configure))
    }
}

/// Shows nothing about the closure, because it may contain a proxy's password.
impl fmt::Debug for Configure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Configure")
    }
}

/// How long an idle connection is kept for the next call.
///
/// If a server closes a connection just as a write is sent, the outcome of that write is unknown. Many servers,
/// including Node's, close connections that have been idle for 5 seconds, so the client closes its idle connections
/// earlier.
const IDLE: Duration = Duration::from_secs(4);

/// The settings that apply regardless of the user's configuration.
pub(crate) struct Forced<'a> {
    pub(crate) user_agent: &'a str,
    pub(crate) connect_timeout: Duration,
}

/// Creates the transport.
pub(crate) fn sender(forced: &Forced<'_>, configure: Option<&Configure>) -> Result<Sender, Error> {
    let configured = match configure {
        Some(Configure(configure)) => configure(fresh()),
        None => fresh(),
    };
    let built = force(configured, forced).build().map_err(|error| {
        let detail = match configure {
            Some(_) => "the HTTP client can't be set up with the settings from `configure_http`; check them",
            None => {
                "the HTTP client can't be set up: check that this machine has root certificates installed"
            }
        };
        Error::new(ErrorKind::Setup).with_detail(detail).with_source(error.without_url())
    });
    Ok(Sender(built?))
}

/// Applies the settings that the user can't change.
fn force(builder: HttpBuilder, forced: &Forced<'_>) -> HttpBuilder {
    // Only the certificate check guarantees that a credential reaches the right server.
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    let builder =
        builder.tls_danger_accept_invalid_certs(false).tls_danger_accept_invalid_hostnames(false);
    builder
        .user_agent(forced.user_agent)
        .connect_timeout(forced.connect_timeout)
        .pool_idle_timeout(IDLE)
        // A redirect could send the headers with the credential to any host.
        .redirect(Policy::none())
        .referer(false)
        .retry(reqwest::retry::never())
        .http1_only()
        // Another crate in the program may have enabled reqwest's decompression features for all crates.
        .no_gzip()
        .no_brotli()
        .no_deflate()
        .no_zstd()
        // A verbose connection would log everything that is sent, including credentials.
        .connection_verbose(false)
}

/// Creates the builder to which the user's settings are applied.
fn fresh() -> HttpBuilder {
    // HTTP_PROXY and similar variables are ignored. Otherwise, anyone who can set them could route requests through
    // their own proxy.
    let builder = reqwest::Client::builder().no_proxy();
    // The TLS library is set explicitly, because reqwest's default depends on the features that other crates enable.
    #[cfg(feature = "rustls")]
    let builder = builder.tls_backend_rustls();
    #[cfg(all(feature = "native-tls", not(feature = "rustls")))]
    let builder = builder.tls_backend_native();
    builder
}

/// Checks that the enabled features are enough to reach the origin or, if no origin is set, the OpenAPI document's
/// servers.
///
/// # Errors
///
/// Returns an error if this crate was built without TLS, unless the origin uses plain http. Without an origin, assumes
/// that the servers use https.
pub(crate) fn check_tls(origin: Option<&str>, package: &str) -> Result<(), Error> {
    let plain = origin.is_some_and(|origin| origin.starts_with("http://"));
    if plain || cfg!(any(feature = "rustls", feature = "native-tls")) {
        return Ok(());
    }
    Err(Error::new(ErrorKind::Setup).with_detail(format!(
        "https needs TLS, and {package} was built without it; enable its `rustls` or `native-tls` \
        feature"
    )))
}

/// A reqwest client. Clones share the connections.
#[derive(Clone)]
pub(crate) struct Sender(reqwest::Client);

impl Sender {
    /// Sends a request. Omits an empty body, because it would add `content-length: 0` to a GET request.
    pub(super) async fn send(
        &self,
        method: &Method,
        url: &str,
        mut headers: HeaderMap,
        body: Body,
    ) -> Result<(StatusCode, Received, Incoming), TransportError> {
        // The source is left out of the error, because it may contain part of the URL.
        let parsed = reqwest::Url::parse(url)
            .map_err(|_| TransportError::new(TransportErrorKind::Unsendable))?;
        announce(&mut headers, method, &body)?;
        let mut request = reqwest::Request::new(method.clone(), parsed);
        *request.headers_mut() = headers;
        *request.body_mut() = match body.whole() {
            Some(bytes) if bytes.is_empty() => None,
            Some(bytes) => Some(bytes.clone().into()),
            None => Some(reqwest::Body::wrap(Shareable(Mutex::new(body)))),
        };
        match self.0.execute(request).await {
            Ok(response) => {
                let (head, body) = http::Response::<reqwest::Body>::from(response).into_parts();
                Ok((head.status, head.headers.into(), Incoming::new(body)))
            }
            Err(error) => Err(not_answered(error, url.starts_with("http://"))),
        }
    }
}

/// Sets the headers that hyper leaves out. An empty POST, PUT or PATCH gets `content-length: 0`, because servers may
/// otherwise respond with 411. A body of unknown length gets `transfer-encoding: chunked`, even with GET.
fn announce(headers: &mut HeaderMap, method: &Method, body: &Body) -> Result<(), TransportError> {
    let takes_body = [Method::POST, Method::PUT, Method::PATCH].contains(method);
    let (name, value) = match (body.whole(), body.length()) {
        (Some(bytes), _) if bytes.is_empty() && takes_body => (CONTENT_LENGTH, "0"),
        (None, None) => (TRANSFER_ENCODING, "chunked"),
        _ => return Ok(()),
    };
    let inserted = headers.try_insert(name, HeaderValue::from_static(value));
    inserted.map(drop).map_err(|_| TransportError::new(TransportErrorKind::Unsendable))
}

/// A body that is sent piece by piece. It is `Sync`, as reqwest requires. The lock never blocks.
struct Shareable(Mutex<Body>);

impl Shareable {
    fn get(&mut self) -> &mut Body {
        self.0.get_mut().unwrap_or_else(PoisonError::into_inner)
    }
}

impl http_body::Body for Shareable {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, TransportError>>> {
        Pin::new(self.get_mut().get()).poll_frame(context)
    }

    fn size_hint(&self) -> http_body::SizeHint {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).size_hint()
    }
}

/// Converts a reqwest error for a request that received no response. Removes the URL if the error contains it.
fn not_answered(error: reqwest::Error, is_plain: bool) -> TransportError {
    let error = error.without_url();
    if let Some(of_body) = of_body(&error) {
        let detail = of_body.detail.clone();
        let made = TransportError::new(TransportErrorKind::Body).with_source(error);
        return TransportError { detail, ..made };
    }
    let (kind, detail) = if error.is_builder() {
        (TransportErrorKind::Unsendable, None)
    } else if error.is_connect() && error.is_timeout() {
        (TransportErrorKind::NoConnection, Some("connecting took too long"))
    } else if error.is_connect() {
        (TransportErrorKind::NoConnection, likely_cause(&error))
    } else if error.is_timeout() {
        (TransportErrorKind::Timeout, None)
    } else {
        (TransportErrorKind::Interrupted, likely_cause(&error).filter(|_| is_plain))
    };
    let made = TransportError::new(kind).with_source(error);
    match detail {
        Some(detail) => made.with_detail(detail),
        None => made,
    }
}

/// Returns the error that the request body caused, or `None` if the failure has a different cause.
fn of_body(error: &reqwest::Error) -> Option<&TransportError> {
    let sources = std::iter::successors(StdError::source(error), |&error| error.source());
    let mut of_ours = sources.filter_map(|error| error.downcast_ref::<TransportError>());
    of_ours.find(|error| error.kind == TransportErrorKind::Body)
}

/// Strings in the messages of an error's sources, and what they indicate. reqwest doesn't have error types for these
/// cases.
const CAUSES: [(&[&str], &str); 5] = [
    (
        &["InvalidContentType", "wrong version number", "packet length too long"],
        "the server doesn't speak TLS; check whether the URL should begin with `http://`",
    ),
    (
        &["handshake eof", "unexpected EOF during handshake"],
        "the server ended the TLS handshake; check whether the port expects plain HTTP",
    ),
    (&["certificate"], "the server's TLS certificate was not accepted"),
    (&["dns error"], "the host name was not found"),
    (
        &["invalid HTTP"],
        "the server doesn't speak plain HTTP; check whether the URL should begin with `https://`",
    ),
];

fn likely_cause(error: &(dyn StdError + 'static)) -> Option<&'static str> {
    let chain = || std::iter::successors(Some(error), |&error| error.source());
    let refused = |error: &std::io::Error| error.kind() == std::io::ErrorKind::ConnectionRefused;
    if chain().filter_map(|error| error.downcast_ref()).any(refused) {
        return Some(
            "nothing listens on this port; check that the port is right and the server is running",
        );
    }
    chain().map(|error| format!("{error} {error:?}")).find_map(|text| {
        let fits = |(signs, _): &&(&[&str], _)| signs.iter().any(|sign| text.contains(sign));
        CAUSES.iter().find(fits).map(|(_, cause)| *cause)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Through the public API, these settings could be tested only with a TLS server or a log of the connection.
    #[test]
    fn forced_settings_override_earlier_ones() {
        let forced = Forced { user_agent: "ours", connect_timeout: Duration::from_secs(1) };
        let other = reqwest::Client::builder()
            .redirect(Policy::limited(3))
            .referer(true)
            .connect_timeout(Duration::from_secs(3600))
            .user_agent("other")
            .connection_verbose(true);
        #[cfg(any(feature = "rustls", feature = "native-tls"))]
        let other =
            other.tls_danger_accept_invalid_certs(true).tls_danger_accept_invalid_hostnames(true);
        let plain = reqwest::Client::builder();
        assert_ne!(format!("{other:?}"), format!("{plain:?}"));
        let shown = |builder| format!("{:?}", force(builder, &forced));
        assert_eq!(shown(other), shown(plain));
    }
}
