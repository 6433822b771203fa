//! Defines how a sandbox can be reached (its address, names and URL) and who may control it.

mod error;
mod names;
mod public_url;
mod token;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::Request;
use axum::http::header::HOST;
use mileston_api::SecretText;

use self::names::Names;
use self::public_url::PublicUrl;

pub(crate) use error::ReachError;
pub(crate) use names::Unserved;
pub(crate) use token::ControlToken;

/// The user's options, which are checked when the sandbox starts.
#[derive(Clone, Debug)]
pub(crate) struct ReachOptions {
    /// The address to listen on.
    pub(crate) host: IpAddr,
    /// Additional names under which the sandbox is served.
    pub(crate) allowed: Vec<String>,
    /// The URL at which clients reach the sandbox, if there is a proxy in between.
    pub(crate) public_url: Option<String>,
    /// The token that is required to control the sandbox. If none is set and other machines can reach the sandbox, one
    /// is generated.
    pub(crate) token: Option<SecretText>,
}

impl Default for ReachOptions {
    fn default() -> Self {
        let host = Ipv4Addr::LOCALHOST.into();
        ReachOptions { host, allowed: Vec::new(), public_url: None, token: None }
    }
}

/// How a running sandbox can be reached.
#[derive(Debug)]
pub(crate) struct Reach {
    url: String,
    public_url: Option<PublicUrl>,
    names: Names,
    port: u16,
    token: Option<Held>,
}

/// The token that is required to control a sandbox: set by the user, or generated.
#[derive(Debug)]
enum Held {
    Given(ControlToken),
    Generated(ControlToken),
}

impl Reach {
    /// Checks the options of a sandbox that listens on this address.
    pub(crate) fn new(options: &ReachOptions, bound: SocketAddr) -> Result<Self, ReachError> {
        let public_url = options.public_url.as_deref().map(PublicUrl::parse).transpose()?;
        let mut names = Names::new(bound.ip(), &options.allowed)?;
        let url = match &public_url {
            Some(public) => public.as_str().to_owned(),
            None => format!("http://{}:{}", names.preferred(), bound.port()),
        };
        if let Some(public) = &public_url {
            names.add(public.host());
        }
        let token = match &options.token {
            Some(given) => Some(Held::Given(ControlToken::check(given.clone())?)),
            None if names.go_beyond_loopback() => Some(Held::Generated(ControlToken::generate()?)),
            None => None,
        };
        Ok(Reach { url, public_url, names, port: bound.port(), token })
    }

    /// Returns the URL at which clients reach the sandbox, without a trailing slash.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Returns the token that a request needs to control the sandbox, or `None` if any program on this machine may
    /// control it.
    pub(crate) fn token(&self) -> Option<&ControlToken> {
        self.token.as_ref().map(|(Held::Given(token) | Held::Generated(token))| token)
    }

    /// Returns the port that the sandbox listens on.
    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// Checks the `Host` of a request. This stops DNS rebinding: if a site points its own name at the sandbox,
    /// requests from its pages carry that name in `Host`.
    pub(crate) fn check_host(&self, request: &Request) -> Result<(), Unserved> {
        let mut hosts = request.headers().get_all(HOST).iter();
        match (hosts.next(), hosts.next()) {
            (Some(host), None) => self.names.check(host.to_str().unwrap_or_default()),
            _ => Err(Unserved::NotOne),
        }
    }

    /// Returns whether this is the origin of the public URL, in the form that a browser sends.
    pub(crate) fn is_public_origin(&self, origin: &str) -> bool {
        self.public_url.as_ref().is_some_and(|public| public.origin() == origin)
    }

    /// Returns whether clients reach the sandbox over https.
    pub(crate) fn is_https(&self) -> bool {
        self.url.starts_with("https://")
    }

    /// Returns whether clients reach the sandbox over plain http, at a host that is not a loopback name or address.
    pub(crate) fn is_in_clear(&self) -> bool {
        let named = || self.names.preferred();
        let host = self.public_url.as_ref().map_or_else(named, |public| public.host().to_owned());
        !self.is_https() && !names::is_loopback(&host)
    }

    /// Returns the path of the URL at which clients reach the sandbox, without a trailing slash.
    pub(crate) fn base(&self) -> &str {
        self.public_url.as_ref().map_or("", PublicUrl::base)
    }
}

#[cfg(feature = "cli")]
impl Reach {
    /// Returns the token if it was generated. The user doesn't know a generated token until it is printed.
    pub(crate) fn generated_token(&self) -> Option<&ControlToken> {
        match &self.token {
            Some(Held::Generated(token)) => Some(token),
            _ => None,
        }
    }

    /// Returns whether other machines may be able to reach the sandbox.
    pub(crate) fn is_exposed(&self) -> bool {
        self.names.go_beyond_loopback()
    }

    /// Returns the names and addresses under which the sandbox is served, separated by commas.
    pub(crate) fn served(&self) -> String {
        self.names.to_string()
    }
}
