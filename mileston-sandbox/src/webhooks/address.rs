//! Checks webhook URLs. They must point to this machine, unless the sandbox may reach other machines.

use std::fmt;
use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;

use super::settings::Targets;
use crate::text::redact;
use reqwest::Url;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// The maximum length of a webhook's URL.
const LONGEST: usize = 2048;

/// Parses and normalizes a webhook's URL. A host name is checked on each connection, using the address that it then
/// resolves to.
pub(super) fn parse(text: &str, targets: &Targets) -> Result<Url, String> {
    if text.len() > LONGEST {
        return Err(format!("url must have at most {LONGEST} characters"));
    }
    let url = Url::parse(text)
        .map_err(|_| "url must be a complete URL such as http://127.0.0.1:3000/hook".to_owned())?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err("url must begin with http:// or https://".to_owned());
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(
            "url must not contain a user name or a password: the token identifies the sender"
                .to_owned(),
        );
    }
    if redact(text) != text {
        return Err(
            "url must not contain a key or a secret: the token identifies the sender".to_owned()
        );
    }
    match address_of(&url) {
        Some(address) if !may_reach(address, targets.allow(url.host_str().unwrap_or_default())) => {
            Err(format!("url: {Elsewhere}"))
        }
        _ => Ok(normal(url)),
    }
}

/// Removes the fragment, an empty query, and unnecessary escapes (RFC 3986, 6.2.2). The parser has already normalized
/// case, default port and dots in the path.
fn normal(mut url: Url) -> Url {
    url.set_fragment(None);
    if url.query() == Some("") {
        url.set_query(None);
    }
    let mut text = String::with_capacity(url.as_str().len());
    let mut parts = url.as_str().split('%');
    text.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let digits = part.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match (digits.map(char::from), part.get(2..)) {
            (Some(letter), Some(rest))
                if letter.is_ascii_alphanumeric() || "-._~".contains(letter) =>
            {
                text.extend([letter.to_string().as_str(), rest]);
            }
            (Some(letter), Some(rest)) => {
                text.push_str(&format!("%{:02X}{rest}", u32::from(letter)))
            }
            _ => text.extend(["%", part]),
        }
    }
    text.parse().unwrap_or(url)
}

fn address_of(url: &Url) -> Option<IpAddr> {
    let host = url.host_str()?;
    host.trim_start_matches('[').trim_end_matches(']').parse().ok()
}

fn may_reach(address: IpAddr, is_allowed: bool) -> bool {
    is_allowed || address.to_canonical().is_loopback()
}

/// The error for an address that isn't on this machine.
#[derive(Debug)]
pub(super) struct Elsewhere;

impl fmt::Display for Elsewhere {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "this address isn't on this machine; to deliver webhooks to another machine, start the sandbox with \
             --webhooks-to HOST, or with --webhooks-anywhere for all machines",
        )
    }
}

impl std::error::Error for Elsewhere {}

/// Resolves a name to addresses.
type Lookup = fn(String) -> Pin<Box<dyn Future<Output = io::Result<Vec<SocketAddr>>> + Send>>;

/// Resolves a name for each connection, and fails if any of its addresses isn't allowed. An earlier check wouldn't
/// help, because a name can resolve to a different address later.
pub(super) struct Resolver {
    targets: Targets,
    lookup: Lookup,
}

impl Resolver {
    /// Creates a resolver that uses the operating system.
    pub(super) fn of_system(targets: Targets) -> Arc<Self> {
        Arc::new(Resolver { targets, lookup: |name| Box::pin(ask_system(name)) })
    }

