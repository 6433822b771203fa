//! Checks the URL of a token endpoint before any secret is sent to it.

use super::error::SetupError;
use crate::origin::{Origin, OriginPolicy as _, SecureOrigins};
use crate::web_url::WebUrl;

/// The URL of a token endpoint.
pub(super) struct Endpoint {
    pub(super) url: String,
    /// The scheme, host and port, for messages. The rest of a URL may be secret.
    pub(super) origin: Origin,
}

impl Endpoint {
    /// Parses a URL that uses https, or plain http to this machine.
    pub(super) fn parse(text: &str) -> Result<Self, SetupError> {
        // A URL parser would silently remove some of these characters.
        if text.contains(|c: char| c.is_whitespace() || c.is_control() || c == '\\') {
            return Err(SetupError::TokenUrl(
                "it contains whitespace, a control character or a backslash",
            ));
        }
        let expected = SetupError::TokenUrl("expected https://host/path");
        let url = WebUrl::parse(text).map_err(|_| expected)?;
        let problem = if !matches!(&*url.scheme(), "http" | "https") {
            "it must begin with https:// or http://"
        } else if url.has_user() {
            "it contains a user name or a password; set the client id and the client secret instead"
        } else if url.has_fragment() {
            "it has a fragment; remove `#` and everything after it"
        } else {
            let origin = Origin::parse(&url.origin());
            let origin = origin.map_err(|_| expected)?;
            let secure = SecureOrigins.check(&origin);
            secure.map_err(|refused| SetupError::TokenUrl(refused.reason()))?;
            return Ok(Endpoint { url: url.into_text(), origin });
        };
        Err(SetupError::TokenUrl(problem))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_and_http_to_this_machine_are_accepted() {
        for (text, url, origin) in [
            (
                "https://Auth.example:443/token?tenant=1",
                "https://auth.example/token?tenant=1",
                "https://auth.example",
            ),
            ("http://127.0.0.1:8080/token", "http://127.0.0.1:8080/token", "http://127.0.0.1:8080"),
            ("http://localhost", "http://localhost/", "http://localhost"),
        ] {
            let endpoint = Endpoint::parse(text).ok().unwrap();
            assert_eq!((&*endpoint.url, endpoint.origin.as_str()), (url, origin));
        }
    }

    #[test]
    fn every_other_url_is_rejected_and_not_quoted() {
        for (text, expected) in [
            ("", "expected https://host/path"),
            ("auth.example/hunter2", "expected https://host/path"),
            ("ftp://auth.example/hunter2", "must begin with https://"),
            ("data:hunter2", "must begin with https://"),
            ("http://auth.example/hunter2", "plain http is allowed only to this machine"),
            ("https://id:hunter2@auth.example/token", "a user name or a password"),
            ("https://hunter2@auth.example/token", "a user name or a password"),
            ("https://auth.example/token#hunter2", "a fragment"),
            ("https://auth.example/hunter2\n", "whitespace"),
            ("https:\\\\auth.example/hunter2", "backslash"),
            ("https://", "expected https://host/path"),
        ] {
            let error = Endpoint::parse(text).err().unwrap();
            assert!(error.to_string().contains(expected), "{text}: {error}");
            assert!(!format!("{error} {error:?} {error:#?}").contains("hunter2"), "{error}");
        }
    }
}
