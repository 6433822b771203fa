//! The names under which a sandbox is served.

use std::net::{IpAddr, Ipv4Addr};

use super::ReachError;

/// The names that always refer to the local machine, so a site can't use them for DNS rebinding.
const LOOPBACK: [&str; 3] = ["127.0.0.1", "localhost", "[::1]"];

/// The maximum length of a host name (RFC 1035).
const LONGEST: usize = 253;

/// The names under which a sandbox is served.
#[derive(Debug)]
pub(super) struct Names {
    /// The address that the sandbox listens on.
    listens: IpAddr,
    /// Additional names, in lower case.
    others: Vec<String>,
}

/// Why a request's `Host` is rejected.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Unserved {
    /// The request doesn't have exactly one `Host`.
    NotOne,
    /// The `Host` isn't a host name or an address.
    Malformed,
    /// The `Host` is a name or address that wasn't allowed.
    Unknown(String),
}

impl Names {
    /// Returns the names of a sandbox that listens on this address.
    pub(super) fn new(listens: IpAddr, allowed: &[String]) -> Result<Self, ReachError> {
        let known = |name: &String| match is_host(name) {
            true => Ok(name.to_ascii_lowercase()),
            false => Err(ReachError::Name),
        };
        let others: Result<Vec<_>, _> = allowed.iter().map(known).collect();
        Ok(Names { listens, others: others? })
    }

    /// Adds the public URL's host.
    pub(super) fn add(&mut self, host: &str) {
        self.others.push(host.to_ascii_lowercase());
    }

    /// Returns the host for links: the first additional name, or if there is none, the address that the sandbox listens
    /// on. If the sandbox listens on all addresses, `127.0.0.1` is used as the address.
    pub(super) fn preferred(&self) -> String {
        match self.others.first() {
            Some(name) => name.clone(),
            None if self.listens.is_unspecified() => "127.0.0.1".to_owned(),
            None => in_url(self.listens),
        }
    }

    /// Returns whether other machines may be able to reach the sandbox, directly or through a proxy.
    pub(super) fn go_beyond_loopback(&self) -> bool {
        !self.listens.is_loopback() || !self.others.iter().all(|name| is_loopback(name))
    }

    /// Checks the `Host` of a request. Accepts any port, because a port may be forwarded.
    pub(super) fn check(&self, host: &str) -> Result<(), Unserved> {
        let name = match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
            _ => host,
        };
        let mut known = LOOPBACK.into_iter().chain(self.others.iter().map(String::as_str));
        if known.any(|known| name.eq_ignore_ascii_case(known)) || self.is_own_address(name) {
            return Ok(());
        }
        Err(if is_host(name) { Unserved::Unknown(name.to_owned()) } else { Unserved::Malformed })
    }

    /// Returns whether this is an address that the sandbox listens on. If the sandbox listens on all addresses, any
    /// address is accepted. This is safe: if a site points its own name here, browsers send that name in `Host`, not an
    /// address.
    fn is_own_address(&self, name: &str) -> bool {
        let bare = name.trim_start_matches('[').trim_end_matches(']');
        let Ok(address) = bare.parse::<IpAddr>() else { return false };
        if self.listens.is_unspecified() {
            return !address.is_unspecified() && in_url(address) == name.to_ascii_lowercase();
        }
        address == self.listens
    }
}

/// Writes the names and addresses under which the sandbox is served, separated by commas.
#[cfg(feature = "cli")]
impl std::fmt::Display for Names {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut names: Vec<String> = LOOPBACK[..2].iter().map(ToString::to_string).collect();
        let own = match self.listens {
            address if address.is_unspecified() => "its IP addresses".to_owned(),
            address => in_url(address),
        };
        for name in std::iter::once(&own).chain(&self.others) {
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
        f.write_str(&names.join(", "))
    }
}

/// Returns whether the name always means this machine.
pub(super) fn is_loopback(name: &str) -> bool {
    LOOPBACK.contains(&name) || name.parse().is_ok_and(|address: Ipv4Addr| address.is_loopback())
}

/// Returns an address as it is written in a URL.
fn in_url(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => format!("[{address}]"),
    }
}

