//! Parses URLs with the browser's parser, because the `url` crate would add its Unicode tables to a page.

use web_sys::Url;

use super::invalid::InvalidUrl;

/// A URL.
pub(crate) struct WebUrl(Url);

const INVALID: InvalidUrl = InvalidUrl("it isn't a URL");

impl WebUrl {
    pub(crate) fn parse(text: &str) -> Result<Self, InvalidUrl> {
        Url::new(text).map(WebUrl).map_err(|_| INVALID)
    }

    /// Resolves a reference relative to this URL.
    pub(crate) fn join(&self, reference: &str) -> Result<Self, InvalidUrl> {
        Url::new_with_base(reference, &self.0.href()).map(WebUrl).map_err(|_| INVALID)
    }

    pub(crate) fn scheme(&self) -> String {
        let mut scheme = self.0.protocol();
        // The browser's scheme ends in a colon, which is removed.
        scheme.pop();
        scheme
    }

    /// Returns whether the URL has a user name or a password.
    pub(crate) fn has_user(&self) -> bool {
        !self.0.username().is_empty() || !self.0.password().is_empty()
    }

    /// Returns the host. An IPv6 address is in brackets.
    pub(crate) fn host(&self) -> String {
        self.0.hostname()
    }

    pub(crate) fn path(&self) -> String {
        self.0.pathname()
    }

    // `search` and `hash` are the same for an empty part and a missing one, so these functions look for the
    // characters `?` and `#`. In the parts before the query, both characters are escaped.
    pub(crate) fn has_query(&self) -> bool {
        let href = self.0.href();
        href.split('#').next().is_some_and(|it| it.contains('?'))
    }

    pub(crate) fn has_fragment(&self) -> bool {
        self.0.href().contains('#')
    }

    /// Returns the scheme, host and port, without a trailing slash.
    pub(crate) fn origin(&self) -> String {
        self.0.origin()
    }

    pub(crate) fn into_text(self) -> String {
        self.0.href()
    }
}
