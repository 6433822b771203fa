//! Where a webhook may lead: to this machine, unless the sandbox was started to reach everywhere.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use reqwest::Url;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// The longest address of a webhook.
const LONGEST: usize = 2048;

/// Reads the address of a webhook. A name is judged when it is connected to, by what it stands for by then.
pub(crate) fn parse(text: &str, anywhere: bool) -> Result<Url, String> {
    if text.len() > LONGEST {
        return Err(format!("url must have at most {LONGEST} characters"));
    }
    let url = Url::parse(text)
        .map_err(|_| "url must be a whole URL such as http://127.0.0.1:3000/hook".to_owned())?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err("url must begin with http:// or https://".to_owned());
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("url must not hold a user or a password: the token is what proves the sender"
            .to_owned());
    }
    match address_of(&url) {
        Some(address) if !may_reach(address, anywhere) => Err(format!("url: {}", Elsewhere)),
        _ => Ok(url),
    }
}

fn address_of(url: &Url) -> Option<IpAddr> {
    let host = url.host_str()?;
    host.trim_start_matches('[').trim_end_matches(']').parse().ok()
}

fn may_reach(address: IpAddr, anywhere: bool) -> bool {
    anywhere || address.to_canonical().is_loopback()
}

/// An address is not of this machine.
#[derive(Debug)]
pub(super) struct Elsewhere;

impl fmt::Display for Elsewhere {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "this is no address of this machine, and webhooks go nowhere else unless the sandbox is started with \
             --webhooks-anywhere",
        )
    }
}

impl std::error::Error for Elsewhere {}

/// Looks names up for each connection, and gives only addresses that may be connected to: what was looked up before
/// says nothing about what a name stands for now.
pub(super) struct Resolver {
    pub(super) anywhere: bool,
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let anywhere = self.anywhere;
        Box::pin(async move {
            let found: Vec<SocketAddr> =
                tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            if !found.iter().all(|address| may_reach(address.ip(), anywhere)) {
                return Err(Elsewhere.into());
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

/// The resolver in the form that reqwest takes.
pub(super) fn resolver(anywhere: bool) -> Arc<Resolver> {
    Arc::new(Resolver { anywhere })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_this_machine_are_taken_and_names_wait() {
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
    fn other_addresses_take_a_flag() {
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
    fn what_is_no_address_for_a_webhook_is_refused_without_repeating_it() {
        for text in
            ["", "127.0.0.1:3000", "ftp://127.0.0.1/", "file:///etc", "http://u:fake@127.0.0.1/"]
        {
            let refused = parse(text, true).unwrap_err();
            assert!(refused.starts_with("url must") && !refused.contains("fake"), "{refused}");
        }
        assert!(parse(&format!("http://127.0.0.1/{}", "a".repeat(LONGEST)), true).is_err());
    }

    #[tokio::test]
    async fn a_name_is_judged_by_what_it_stands_for() {
        let name = || "localhost".parse::<Name>().unwrap();
        let found: Vec<_> = resolver(false).resolve(name()).await.unwrap().collect();
        assert!(!found.is_empty() && found.iter().all(|address| address.ip().is_loopback()));
        // An address in the place of a name, so that no server of names is asked.
        let elsewhere = || "192.0.2.1".parse::<Name>().unwrap();
        let Err(refused) = resolver(false).resolve(elsewhere()).await else { panic!("taken") };
        assert!(refused.to_string().contains("--webhooks-anywhere"));
        assert!(resolver(true).resolve(elsewhere()).await.is_ok());
    }
}