    /// Creates a resolver that uses this lookup instead, for tests.
    #[cfg(test)]
    pub(super) fn asking(targets: Targets, lookup: Lookup) -> Arc<Self> {
        Arc::new(Resolver { targets, lookup })
    }
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let is_allowed = self.targets.allow(name.as_str());
        let found = (self.lookup)(name.as_str().to_owned());
        Box::pin(async move {
            let found = found.await?;
            if !found.iter().all(|address| may_reach(address.ip(), is_allowed)) {
                return Err(Elsewhere.into());
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

async fn ask_system(name: String) -> io::Result<Vec<SocketAddr>> {
    Ok(tokio::net::lookup_host((name, 0)).await?.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str, anywhere: bool) -> Result<Url, String> {
        super::parse(text, &targets(anywhere, &[]))
    }

    fn targets(anywhere: bool, hosts: &[&str]) -> Targets {
        Targets { anywhere, hosts: hosts.iter().map(ToString::to_string).collect() }
    }

    #[test]
    fn a_host_can_be_allowed_by_name_or_address() {
        let targets = targets(false, &["shop", "10.0.0.1", "[2001:db8::1]"]);
        assert!(targets.allow("SHOP") && !targets.allow("shop.example"));
        for text in ["http://10.0.0.1/hook", "http://[2001:DB8::1]/", "http://shop:3000/"] {
            assert!(super::parse(text, &targets).is_ok(), "{text}");
        }
        assert!(super::parse("http://10.0.0.2/", &targets).is_err());
    }

    #[test]
    fn addresses_of_this_machine_and_unresolved_names_are_accepted() {
        for text in [
            "http://127.0.0.1:3000/hook",
            "https://127.9.9.9/",
            "http://[::1]:80/a?b=c",
            "http://[::ffff:127.0.0.1]/",
            "http://0x7f.1/",
            "http://localhost/",
            "http://shop.example/",
        ] {
            assert!(parse(text, false).is_ok(), "{text}");
        }
    }

    #[test]
    fn equivalent_urls_are_normalized() {
        for text in [
            "http://127.0.0.1/a~b%2Fc?d=%C3%BC",
            "HTTP://127.0.0.1:80/a%7Eb%2fc?d=%c3%bc#top",
            "http://127.1/x/../%61~b%2Fc?d=\u{fc}",
        ] {
            let url = parse(text, false).unwrap();
            assert_eq!(url.as_str(), "http://127.0.0.1/a~b%2Fc?d=%C3%BC", "{text}");
        }
        for (text, expected) in [
            ("http://127.0.0.1", "http://127.0.0.1/"),
            ("http://127.0.0.1/?", "http://127.0.0.1/"),
            ("http://127.0.0.1/%zz%2", "http://127.0.0.1/%zz%2"),
            ("http://127.0.0.1/%252f", "http://127.0.0.1/%252f"),
        ] {
            assert_eq!(parse(text, false).unwrap().as_str(), expected);
        }
    }

    #[test]
    fn a_key_in_a_url_is_refused() {
        for text in
            ["http://127.0.0.1/?k=Mileston_TEST_fake0", "http://127.0.0.1/%4dileston_LIVE_fake0"]
        {
            let refused = parse(text, false).unwrap_err();
            assert!(
                refused.contains("a key or a secret") && !refused.contains("fake"),
                "{refused}"
            );
        }
    }

    #[test]
    fn other_addresses_need_a_flag() {
        for text in [
            "http://10.0.0.1/",
            "http://0.0.0.0/",
            "http://169.254.169.254/latest",
            "http://3232235777/",
            "http://[::]/",
            "http://[2001:db8::1]/",
            "http://[::ffff:10.0.0.1]/",
        ] {
            let refused = parse(text, false).unwrap_err();
            assert!(refused.contains("--webhooks-anywhere"), "{text}: {refused}");
            assert!(parse(text, true).is_ok(), "{text}");
        }
    }

    #[test]
    fn an_invalid_url_is_refused_without_repeating_it() {
        for text in
            ["", "127.0.0.1:3000", "ftp://127.0.0.1/", "file:///etc", "http://u:fake@127.0.0.1/"]
        {
            let refused = parse(text, true).unwrap_err();
            assert!(refused.starts_with("url must") && !refused.contains("fake"), "{refused}");
        }
        assert!(parse(&format!("http://127.0.0.1/{}", "a".repeat(LONGEST)), true).is_err());
    }

    #[tokio::test]
    async fn a_name_of_this_machine_resolves() {
        let resolver = Resolver::of_system(Targets::default());
        let found: Vec<_> = resolver.resolve("localhost".parse().unwrap()).await.unwrap().collect();
        assert!(!found.is_empty() && found.iter().all(|address| address.ip().is_loopback()));
    }

    #[tokio::test]
    async fn one_address_of_another_machine_is_enough_to_refuse_a_name() {
        let both = |_| -> Pin<Box<dyn Future<Output = _> + Send>> {
            Box::pin(async { Ok(vec![([127, 0, 0, 1], 0).into(), ([192, 0, 2, 1], 0).into()]) })
        };
        let resolve = |targets: Targets| {
            Resolver::asking(targets, both).resolve("shop.example".parse().unwrap())
        };
        for others in [targets(false, &[]), targets(false, &["example"])] {
            let Err(refused) = resolve(others).await else { panic!("it was accepted") };
            assert!(refused.to_string().contains("--webhooks-to HOST"));
        }
        assert_eq!(resolve(targets(true, &[])).await.unwrap().count(), 2);
        assert_eq!(resolve(targets(false, &["shop.example"])).await.unwrap().count(), 2);
    }
}
