//! The one address for all services, judged before a key can go there.

use mileston_keys::ModeName;
use reqwest::Url;

use crate::runtime::error::{Error, ErrorKind};

/// Where a live key may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LiveKey {
    /// To the platform's own servers, and to this machine.
    StaysHome,
    /// To any host: the caller said so by name.
    GoesAnywhere,
}

/// Checks an address and writes it as scheme, host and port, without a slash at the end.
///
/// The text is never repeated in the error, for there may be a password in it.
pub(crate) fn check(text: &str, mode: Option<ModeName>, live: LiveKey) -> Result<String, Error> {
    let url = parse(text)?;
    match url.scheme() {
        "https" => {}
        "http" if mode == Some(ModeName::Live) => {
            return Err(invalid("a live key is never sent over plain http; use https"));
        }
        "http" if is_loopback(&url) => {}
        _ => {
            return Err(invalid(
                "plain http is allowed to this machine only (127.0.0.1, [::1], localhost); use https",
            ));
        }
    }
    let origin = url.origin().ascii_serialization();
    let at_home = is_loopback(&url) || is_of_platform(&origin);
    if mode == Some(ModeName::Live) && live == LiveKey::StaysHome && !at_home {
        return Err(invalid(
            "it isn't one of the platform's servers, and a live key moves real money; to send the key there, call \
             `send_live_key_to`",
        ));
    }
    Ok(origin)
}

/// Whether the description names this server.
fn is_of_platform(origin: &str) -> bool {
    let mut servers = crate::catalogue::OPERATIONS.iter().flat_map(|operation| operation.servers);
    servers.any(|server| {
        Url::parse(server).is_ok_and(|url| url.origin().ascii_serialization() == origin)
    })
}

/// The value of the header `Origin`: scheme, host and port of a page. Nothing is sent there, so http is fine.
pub(crate) fn of_page(text: &str) -> Result<String, Error> {
    Ok(parse(text)?.origin().ascii_serialization())
}

fn parse(text: &str) -> Result<Url, Error> {
    // A parser of URLs drops some of these silently.
    if text.contains(|c: char| c.is_whitespace() || c.is_control() || c == '\\') {
        return Err(invalid("it holds whitespace or a backslash"));
    }
    let url = Url::parse(text).map_err(|error| {
        invalid("expected http(s)://host or http(s)://host:port").with_source(error)
    })?;
    let problem = if !matches!(url.scheme(), "http" | "https") {
        "it begins with neither https:// nor http://"
    } else if !url.username().is_empty() || url.password().is_some() {
        "it holds a user name or a password"
    } else if url.query().is_some() || url.fragment().is_some() {
        "it has a query or a fragment; scheme, host and port are all it takes"
    } else if url.path() != "/" {
        "it has a path; scheme, host and port are all it takes"
    } else {
        return Ok(url);
    };
    Err(invalid(problem))
}

/// 127.0.0.0/8, ::1 and the name `localhost`.
fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or("");
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<std::net::IpAddr>();
    address.map_or(host == "localhost", |address| address.is_loopback())
}

fn invalid(problem: &str) -> Error {
    Error::new(ErrorKind::InvalidOrigin)
        .with_detail(format!("the given origin is refused: {problem}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MODES: [Option<ModeName>; 3] = [None, Some(ModeName::Test), Some(ModeName::Live)];

    #[track_caller]
    fn check_refused(text: &str, mode: Option<ModeName>, expected: &str) {
        // Whatever the caller said about live keys.
        check(text, mode, LiveKey::StaysHome).unwrap_err();
        let error = check(text, mode, LiveKey::GoesAnywhere).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidOrigin);
        assert_eq!(error.outcome(), crate::runtime::Outcome::NotSent);
        assert!(error.to_string().contains(expected), "{text}: {error}");
        assert!(!error.to_string().contains("hunter2"), "{error}");
    }

    #[test]
    fn https_is_for_every_key() {
        for mode in MODES {
            for (text, expected) in [
                ("https://sandbox.example", "https://sandbox.example"),
                ("https://a.example:443/", "https://a.example"),
                ("https://a.example:8443", "https://a.example:8443"),
            ] {
                assert_eq!(check(text, mode, LiveKey::GoesAnywhere).unwrap(), expected);
                let home = check(text, mode, LiveKey::StaysHome);
                assert_eq!(home.is_ok(), mode != Some(ModeName::Live), "{text} {mode:?}");
            }
        }
    }

    #[test]
    fn a_live_key_stays_at_home_unless_the_caller_says_otherwise() {
        let live = |text| check(text, Some(ModeName::Live), LiveKey::StaysHome);
        for operation in crate::catalogue::OPERATIONS {
            for server in operation.servers {
                assert_eq!(live(server).unwrap(), *server);
            }
        }
        for text in ["https://127.0.0.1:4010", "https://localhost", "https://[::1]"] {
            assert_eq!(live(text).unwrap(), text);
        }
        for text in [
            "https://payment-service.mileston.co.example",
            "https://payment-service.mileston.co:8443",
            "https://xpayment-service.mileston.co",
            "https://mileston.co",
            "https://localhost.example",
            "https://10.0.0.1",
        ] {
            let error = live(text).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidOrigin);
            assert!(error.to_string().contains("call `send_live_key_to`"), "{text}: {error}");
        }
    }

    #[test]
    fn http_is_for_this_machine_and_never_for_a_live_key() {
        for text in [
            "http://127.0.0.1:4010",
            "http://127.9.9.9",
            "http://[::1]:4010",
            "http://localhost:4010",
        ] {
            assert_eq!(check(text, Some(ModeName::Test), LiveKey::StaysHome).unwrap(), text);
            assert_eq!(check(text, None, LiveKey::StaysHome).unwrap(), text);
            check_refused(text, Some(ModeName::Live), "a live key is never sent over plain http");
        }
        for text in [
            "http://sandbox.example",
            "http://localhost.example",
            "http://127.0.0.1.example",
            "http://[::ffff:127.0.0.1]",
            "http://0.0.0.0",
            "http://10.0.0.1",
        ] {
            check_refused(text, Some(ModeName::Test), "plain http is allowed to this machine only");
            check_refused(text, None, "plain http is allowed to this machine only");
        }
    }

    #[test]
    fn scheme_host_and_port_are_all() {
        for (text, expected) in [
            ("", "expected http(s)://host"),
            ("127.0.0.1:4010", "expected http(s)://host"),
            ("localhost:4010", "neither https:// nor http://"),
            ("ftp://a.example", "neither https:// nor http://"),
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
            check_refused(text, Some(ModeName::Test), expected);
        }
    }
}
