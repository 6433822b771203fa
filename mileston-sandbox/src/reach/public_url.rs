//! The URL at which clients reach a sandbox behind a proxy.

use mileston_api::catalogue::OPERATIONS;
use reqwest::Url;

use super::ReachError;
use super::names::is_host;

/// The first path segments of the sandbox's own pages. The operations' segments come from `OPERATIONS`.
const OWN: [&str; 5] = ["_sandbox", "pay", "payments", "webhooks", "requests"];

/// A URL with a scheme, a host, and optionally a port and a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PublicUrl {
    /// The URL, without a trailing slash.
    text: String,
    /// The length of the origin: the position in the URL at which the path begins.
    origin: usize,
    host: String,
}

impl PublicUrl {
    /// Checks a URL. All characters of an accepted URL are safe in HTML and in a shell.
    pub(super) fn parse(text: &str) -> Result<Self, ReachError> {
        let refused = |problem| Err(ReachError::PublicUrl(problem));
        let Ok(url) = Url::parse(text) else { return refused("it isn't a URL") };
        if !matches!(url.scheme(), "http" | "https") {
            return refused("it must begin with https:// or http://");
        }
        if !url.username().is_empty() || url.password().is_some() {
            return refused("it has a user name or a password");
        }
        if url.query().is_some() || url.fragment().is_some() {
            return refused("it has a query or a fragment");
        }
        let Some(host) = url.host_str() else { return refused("it has no host") };
        // The parser accepts `;`, `$`, quotes and other special characters in a host.
        if !is_host(host) {
            return refused(
                "its host must be an IP address, or a name of at most 253 letters, digits, `-`, `.` and `_`",
            );
        }
        let base = url.path().trim_end_matches('/');
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
        if !base.bytes().all(plain) || base.contains("//") {
            return refused(
                "its path may contain only letters, digits, `-`, `.`, `_`, `~` and single `/`",
            );
        }
        if is_own(base) {
            return refused("its path starts with one of the sandbox's own paths");
        }
        let origin = url.origin().ascii_serialization();
        let text = format!("{origin}{base}");
        Ok(PublicUrl { text, origin: origin.len(), host: host.to_owned() })
    }

    /// Returns the URL without a trailing slash.
    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the scheme, host and port.
    pub(super) fn origin(&self) -> &str {
        self.text.get(..self.origin).unwrap_or_default()
    }

    /// Returns the path without a trailing slash. The path is often empty.
    pub(super) fn base(&self) -> &str {
        self.text.get(self.origin..).unwrap_or_default()
    }

    pub(super) fn host(&self) -> &str {
        &self.host
    }
}

/// Returns whether a path under this base could also be one of the sandbox's own paths. In that case, it would be
/// unclear whether a proxy has removed the base.
fn is_own(base: &str) -> bool {
    let first = |path: &str| path.split('/').nth(1).unwrap_or_default().to_owned();
    let first_of_base = first(base);
    let mut paths = OPERATIONS.iter().map(|operation| first(operation.path));
    !base.is_empty()
        && (OWN.contains(&first_of_base.as_str()) || paths.any(|own| own == first_of_base))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_has_an_origin_and_perhaps_a_base() {
        for (text, origin, base, host) in [
            ("https://dev.example", "https://dev.example", "", "dev.example"),
            ("https://Dev.example:443/", "https://dev.example", "", "dev.example"),
            ("http://dev.example:8080/a/b/", "http://dev.example:8080", "/a/b", "dev.example"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080", "", "127.0.0.1"),
            ("http://web_1", "http://web_1", "", "web_1"),
            ("https://[::2]/sandbox", "https://[::2]", "/sandbox", "[::2]"),
        ] {
            let url = PublicUrl::parse(text).unwrap();
            assert_eq!((url.origin(), url.base(), url.host()), (origin, base, host));
            assert_eq!(url.as_str(), format!("{origin}{base}"));
        }
    }

    #[test]
    fn an_unusable_public_url_is_rejected_without_being_repeated() {
        for text in [
            "",
            "dev.example",
            "ftp://dev.example",
            "https://user:hunter2@dev.example",
            "https://dev.example?hunter2",
            "https://dev.example/#hunter2",
            "https://dev.example/a//b",
            "https://dev.example/hunter2'",
            "https://dev.example/invoice",
            "https://dev.example/_sandbox/x",
            "https://dev.example/payments",
            "https://hunter2;b.example",
            "https://hunter2$b.example/sandbox",
            "https://*.hunter2.example",
        ] {
            let said = PublicUrl::parse(text).unwrap_err().to_string();
            assert!(said.starts_with("the public URL must be"), "{text}: {said}");
            assert!(!said.contains("hunter2"), "{said}");
        }
    }

    #[test]
    fn an_accepted_url_is_safe_in_html_and_in_a_shell() {
        let safe = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/:".contains(&byte);
        let mut accepted = 0;
        for each in (0..=u8::MAX).map(char::from) {
            for text in [
                format!("https://a{each}b.example/c"),
                format!("https://dev.example{each}8080/c"),
                format!("https://{each}@dev.example/c"),
                format!("https://dev.example/c{each}d"),
            ] {
                let Ok(url) = PublicUrl::parse(&text) else { continue };
                assert!(url.as_str().bytes().all(safe), "{text:?}: {}", url.as_str());
                accepted += 1;
            }
        }
        assert!(accepted > 100, "{accepted}");
    }
}
