//! The HTTP client under a client: what the user adds to it, and what is forced in any case.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::redirect::Policy;

use crate::runtime::HttpClient;
use crate::runtime::builder::Settings;
use crate::runtime::error::{Error, ErrorKind};

/// What the user adds.
#[derive(Clone)]
pub(crate) struct Configure(
    Arc<dyn Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync>,
);

impl Configure {
    pub(crate) fn new(
        configure: impl Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync + 'static,
    ) -> Self {
        Configure(Arc::new(configure))
    }
}

/// A closure has nothing to show, and what it holds may be the password of a proxy.
impl fmt::Debug for Configure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Configure")
    }
}

/// How long a connection is kept for the next call.
///
/// A server that closes it at the very moment of a write leaves the outcome of that write unknown. The platform is
/// written in Node, whose servers close what was idle for 5 seconds; so this side closes first.
const IDLE: Duration = Duration::from_secs(4);

/// reqwest, with everything off that would send a request, or a key, a second time or elsewhere.
pub(crate) fn client(settings: &Settings) -> Result<HttpClient, Error> {
    check_tls(settings.origin.as_deref())?;
    let configured = match &settings.configure {
        Some(Configure(configure)) => configure(fresh()),
        None => fresh(),
    };
    forced(configured, settings).build().map_err(|error| {
        let detail = match settings.configure {
            Some(_) => "the HTTP client cannot be set up with what `configure_http` adds",
            None => {
                "the HTTP client cannot be set up; are the certificates of this machine installed?"
            }
        };
        Error::new(ErrorKind::Setup).with_detail(detail).with_source(error.without_url())
    })
}

/// What holds whatever was set before.
fn forced(builder: reqwest::ClientBuilder, settings: &Settings) -> reqwest::ClientBuilder {
    // A key goes to whom the certificate says it goes.
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    let builder =
        builder.tls_danger_accept_invalid_certs(false).tls_danger_accept_invalid_hostnames(false);
    builder
        .user_agent(concat!("mileston-rs/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(settings.connect_timeout)
        .pool_idle_timeout(IDLE)
        // It would follow to any host with our headers on.
        .redirect(Policy::none())
        .referer(false)
        .retry(reqwest::retry::never())
        .http1_only()
        // Another crate of the program may switch these on for all.
        .no_gzip()
        .no_brotli()
        .no_deflate()
        .no_zstd()
        // It logs what is sent as it is, keys included.
        .connection_verbose(false)
}

/// What the user's settings start from, so that they can change it.
fn fresh() -> reqwest::ClientBuilder {
    // HTTP_PROXY and the like are not looked at: whoever can set them must not get to see where keys go.
    let builder = HttpClient::builder().no_proxy();
    // Said in any case: with two libraries in the program, which one reqwest takes depends on what others switch on.
    #[cfg(feature = "rustls")]
    let builder = builder.tls_backend_rustls();
    #[cfg(all(feature = "native-tls", not(feature = "rustls")))]
    let builder = builder.tls_backend_native();
    builder
}

/// Whether the origin, or without one the production hosts, can be talked to.
///
/// # Errors
///
/// They are https, and this crate was built without TLS.
pub(crate) fn check_tls(origin: Option<&str>) -> Result<(), Error> {
    let plain = origin.is_some_and(|origin| origin.starts_with("http://"));
    if plain || cfg!(any(feature = "rustls", feature = "native-tls")) {
        return Ok(());
    }
    Err(Error::new(ErrorKind::Setup).with_detail(
        "https needs TLS, and mileston-api was built without it; enable its feature `rustls` or `native-tls`",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::Client;

    /// What cannot be seen from outside without a server of TLS or a log of the connection.
    #[test]
    fn what_is_forced_holds_whatever_was_set_before() {
        let client = Client::builder_without_key().origin("http://127.0.0.1:1").unwrap();
        let client = client.build().unwrap();
        let settings = &client.shared().settings;
        let other = HttpClient::builder()
            .redirect(Policy::limited(3))
            .referer(true)
            .connect_timeout(Duration::from_secs(3600))
            .user_agent("other")
            .connection_verbose(true);
        #[cfg(any(feature = "rustls", feature = "native-tls"))]
        let other =
            other.tls_danger_accept_invalid_certs(true).tls_danger_accept_invalid_hostnames(true);
        let plain = HttpClient::builder();
        assert_ne!(format!("{other:?}"), format!("{plain:?}"));
        let shown = |builder| format!("{:?}", forced(builder, settings));
        assert_eq!(shown(other), shown(plain));
    }
}
