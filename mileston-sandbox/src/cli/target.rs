//! The running sandbox that a command controls.

use std::ffi::OsString;

use clap::Args;
use mileston_api::reqwest::Url;

use super::DEFAULT_PORT;
use super::failure::Failure;
use super::remote::Remote;

/// The environment variable with the URL, which `serve` prints.
const VARIABLE: &str = "MILESTON_URL";

/// Which sandbox to control, and how to print the result.
#[derive(Args)]
#[command(next_help_heading = "Sandbox")]
pub(super) struct Target {
    /// The sandbox to control [env: MILESTON_URL] [default: http://127.0.0.1:7357]
    ///
    /// This is the URL that `serve` printed. If MILESTON_URL isn't set either, it is the default port of this machine.
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
        let url = resolve(self.url.as_deref(), std::env::var_os(VARIABLE))?;
        Ok(Remote::at(url)?)
    }
}

/// Returns the URL of the option, of the environment variable unless that is empty, or the default. The error doesn't
/// repeat the value, which may contain a password.
fn resolve(option: Option<&str>, variable: Option<OsString>) -> Result<Url, Failure> {
    let variable = variable.filter(|value| !value.is_empty());
    let standard = format!("http://127.0.0.1:{DEFAULT_PORT}");
    let (source, text) = match (option, &variable) {
        (Some(text), _) => ("--url", Some(text)),
        (None, Some(value)) => (VARIABLE, value.to_str()),
        (None, None) => ("the default URL", Some(standard.as_str())),
    };
    let url = text.and_then(|text| text.parse().ok()).filter(is_of_a_sandbox);
    url.ok_or_else(|| {
        Failure::Misused(format!(
            "{source} must be the URL that `serve` printed, such as {standard}"
        ))
    })
}

/// Returns whether the URL is a local origin without a password or path. Another machine must not get a reset or a
/// payment.
fn is_of_a_sandbox(url: &Url) -> bool {
    let here = matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
    here && url.scheme() == "http" && url.as_str() == url.origin().ascii_serialization() + "/"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(option: Option<&str>, variable: Option<&str>, expected: &str) {
        let url = resolve(option, variable.map(OsString::from)).unwrap();
        assert_eq!(url.as_str(), expected);
    }

    #[test]
    fn the_option_comes_before_the_variable_and_the_default() {
        let (one, two) = (Some("http://127.0.0.1:1"), Some("http://localhost:2"));
        check(one, two, "http://127.0.0.1:1/");
        check(None, two, "http://localhost:2/");
        check(None, Some(""), "http://127.0.0.1:7357/");
        check(None, None, "http://127.0.0.1:7357/");
        check(one, Some("anything"), "http://127.0.0.1:1/");
    }

    #[test]
    fn an_error_names_the_source_of_the_url_and_not_its_value() {
        let words = "must be the URL that `serve` printed, such as http://127.0.0.1:7357";
        for text in [
            "localhost",
            "https://127.0.0.1:7357",
            "http://127.0.0.1:7357/status",
            "http://127.0.0.1:7357/?a",
            "http://name:password@127.0.0.1:7357",
            "http://127.0.0.1:7357@shop.example",
            "http://shop.example:7357",
            "http://127.0.0.1.shop.example",
            "http://192.0.2.1:7357",
        ] {
            let named = |source| Err(Failure::Misused(format!("{source} {words}")));
            assert_eq!(resolve(Some(text), None), named("--url"), "{text}");
            assert_eq!(resolve(None, Some(text.into())), named("MILESTON_URL"), "{text}");
        }
        assert!(resolve(Some(""), None).is_err());
    }
}
