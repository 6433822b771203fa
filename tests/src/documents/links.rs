//! Checks that the target of each link to a page or a heading exists.

use std::collections::{BTreeMap, BTreeSet};

use super::markdown::{Kind, Piece};

/// Returns the problems with the links on a page. `pages` maps the name of each page to its pieces.
#[must_use]
pub fn problems(
    page: &str,
    pages: &BTreeMap<String, Vec<Piece>>,
    files: &BTreeSet<String>,
) -> Vec<String> {
    let mut problems = Vec::new();
    for piece in pages.get(page).into_iter().flatten() {
        let Kind::Link(link) = &piece.kind else { continue };
        if link.contains("://") || link.starts_with("mailto:") {
            continue;
        }
        let (target, fragment) = link.split_once('#').unwrap_or((link, ""));
        let target = if target.is_empty() { page.to_owned() } else { resolve(page, target) };
        let mut complain = |what: &str| {
            problems.push(format!("{page}:{}: {what}: ({link})", piece.line));
        };
        if !files.contains(&target) && !files.contains(&format!("{target}/")) {
            complain("the link has no target");
        } else if !fragment.is_empty()
            && !pages.get(&target).is_some_and(|pieces| anchors(pieces).contains(fragment))
        {
            complain("the page has no such heading");
        }
    }
    problems
}

fn resolve(page: &str, target: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in target.trim_end_matches('/').split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Returns the anchors that GitHub makes for the headings.
fn anchors(pieces: &[Piece]) -> BTreeSet<String> {
    let headings = pieces.iter().filter_map(|piece| match &piece.kind {
        Kind::Heading(text) => Some(text),
        _ => None,
    });
    let mut anchors = BTreeSet::new();
    for heading in headings {
        let kept = heading.to_lowercase().replace(' ', "-");
        let kept: String =
            kept.chars().filter(|each| each.is_alphanumeric() || "-_".contains(*each)).collect();
        let numbered = (1..).map(|number| format!("{kept}-{number}"));
        let free = std::iter::once(kept.clone()).chain(numbered).find(|it| !anchors.contains(it));
        anchors.extend(free);
    }
    anchors
}

#[cfg(test)]
mod tests {
    use super::super::markdown::pieces;
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let other = "# What it's for\n\n## Faults on demand\n\n## Twice\n\n## Twice\n";
        let pages = [("docs/a.md", text), ("one/README.md", other)];
        let pages = pages.map(|(name, text)| (name.to_owned(), pieces(text)));
        let files = ["docs/a.md", "one/", "one/README.md", "one/x.rs"];
        let files = files.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(problems("docs/a.md", &pages.into(), &files), expected, "{text}");
    }

    #[test]
    fn links_must_lead_to_files_and_headings() {
        check("[a](../one/README.md) [b](../one) [c](https://x.example/y#z) [d](../one/x.rs)", &[]);
        check("[a](../one/README.md#faults-on-demand) [b](../one/README.md#what-its-for)", &[]);
        check("# Here\n[a](#here) [b](../one/README.md#twice-1)", &[]);
        check("[a](b.md)", &["docs/a.md:1: the link has no target: (b.md)"]);
        check("[a](one/README.md)", &["docs/a.md:1: the link has no target: (one/README.md)"]);
        let gone = ["docs/a.md:1: the page has no such heading: (../one/README.md#faults)"];
        check("[a](../one/README.md#faults)", &gone);
        check("[a](#nowhere)", &["docs/a.md:1: the page has no such heading: (#nowhere)"]);
    }
}
