//! Parses URLs as browsers do. In a browser, this module uses the browser's own parser. On native platforms, it uses
//! the `url` crate, which follows the same standard.

#[cfg(target_family = "wasm")]
mod browser;
mod invalid;
#[cfg(not(target_family = "wasm"))]
mod native;

#[cfg(target_family = "wasm")]
pub(crate) use browser::WebUrl;
#[cfg(not(target_family = "wasm"))]
pub(crate) use native::WebUrl;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_normalised() {
        let url = WebUrl::parse("HTTPS://Library.example:443/a/../b").unwrap();
        assert_eq!(url.origin(), "https://library.example");
        assert_eq!(
            (&*url.scheme(), &*url.host(), &*url.path()),
            ("https", "library.example", "/b")
        );
        assert!(!url.has_user() && !url.has_query() && !url.has_fragment());
        assert_eq!(url.into_text(), "https://library.example/b");
    }

    #[test]
    fn empty_parts_are_found() {
        assert!(WebUrl::parse("https://a.example?").unwrap().has_query());
        assert!(WebUrl::parse("https://a.example#").unwrap().has_fragment());
        assert!(WebUrl::parse("https://u@a.example").unwrap().has_user());
        assert!(WebUrl::parse("https://:p@a.example").unwrap().has_user());
    }

    #[test]
    fn a_relative_target_has_the_origin_of_its_base() {
        let base = WebUrl::parse("https://a.example/b/c?d").unwrap();
        for (target, origin) in [
            ("/elsewhere", "https://a.example"),
            ("//b.example:8443/x", "https://b.example:8443"),
            ("http://a.example", "http://a.example"),
        ] {
            assert_eq!(base.join(target).unwrap().origin(), origin);
        }
    }

    #[test]
    fn text_that_is_not_a_url_is_rejected() {
        for text in ["", "a.example", "https://", "https://a.example:99999", "https://a b.example"]
        {
            assert!(WebUrl::parse(text).is_err(), "{text}");
        }
    }
}
