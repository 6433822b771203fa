//! Defines the single origin that replaces all of an API's servers. The origin is checked before any credential is sent
//! to it.

use std::fmt;

use crate::error::{Error, ErrorKind};
use crate::error_report::write_report;
use crate::web_url::WebUrl;

/// Decides where a credential may be sent if the user sets an origin, which replaces the OpenAPI document's servers.
///
/// The default is [`SecureOrigins`]. An authenticator that needs a stricter policy returns it from
/// [`Authenticate::origin_policy`](crate::Authenticate::origin_policy).
///
/// ```
/// use openapi_keys_runtime::{Origin, OriginPolicy, OriginRefused, SecureOrigins};
///
/// /// Allows this machine only.
/// struct Sandboxed;
///
/// impl OriginPolicy for Sandboxed {
///     fn check(&self, origin: &Origin) -> Result<(), OriginRefused> {
///         if origin.is_loopback() { Ok(()) } else { Err(OriginRefused::new("it isn't this machine")) }
///     }
/// }
///
/// let elsewhere = Origin::parse("https://library.example")?;
/// assert!(SecureOrigins.check(&elsewhere).is_ok());
/// assert!(Sandboxed.check(&elsewhere).is_err());
/// # Ok::<(), openapi_keys_runtime::Error>(())
/// ```
pub trait OriginPolicy {
    /// Checks an origin.
    ///
    /// # Errors
    ///
    /// Returns an error if the credential must not be sent to the origin.
    fn check(&self, origin: &Origin) -> Result<(), OriginRefused>;
}

/// Why an origin was rejected.
#[derive(Clone, PartialEq, Eq)]
pub struct OriginRefused(&'static str);

impl OriginRefused {
    /// Creates a reason: a clause that says what is wrong with the origin and how to fix it, e.g. "plain HTTP; use
    /// https".
    #[must_use]
    pub const fn new(reason: &'static str) -> Self {
        OriginRefused(reason)
    }

    pub(crate) fn reason(&self) -> &'static str {
        self.0
    }
}

impl fmt::Display for OriginRefused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for OriginRefused {}

/// Prints the message. `{:#?}` prints the fields.
impl fmt::Debug for OriginRefused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !f.alternate() {
            return write_report(self, f);
        }
        f.debug_tuple("OriginRefused").field(&self.0).finish()
    }
}

/// Allows https to any host, and plain http to this machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct SecureOrigins;

impl OriginPolicy for SecureOrigins {
    fn check(&self, origin: &Origin) -> Result<(), OriginRefused> {
        if origin.is_https() || origin.is_loopback() {
            return Ok(());
        }
        Err(OriginRefused::new(
            "plain http is allowed only to this machine (127.0.0.1, [::1], localhost); use https",
        ))
    }
}

/// A scheme, host and port: `http(s)://host[:port]`, normalised as in a browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The origin as text, without a trailing slash.
    text: String,
    is_loopback: bool,
}

impl Origin {
    /// Parses an origin. A path of `/` is accepted.
    ///
    /// # Errors
    ///
    /// Returns [`ErrorKind::InvalidOrigin`] if the text isn't a valid origin. The error never quotes the text, because
    /// it may contain a password.
    ///
    /// ```
    /// use openapi_keys_runtime::Origin;
    ///
    /// let origin = Origin::parse("https://Library.example:443/")?;
    /// assert_eq!(origin.as_str(), "https://library.example");
    /// # Ok::<(), openapi_keys_runtime::Error>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, Error> {
        // A URL parser would silently remove some of these characters.
        if text.contains(|c: char| c.is_whitespace() || c.is_control() || c == '\\') {
            return Err(invalid("it contains whitespace, a control character or a backslash"));
        }
        let url = WebUrl::parse(text).map_err(|error| {
            invalid("expected http(s)://host or http(s)://host:port").with_source(error)
        })?;
        let problem = if !matches!(&*url.scheme(), "http" | "https") {
            "it must begin with https:// or http://"
        } else if url.has_user() {
            "it contains a user name or a password"
        } else if url.has_query() || url.has_fragment() {
            "it has a query or a fragment; use only scheme, host and port"
        } else if url.path() != "/" {
            "it has a path; use only scheme, host and port"
        } else {
            let is_loopback = is_loopback(&url.host());
            return Ok(Origin { text: url.origin(), is_loopback });
        };
        Err(invalid(problem))
    }

    /// Parses an origin and checks it against a policy.
    pub(crate) fn judged(text: &str, policy: &dyn OriginPolicy) -> Result<Self, Error> {
        let origin = Origin::parse(text)?;
        policy.check(&origin).map_err(|refused| invalid(refused.0))?;
        Ok(origin)
    }

    /// Returns the origin as text, without a trailing slash.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns whether the origin uses https.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.text.starts_with("https://")
    }

    /// Returns whether the origin is this machine: 127.0.0.0/8, ::1 or the name `localhost`.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        self.is_loopback
    }
}

fn is_loopback(host: &str) -> bool {
    // The URL parser normalises IP addresses, and a host name can't end in a number. So these comparisons are enough.
    let is_address = |rest: &str| rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    host == "localhost" || host == "[::1]" || host.strip_prefix("127.").is_some_and(is_address)
}

fn invalid(problem: &str) -> Error {
    Error::new(ErrorKind::InvalidOrigin)
        .with_detail(format!("the given origin is rejected: {problem}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_is_allowed_to_any_host_and_http_to_this_machine() {
        for (text, expected) in [
            ("https://sandbox.example", "https://sandbox.example"),
            ("https://a.example:443/", "https://a.example"),
            ("https://a.example:8443", "https://a.example:8443"),
            ("http://127.0.0.1:4010", "http://127.0.0.1:4010"),
            ("http://127.9.9.9", "http://127.9.9.9"),
            ("http://[::1]:4010", "http://[::1]:4010"),
            ("http://localhost:4010", "http://localhost:4010"),
        ] {
            assert_eq!(Origin::judged(text, &SecureOrigins).unwrap().as_str(), expected);
        }
        for text in [
            "http://sandbox.example",
            "http://localhost.example",
            "http://127.0.0.1.example",
            "http://[::ffff:127.0.0.1]",
            "http://0.0.0.0",
            "http://10.0.0.1",
        ] {
            check_rejected(text, "plain http is allowed only to this machine");
        }
    }

    #[track_caller]
    fn check_rejected(text: &str, expected: &str) {
        let error = Origin::judged(text, &SecureOrigins).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidOrigin);
        assert_eq!(error.outcome(), crate::Outcome::NotSent);
        assert!(error.to_string().contains(expected), "{text}: {error}");
        assert!(!error.to_string().contains("hunter2"), "{error}");
    }

    #[test]
    fn only_scheme_host_and_port_are_accepted() {
        for (text, expected) in [
            ("", "expected http(s)://host"),
            ("127.0.0.1:4010", "expected http(s)://host"),
            ("localhost:4010", "must begin with https:// or http://"),
            ("ftp://a.example", "must begin with https:// or http://"),
            ("https://a.example/checkout", "has a path"),
            ("https://a.example?x=1", "has a query"),
            ("https://a.example?", "has a query"),
            ("https://a.example#x", "fragment"),
            ("https://user:hunter2@a.example", "a user name or a password"),
            ("https://user@127.0.0.1", "a user name or a password"),
            (" https://a.example", "whitespace"),
            ("https://a.ex\nample", "whitespace"),
            ("https:\\\\a.example", "backslash"),
        ] {
            check_rejected(text, expected);
        }
    }
}
