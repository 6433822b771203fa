//! The arguments that control who can reach a sandbox.

use std::ffi::OsString;
use std::net::{IpAddr, Ipv4Addr};

use clap::Args;

use super::failure::Failure;
use crate::SandboxBuilder;

/// The name of the environment variable that contains the token.
pub(super) const TOKEN: &str = "MILESTON_SANDBOX_TOKEN";

#[derive(Args)]
#[command(next_help_heading = "Other machines")]
pub(super) struct ReachArguments {
    /// Listen on this IP address; 0.0.0.0 means all IPv4 addresses
    ///
    /// Only this machine can reach the default, 127.0.0.1.
    #[arg(long, value_name = "ADDRESS", value_parser = address, default_value = "127.0.0.1")]
    host: IpAddr,
    /// Also serve requests to this host name; repeat for more names
    ///
    /// The sandbox rejects requests to other names with 421, so that no website can reach the sandbox by pointing its
    /// own name at it.
    #[arg(long, value_name = "NAME")]
    allow_host: Vec<String>,
    /// Begin all links with this URL, at which a proxy serves the sandbox
    ///
    /// An example is https://dev.example/sandbox. The proxy may remove the path or pass it on.
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// Require this token to control the sandbox [env: MILESTON_SANDBOX_TOKEN]
    ///
    /// The token has 16 to 256 characters. Other users of the machine can see a program's options, so prefer the
    /// environment variable. If other machines can reach the sandbox and there is no token, one is generated and
    /// printed.
    #[arg(long, value_name = "TOKEN")]
    token: Option<String>,
}

impl ReachArguments {
    /// Applies these arguments to a builder.
    pub(super) fn apply(&self, builder: SandboxBuilder) -> Result<SandboxBuilder, Failure> {
        let mut builder = builder.host(self.host);
        for name in &self.allow_host {
            builder = builder.allow_host(name);
        }
        if let Some(url) = &self.public_url {
            builder = builder.public_url(url);
        }
        let token = match &self.token {
            Some(token) => Some(token.clone()),
            None => token(std::env::var_os(TOKEN))?,
        };
        Ok(match token {
            Some(token) => builder.token(token),
            None => builder,
        })
    }
}

/// Returns the token in the environment variable, unless the variable is unset or empty.
pub(super) fn token(variable: Option<OsString>) -> Result<Option<String>, Failure> {
    let set = variable.filter(|value| !value.is_empty());
    let text = set.map(OsString::into_string).transpose();
    text.map_err(|_| Failure::Misused(format!("{TOKEN} isn't valid Unicode")))
}

fn address(text: &str) -> Result<IpAddr, &'static str> {
    if text == "localhost" {
        return Ok(Ipv4Addr::LOCALHOST.into());
    }
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    bare.parse().map_err(|_| "expected an IP address of this machine, or 0.0.0.0 for all")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_an_ip_address_or_localhost() {
        for (text, expected) in
            [("0.0.0.0", "0.0.0.0"), ("localhost", "127.0.0.1"), ("[::1]", "::1"), ("::", "::")]
        {
            assert_eq!(address(text).unwrap().to_string(), expected);
        }
        assert!(address("sandbox").is_err() && address("127.0.0.1:80").is_err());
    }

    #[test]
    fn an_empty_variable_is_not_a_token() {
        assert_eq!(token(None), Ok(None));
        assert_eq!(token(Some("".into())), Ok(None));
        assert_eq!(token(Some("fake".into())), Ok(Some("fake".to_owned())));
    }
}
