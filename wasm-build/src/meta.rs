//! Sets the `content` of `<meta name="…" content="…">` in a page. Each deployment of the same build can then have its
//! own settings.

use std::fmt;
use std::ops::Range;

/// A page has no `<meta>` tag with the given name, or the tag has no `content` attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoMeta {
    name: String,
}

impl fmt::Display for NoMeta {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the page has no `<meta name=\"{0}\" content=\"\">`: add it to index.html",
            self.name
        )
    }
}

impl std::error::Error for NoMeta {}

/// Returns the page with a new `content` in the tag with this name. Escapes the content's special HTML characters.
///
/// Attribute values in the page must be in double quotes.
///
/// # Errors
///
/// Returns an error if the page has no such tag.
pub fn set(page: &str, name: &str, content: &str) -> Result<String, NoMeta> {
    let mut tags =
        tags(page).filter(|tag| attribute(page, tag, "name").is_some_and(|it| &page[it] == name));
    let place = tags.find_map(|tag| attribute(page, &tag, "content"));
    let Range { start, end } = place.ok_or_else(|| NoMeta { name: name.to_owned() })?;
    Ok(format!("{}{}{}", &page[..start], escape(content), &page[end..]))
}

/// Returns the names of all `<meta>` tags that have a name.
#[must_use]
pub fn names(page: &str) -> Vec<&str> {
    tags(page).filter_map(|tag| attribute(page, &tag, "name")).map(|name| &page[name]).collect()
}

/// Returns the ranges of the tags, from `<meta` to the closing `>`.
fn tags(page: &str) -> impl Iterator<Item = Range<usize>> {
    page.match_indices("<meta").map(|(start, _)| {
        let mut quoted = false;
        let end = page[start..].find(|letter| {
            quoted ^= letter == '"';
            letter == '>' && !quoted
        });
        start..end.map_or(page.len(), |end| start + end)
    })
}

/// Returns the range of an attribute's value.
fn attribute(page: &str, tag: &Range<usize>, name: &str) -> Option<Range<usize>> {
    let text = &page[tag.clone()];
    let mut quoted = false;
    for (at, letter) in text.char_indices() {
        quoted ^= letter == '"';
        if quoted || !letter.is_whitespace() {
            continue;
        }
        let after = text[at..].trim_start();
        let value = after.strip_prefix(name).and_then(|rest| rest.strip_prefix("=\""));
        if let Some(value) = value {
            let start = tag.end - value.len();
            return Some(start..start + value.find('"')?);
        }
    }
    None
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<head>\n<meta charset=\"utf-8\">\n<meta name=\"description\" content=\"name=\">\n\
        <meta\n  content=\"a > b\"\n  name=\"api-url\">\n<meta name=\"api-key\" content=\"\"/>\n</head>";

    #[test]
    fn names_are_found() {
        assert_eq!(names(PAGE), ["description", "api-url", "api-key"]);
    }

    #[test]
    fn one_content_is_set_and_the_others_stay_unchanged() {
        for (name, from, to) in [
            ("api-key", "name=\"api-key\" content=\"\"", "name=\"api-key\" content=\"new\""),
            ("api-url", "content=\"a > b\"", "content=\"new\""),
            ("description", "content=\"name=\"", "content=\"new\""),
        ] {
            assert_eq!(set(PAGE, name, "new").unwrap(), PAGE.replace(from, to), "{name}");
        }
    }

    #[test]
    fn content_cannot_break_out_of_its_quotes() {
        let page = set("<meta name=\"a\" content=\"\">", "a", "\"><script>&").unwrap();
        assert_eq!(page, "<meta name=\"a\" content=\"&quot;&gt;&lt;script&gt;&amp;\">");
    }

    #[test]
    fn a_page_without_the_tag_is_rejected() {
        for page in [
            "",
            "<meta name=\"api\" content=\"\">",
            "<meta name=\"api-key\">",
            "<meta name=\"api-key",
        ] {
            let error = set(page, "api-key", "new").unwrap_err().to_string();
            let expected =
                "the page has no `<meta name=\"api-key\" content=\"\">`: add it to index.html";
            assert_eq!(error, expected, "{page}");
        }
    }
}
