//! Parses URLs with the `url` crate.

use url::{ParseError, Url};

use super::invalid::InvalidUrl;

/// A URL.
pub(crate) struct WebUrl(Url);

impl WebUrl {
    pub(crate) fn parse(text: &str) -> Result<Self, InvalidUrl> {
        Url::parse(text).map(WebUrl).map_err(reason)
    }

    /// Resolves a reference relative to this URL.
    pub(crate) fn join(&self, reference: &str) -> Result<Self, InvalidUrl> {
        self.0.join(reference).map(WebUrl).map_err(reason)
    }

    pub(crate) fn scheme(&self) -> String {
        self.0.scheme().to_owned()
    }

    /// Returns whether the URL has a user name or a password.
    pub(crate) fn has_user(&self) -> bool {
        !self.0.username().is_empty() || self.0.password().is_some()
    }

    /// Returns the host. An IPv6 address is in brackets.
    pub(crate) fn host(&self) -> String {
        self.0.host_str().unwrap_or_default().to_owned()
    }

    pub(crate) fn path(&self) -> String {
        self.0.path().to_owned()
    }

    pub(crate) fn has_query(&self) -> bool {
        self.0.query().is_some()
    }

    pub(crate) fn has_fragment(&self) -> bool {
        self.0.fragment().is_some()
    }

    /// Returns scheme, host and port, without a trailing slash.
    pub(crate) fn origin(&self) -> String {
        self.0.origin().ascii_serialization()
    }

    pub(crate) fn into_text(self) -> String {
        self.0.into()
    }
}

fn reason(error: ParseError) -> InvalidUrl {
    InvalidUrl(match error {
        ParseError::EmptyHost => "the host is empty",
        ParseError::InvalidPort => "the port isn't a number from 0 to 65535",
        ParseError::IdnaError | ParseError::InvalidDomainCharacter => "the host name is invalid",
        ParseError::InvalidIpv4Address | ParseError::InvalidIpv6Address => {
            "the IP address is invalid"
        }
        _ => "it isn't a URL",
    })
}
