//! Reads the `Content-Type` header: media type and charset. Pure.

/// Returns the media type without its parameters.
pub(crate) fn essence(content_type: &str) -> &str {
    content_type.split(';').next().unwrap_or_default().trim()
}

/// Returns whether text with this content type is UTF-8, i.e. whether its charset is UTF-8, ASCII (a subset of UTF-8)
/// or not declared.
pub(crate) fn is_utf8(content_type: &str) -> bool {
    let charset = content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches('"'))
    });
    let known = ["utf-8", "utf8", "us-ascii", "ascii"];
    charset.is_none_or(|charset| known.iter().any(|it| charset.eq_ignore_ascii_case(it)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_utf8_unless_another_charset_is_declared() {
        for (content_type, expected) in [
            ("text/plain", true),
            ("text/plain; charset=utf-8", true),
            ("text/plain;charset=\"UTF-8\"", true),
            ("text/plain; format=flowed; Charset = us-ascii", true),
            ("text/plain; charset=iso-8859-1", false),
            ("text/plain; charset=utf-16", false),
            ("", true),
        ] {
            assert_eq!(is_utf8(content_type), expected, "{content_type}");
        }
    }

    #[test]
    fn parameters_are_not_part_of_the_media_type() {
        assert_eq!(essence("text/event-stream ; charset=utf-8"), "text/event-stream");
        assert_eq!(essence(""), "");
    }
}
