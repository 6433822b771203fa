//! Media types of bodies.

/// The media type of arbitrary bytes.
pub(super) const OCTETS: &str = "application/octet-stream";

/// Returns whether a `Content-Type` has this media type. Ignores parameters.
pub(super) fn is(content_type: &str, media_type: &str) -> bool {
    essence(content_type).eq_ignore_ascii_case(essence(media_type))
}

/// Returns whether a `Content-Type` is a JSON media type.
pub(super) fn is_json(content_type: &str) -> bool {
    let name = essence(content_type).to_ascii_lowercase();
    name == "application/json" || name.ends_with("+json")
}

/// Returns the boundary of a multipart body.
pub(super) fn boundary(content_type: &str) -> Option<String> {
    let (_, parameters) = content_type.split_once(';')?;
    let boundary = parameter(parameters, "boundary")?;
    // RFC 2046, section 5.1.1.
    (1..=70).contains(&boundary.len()).then_some(boundary)
}

/// Returns the value of a header's parameter, e.g. `b` for `filename` in `name="a"; filename="b"`.
pub(super) fn parameter(mut text: &str, name: &str) -> Option<String> {
    loop {
        let (key, rest) = text.split_once('=')?;
        let (value, rest) = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"')?,
            None => rest.split_at(rest.find(';').unwrap_or(rest.len())),
        };
        if key.trim().eq_ignore_ascii_case(name) {
            return Some(value.trim().to_owned());
        }
        text = rest.trim_start().strip_prefix(';')?;
    }
}

fn essence(content_type: &str) -> &str {
    content_type.split(';').next().unwrap_or_default().trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_may_be_quoted() {
        for (text, name, value) in [
            ("boundary=a", "boundary", Some("a")),
            (" charset=utf-8; Boundary=\"a b;c\"", "boundary", Some("a b;c")),
            (" name=\"a=b\"; filename=\"c;d.txt\"", "filename", Some("c;d.txt")),
            (" name=\"a", "name", None),
            (" name=\"a\" filename=b", "filename", None),
            ("", "name", None),
        ] {
            assert_eq!(parameter(text, name).as_deref(), value, "{text}");
        }
    }

    #[test]
    fn json_has_several_media_types() {
        for text in ["application/json", "Application/JSON; charset=utf-8", "text/x+json"] {
            assert!(is_json(text), "{text}");
        }
        for text in ["", "json", "application/jsonl", "text/plain; a=application/json"] {
            assert!(!is_json(text), "{text}");
        }
    }
}
