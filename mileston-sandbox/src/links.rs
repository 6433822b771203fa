//! The URLs of the sandbox's own pages, for use in responses.

use std::sync::Arc;

use crate::store::Resource;

/// Builds the URLs of pages from the sandbox's origin.
#[derive(Clone, Debug)]
pub(crate) struct Links {
    origin: Arc<str>,
}

impl Links {
    /// Creates links that begin with this origin, which must not have a trailing slash.
    pub(crate) fn new(origin: &str) -> Self {
        Links { origin: origin.into() }
    }

    /// Returns the origin, without a trailing slash.
    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    /// Returns the URL of the checkout page.
    pub(crate) fn checkout<R: Resource>(&self, id: &str) -> String {
        format!("{}/{}/{id}", self.origin, R::PAGE)
    }

    /// Returns the URL of the page for a card payment.
    pub(crate) fn on_ramp(&self, id: &str) -> String {
        format!("{}/pay/on-ramp/{id}", self.origin)
    }
}
