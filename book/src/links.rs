//! Checks the links inside the built book: each link must lead to a file, and a fragment must be the id of an
//! element in that file.
//!
//! mdBook and GitHub have different rules for the anchors of headings. A separate test checks GitHub's anchors in the
//! Markdown. This module checks the anchors in the HTML.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use percent_encoding::percent_decode_str;

/// Returns the problems with the links in a folder of HTML files.
///
/// # Errors
///
/// Returns an error if a file can't be read.
pub(crate) fn problems(folder: &Path) -> std::io::Result<Vec<String>> {
    let mut files = BTreeMap::new();
    read(folder, "", &mut files)?;
    Ok(files.iter().flat_map(|(name, page)| broken(name, page, &files)).collect())
}

/// The ids and links in a file. Both are empty if the file isn't HTML.
#[derive(Debug, Default)]
struct Page {
    ids: BTreeSet<String>,
    links: Vec<String>,
}

fn read(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Page>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            read(&entry.path(), &format!("{name}/"), files)?;
            continue;
        }
        let is_page = name.ends_with(".html");
        let page =
            if is_page { scan(&std::fs::read_to_string(entry.path())?) } else { Page::default() };
        files.insert(name, page);
    }
    Ok(())
}

/// Reads the tags of HTML as mdBook writes it: attributes have quotes, and text has no `<`.
fn scan(html: &str) -> Page {
    let mut page = Page::default();
    for tag in html.split('<').skip(1) {
        let tag = tag.split('>').next().unwrap_or_default();
        let (name, attributes) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
        page.ids.extend(attribute(attributes, "id"));
        let link = match name {
            "a" | "link" => attribute(attributes, "href"),
            "iframe" | "img" | "script" => attribute(attributes, "src"),
            _ => None,
        };
        page.links.extend(link);
    }
    page
}

fn attribute(attributes: &str, name: &str) -> Option<String> {
    let start = format!("{name}=\"");
    let mut places = attributes.match_indices(&start).map(|(at, _)| at);
    let at = places.find(|at| *at == 0 || attributes[..*at].ends_with(char::is_whitespace))?;
    let value = attributes[at + start.len()..].split('"').next()?;
    Some(value.replace("&amp;", "&"))
}

fn broken(name: &str, page: &Page, files: &BTreeMap<String, Page>) -> Vec<String> {
    let mut problems = Vec::new();
    for link in &page.links {
        let elsewhere = ["http://", "https://", "mailto:", "data:"];
        if link.is_empty() || elsewhere.iter().any(|start| link.starts_with(start)) {
            continue;
        }
        let decoded = percent_decode_str(link).decode_utf8_lossy();
        let (path, fragment) = decoded.split_once('#').unwrap_or((&decoded, ""));
        let target = if path.is_empty() { name.to_owned() } else { resolve(name, path) };
        match files.get(&target) {
            None => problems.push(format!("{name}: the link is broken: ({link})")),
            Some(found) if !fragment.is_empty() && !found.ids.contains(fragment) => {
                problems.push(format!("{name}: the page has no such heading: ({link})"));
            }
            Some(_) => {}
        }
    }
    problems
}

fn resolve(name: &str, path: &str) -> String {
    let mut parts: Vec<&str> = name.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, expected: &[&str]) {
        let files = [
            ("deep/a.html", scan(html)),
            ("b.html", scan("<h2 class=\"x\" id=\"what-it-is\"></h2>")),
            ("x.svg", Page::default()),
        ];
        let files: BTreeMap<_, _> = files.map(|(name, page)| (name.to_owned(), page)).into();
        assert_eq!(broken("deep/a.html", &files["deep/a.html"], &files), expected, "{html}");
    }

    #[test]
    fn links_must_lead_to_files_and_headings() {
        check(
            r##"<p><a href="../b.html#what%2Dit-is" class="y">b</a> <img alt="a" src="../x.svg"> <a href="https://x.example">c</a>"##,
            &[],
        );
        check(r##"<h1 id="here"><a class="header" href="#here">Here</a></h1>"##, &[]);
        check(r#"<a data-href="gone.html" href="../b.html">b</a>"#, &[]);
        check(r#"<a href="b.md">b</a>"#, &["deep/a.html: the link is broken: (b.md)"]);
        check(r#"<img src="y.svg">"#, &["deep/a.html: the link is broken: (y.svg)"]);
        let gone = ["deep/a.html: the page has no such heading: (../b.html#what)"];
        check(r#"<a href="../b.html#what">b</a>"#, &gone);
        check(
            r##"<a href="#gone">b</a>"##,
            &["deep/a.html: the page has no such heading: (#gone)"],
        );
    }
}
