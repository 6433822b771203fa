//! The running sandbox that a command controls.

use std::ffi::OsString;

use clap::Args;
use mileston_api::reqwest::Url;

use super::failure::Failure;
use super::port::DEFAULT_PORT;
use super::reach_arguments::{TOKEN, token};
use super::remote::Remote;

/// The name of the environment variable that contains the URL.
const VARIABLE: &str = "MILESTON_URL";

/// Which sandbox to control, and how to print the result.
#[derive(Args)]
#[command(next_help_heading = "Sandbox")]
pub(super) struct Target {
    /// The sandbox to control [env: MILESTON_URL] [default: http://127.0.0.1:7357]
    ///
    /// This is the URL that `serve` printed. If neither this option nor MILESTON_URL is set, the default port on this
    /// machine is used.
    #[arg(long, value_name = "URL", global = true)]
    url: Option<String>,
    /// Print JSON instead of text
    #[arg(long, global = true, help_heading = "Output")]
    pub(super) json: bool,
}

impl Target {
    /// Returns whether `--url` was given.
    pub(super) fn is_named(&self) -> bool {
        self.url.is_some()
    }

    /// Creates a client for the sandbox, without sending anything.
    pub(super) fn remote(&self) -> Result<Remote, Failure> {
        let token = token(std::env::var_os(TOKEN))?;
        let url = resolve(self.url.as_deref(), std::env::var_os(VARIABLE), token.is_some())?;
        Ok(Remote::at(url, token)?)
    }
}

/// Returns the URL from the option. Without the option, returns the URL from the environment variable, or the default
/// if that variable is unset or empty. The error doesn't repeat the URL, because the URL may contain a password.
fn resolve(
    option: Option<&str>,
    variable: Option<OsString>,
    has_token: bool,
) -> Result<Url, Failure> {
    let variable = variable.filter(|value| !value.is_empty());
    let standard = format!("http://127.0.0.1:{DEFAULT_PORT}");
    let (source, text) = match (option, &variable) {
        (Some(text), _) => ("--url", Some(text)),
        (None, Some(value)) => (VARIABLE, value.to_str()),
        (None, None) => ("the default URL", Some(standard.as_str())),
    };
    let url: Option<Url> = text.and_then(|text| text.parse().ok()).filter(is_of_a_sandbox);
    let Some(url) = url else {
        return Err(Failure::Misused(format!(
            "{source} must be the URL that `serve` printed, such as {standard}"
        )));
    };
    // Without a token, a URL on another machine may be a mistake. A reset or a payment must not be sent there.
    let here = matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
    if !here && !has_token {
        return Err(Failure::Misused(format!(
            "{source} names a sandbox on another machine or behind a proxy: set {TOKEN} to that sandbox's token"
        )));
    }
    Ok(url)
}

/// Returns whether the URL has the form that `serve` prints: an origin and perhaps a path, without a password.
fn is_of_a_sandbox(url: &Url) -> bool {
    let whole = format!("{}{}", url.origin().ascii_serialization(), url.path());
    matches!(url.scheme(), "http" | "https") && url.as_str() == whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(option: Option<&str>, variable: Option<&str>, expected: &str) {
        let url = resolve(option, variable.map(OsString::from), false).unwrap();
        assert_eq!(url.as_str(), expected);
    }

    #[test]
    fn the_option_overrides_the_variable_and_the_default() {
        let (one, two) = (Some("http://127.0.0.1:1"), Some("http://localhost:2"));
        check(one, two, "http://127.0.0.1:1/");
        check(None, two, "http://localhost:2/");
        check(None, Some(""), "http://127.0.0.1:7357/");
        check(None, None, "http://127.0.0.1:7357/");
        check(one, Some("anything"), "http://127.0.0.1:1/");
    }

    #[test]
    fn an_error_names_the_source_of_the_url_but_not_its_value() {
        let words = "must be the URL that `serve` printed, such as http://127.0.0.1:7357";
        for text in [
            "localhost",
            "ftp://127.0.0.1:7357",
            "http://127.0.0.1:7357/?a",
            "http://name:password@127.0.0.1:7357",
            "http://127.0.0.1:7357@shop.example",
            "http://shop.example/#x",
        ] {
            let named = |source| Err(Failure::Misused(format!("{source} {words}")));
            assert_eq!(resolve(Some(text), None, true), named("--url"), "{text}");
            assert_eq!(resolve(None, Some(text.into()), true), named("MILESTON_URL"), "{text}");
        }
        assert!(resolve(Some(""), None, true).is_err());
    }

    #[test]
    fn another_machine_needs_a_token() {
        for text in [
            "http://shop.example:7357",
            "http://127.0.0.1.shop.example",
            "http://192.0.2.1:7357",
            "https://dev.example/sandbox",
        ] {
            let Err(Failure::Misused(said)) = resolve(Some(text), None, false) else {
                panic!("{text} was accepted")
            };
            assert!(said.contains("MILESTON_SANDBOX_TOKEN"), "{said}");
            assert!(resolve(Some(text), None, true).is_ok(), "{text}");
        }
    }
}
