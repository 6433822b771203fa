//! Removes the base path at which a proxy serves the sandbox. Some proxies remove this path themselves; others pass it
//! on.

use hyper::Uri;

/// Returns the URI without the base path, or `None` if the URI doesn't begin with the base path.
pub(super) fn without_base(uri: &Uri, base: &str) -> Option<Uri> {
    let rest = uri.path().strip_prefix(base).filter(|_| !base.is_empty())?;
    let path = match rest {
        "" => "/",
        rest if rest.starts_with('/') => rest,
        _ => return None,
    };
    let target = match uri.query() {
        Some(query) => format!("{path}?{query}"),
        None => path.to_owned(),
    };
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(target.parse().ok()?);
    Uri::from_parts(parts).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_whole_base_is_removed() {
        for (target, base, expected) in [
            ("/sandbox/status", "/sandbox", Some("/status")),
            ("/sandbox/a%2Fb?c=d&e", "/sandbox", Some("/a%2Fb?c=d&e")),
            ("/sandbox", "/sandbox", Some("/")),
            ("/sandbox?x", "/sandbox", Some("/?x")),
            ("/a/b/sandbox", "/a/b", Some("/sandbox")),
            ("/sandboxes", "/sandbox", None),
            ("/status", "/sandbox", None),
            ("/status", "", None),
        ] {
            let found = without_base(&target.parse().unwrap(), base);
            assert_eq!(found.map(|uri| uri.to_string()).as_deref(), expected, "{target}");
        }
    }
}
