//! Replaces the URL of a request with one that a response contains, such as the URL of the next page.

use crate::error::{Error, ErrorKind};
use crate::request::Request;
use crate::web_url::WebUrl;

impl Request {
    /// Replaces the URL with one from a response. Both URLs must have the same origin, because the credential is sent
    /// to the new URL.
    ///
    /// # Errors
    ///
    /// Returns an error if the URL has a different origin or is invalid.
    pub(crate) fn follow(&mut self, link: &str) -> Result<(), Error> {
        // The link is untrusted and may contain a credential, so errors don't quote it.
        let refused =
            |what: &str| Error::new(ErrorKind::InvalidOrigin).with_detail(what.to_owned());
        let unreadable = |_| refused("the link to the next page isn't a URL");
        let own = WebUrl::parse(&self.url).map_err(unreadable)?;
        let target = own.join(link).map_err(unreadable)?;
        if target.origin() != own.origin() || target.has_user() {
            return Err(refused("the link to the next page points to a different origin"));
        }
        self.url = target.into_text();
        Ok(())
    }
}