/// Returns whether this is a host name, or an IP address as it is written in a URL. Container names may contain
/// underscores.
pub(super) fn is_host(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
    let address = name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    match address {
        Some(address) => address.parse::<std::net::Ipv6Addr>().is_ok(),
        None => (1..=LONGEST).contains(&name.len()) && name.bytes().all(plain),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(listens: &str, allowed: &[&str]) -> Names {
        let allowed: Vec<_> = allowed.iter().map(ToString::to_string).collect();
        Names::new(listens.parse().unwrap(), &allowed).unwrap()
    }

    #[test]
    fn only_names_of_this_machine_are_accepted() {
        let names = names("127.0.0.1", &[]);
        for host in ["127.0.0.1", "127.0.0.1:7357", "localhost:80", "LocalHost", "[::1]:7357"] {
            assert_eq!(names.check(host), Ok(()), "{host}");
        }
        for host in [
            "",
            "evil.example",
            "127.0.0.1.evil.example",
            "localhost.evil.example:7357",
            "127.0.0.1:7357@evil.example",
            "evil.example:127.0.0.1",
            "0.0.0.0",
            "192.0.2.1",
            "::1",
        ] {
            assert!(names.check(host).is_err(), "{host}");
        }
        assert!(!names.go_beyond_loopback());
    }

    #[test]
    fn an_allowed_name_is_accepted_but_similar_names_are_not() {
        let names = names("0.0.0.0", &["Sandbox", "web_1"]);
        for host in ["sandbox", "SANDBOX:7357", "web_1:1", "localhost", "192.0.2.1:7357", "[::2]"] {
            assert_eq!(names.check(host), Ok(()), "{host}");
        }
        for host in
            ["sandbox.evil.example", "xsandbox", "sandbox.", "0.0.0.0", "[::]", "192.0.2.01"]
        {
            assert!(names.check(host).is_err(), "{host}");
        }
        assert_eq!(names.check("evil.example"), Err(Unserved::Unknown("evil.example".to_owned())));
        assert_eq!(names.check("<script>"), Err(Unserved::Malformed));
        assert!(names.go_beyond_loopback());
    }

    #[test]
    fn a_sandbox_bound_to_one_address_accepts_only_that_address() {
        let names = names("192.0.2.1", &[]);
        assert_eq!(names.check("192.0.2.1:7357"), Ok(()));
        assert!(names.check("192.0.2.2").is_err());
        assert_eq!(names.preferred(), "192.0.2.1");
    }

    #[test]
    fn a_sandbox_bound_to_another_loopback_address_serves_the_url_that_it_prints() {
        let names = names("127.0.0.2", &[]);
        assert_eq!(names.preferred(), "127.0.0.2");
        assert_eq!(names.check("127.0.0.2:7357"), Ok(()));
        assert!(names.check("127.0.0.3:7357").is_err());
        assert!(!names.go_beyond_loopback());
        assert!(is_loopback("127.0.0.2") && !is_loopback("128.0.0.2"));
    }

    #[cfg(feature = "cli")]
    #[test]
    fn each_served_name_is_listed_once() {
        for (listens, allowed, expected) in [
            ("127.0.0.1", "web", "127.0.0.1, localhost, web"),
            ("127.0.0.2", "web", "127.0.0.1, localhost, 127.0.0.2, web"),
            ("0.0.0.0", "localhost", "127.0.0.1, localhost, its IP addresses"),
            ("192.0.2.1", "192.0.2.1", "127.0.0.1, localhost, 192.0.2.1"),
        ] {
            assert_eq!(names(listens, &[allowed]).to_string(), expected);
        }
    }

    #[test]
    fn links_use_a_name_that_other_machines_can_use() {
        assert_eq!(names("127.0.0.1", &[]).preferred(), "127.0.0.1");
        assert_eq!(names("0.0.0.0", &[]).preferred(), "127.0.0.1");
        assert_eq!(names("0.0.0.0", &["sandbox"]).preferred(), "sandbox");
        assert_eq!(names("::1", &[]).preferred(), "[::1]");
    }

    #[test]
    fn only_a_name_can_be_allowed() {
        for text in ["", "sandbox:7357", "http://sandbox", "a/b", "*", "a b", "[sandbox]"] {
            assert!(Names::new([127, 0, 0, 1].into(), &[text.to_owned()]).is_err(), "{text}");
        }
    }
}
