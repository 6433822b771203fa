//! Checks that a request was made to a name of this machine. A site that points its own name here (DNS rebinding) sends
//! a different name.

use axum::extract::Request;
use axum::http::header::HOST;

/// Returns whether `Host` is a name of this machine, with any port: a forwarded port is fine.
pub(crate) fn is_loopback(request: &Request) -> bool {
    let mut hosts = request.headers().get_all(HOST).iter();
    match (hosts.next(), hosts.next()) {
        (Some(host), None) => host.to_str().is_ok_and(names_this_machine),
        _ => false,
    }
}

fn names_this_machine(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    ["127.0.0.1", "localhost", "[::1]"].iter().any(|known| name.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_accepted() {
        for host in ["127.0.0.1", "127.0.0.1:7357", "localhost:80", "LocalHost", "[::1]:7357"] {
            assert!(names_this_machine(host), "{host}");
        }
        for host in [
            "",
            "evil.example",
            "127.0.0.1.evil.example",
            "localhost.evil.example:7357",
            "127.0.0.1:7357@evil.example",
            "evil.example:127.0.0.1",
            "0.0.0.0",
            "::1",
        ] {
            assert!(!names_this_machine(host), "{host}");
        }
    }
}
