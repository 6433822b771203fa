//! Builds the URLs that pages contain: links, forms, redirects and assets. All of them begin with the path under which
//! the sandbox is reached, so a reverse proxy can serve the sandbox under a path such as `/sandbox`.

use mileston_keys::{BusinessId, ModeName};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::tab::Tab;
use crate::links::Links;

/// The URLs of a sandbox's pages, without scheme and host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Urls {
    /// The path under which the sandbox is reached, without a trailing slash. Usually empty.
    base: String,
}

impl Urls {
    /// Returns the URLs of this sandbox.
    pub(super) fn of(links: &Links) -> Self {
        Urls::under(links.origin())
    }

    /// Returns the URLs of a sandbox that clients reach at this URL.
    pub(super) fn under(origin: &str) -> Self {
        let rest = origin.split_once("://").map_or(origin, |(_, rest)| rest);
        let base = rest.find('/').and_then(|start| rest.get(start..)).unwrap_or_default();
        Urls { base: base.trim_end_matches('/').to_owned() }
    }

    /// Returns the path under which the sandbox is reached, without a trailing slash.
    pub(super) fn base(&self) -> &str {
        &self.base
    }

    /// Returns the URL for a path such as `/payments`.
    pub(super) fn to(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// Returns the URL of a tab for a business and mode. The business id is percent-encoded, because it can have
    /// characters that are special in a query.
    pub(super) fn tab(&self, tab: Tab, business: &BusinessId, mode: ModeName) -> String {
        let business = utf8_percent_encode(business.as_str(), NON_ALPHANUMERIC);
        format!("{}?business={business}&mode={mode}", self.to(tab.path()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_url_begins_with_the_base_path() {
        for (origin, expected) in [
            ("http://127.0.0.1:7357", "/payments"),
            ("https://dev.example/", "/payments"),
            ("https://dev.example/tools/sandbox/", "/tools/sandbox/payments"),
        ] {
            assert_eq!(Urls::under(origin).to("/payments"), expected, "{origin}");
        }
        let tab =
            Urls::under("http://h/a").tab(Tab::Developers, &"x&y".parse().unwrap(), ModeName::Test);
        assert_eq!(tab, "/a/?business=x%26y&mode=test");
    }
}
