//! Checks that the paths in backticks exist.

use std::collections::BTreeSet;

use super::markdown::{Kind, Piece};

/// A word without a slash is treated as a file name if it has one of these endings.
const ENDINGS: [&str; 15] = [
    ".d.ts", ".js", ".json", ".jsonl", ".lock", ".md", ".mjs", ".py", ".rs", ".sh", ".sql",
    ".stderr", ".toml", ".txt", ".yaml",
];

/// Strings that look like paths but aren't paths in this repository. Each has a reason.
const FOREIGN: &[(&str, &str)] = &[
    ("application/json", "a media type"),
    ("application/json-seq", "a media type"),
    ("application/jsonl", "a media type"),
    ("application/octet-stream", "a media type"),
    ("application/problem+json", "a media type"),
    ("application/x-ndjson", "a media type"),
    ("application/x-www-form-urlencoded", "a media type"),
    ("image/*", "media types"),
    ("multipart/form-data", "a media type"),
    ("text/*", "media types"),
    ("text/event-stream", "a media type"),
    ("text/html", "a media type"),
    ("text/plain", "a media type"),
    ("checkout.mileston.co/invoice/{id}", "one of the vendor's URLs"),
    ("BTCPayServer.Tests/README.md", "in BTCPay's repository"),
    ("FILE.lock", "next to a file that the user names"),
    ("src/main.rs", "in the reader's package"),
    ("tests/shop.rs", "in the reader's package"),
    ("src/generated", "in the crate of an `openapi-keys` user"),
    ("my-client/Cargo.toml", "in a package that `openapi-keys` creates"),
    ("my-client/src/lib.rs", "in a package that `openapi-keys` creates"),
    ("my-client/src/api/generated", "in the crate of an `openapi-keys` user"),
    ("api.yaml", "a document that tests write"),
    ("../x", "text that a caller may send"),
    ("evil.example/", "text that a document may contain"),
    ("127.0.0.0/8", "a network"),
    ("mileston-rs/<version>", "a user agent"),
    ("client/1.0", "a user agent"),
    ("mileston-api/native-tls", "a feature"),
    ("serde_json/arbitrary_precision", "a feature"),
    ("./", "the start of a path that a user may pass"),
    ("batchPayment/three", "an id in a golden trace"),
];

/// Folders outside this repository, each with its location.
const FOREIGN_FOLDERS: &[(&str, &str)] = &[
    ("dist/", "in the vendor's packages"),
    ("docs/guides/", "in Prism's repository"),
    ("localstripe/", "in localstripe's repository"),
];

/// When a folder in backticks follows these words, it becomes a base folder for the paths in that paragraph and in the
/// rest of the section.
const BELOW: &str = " are below `";

/// Returns the problems with the paths on a page. `files` contains all files and folders of the repository. Folders
/// end with `/`.
#[must_use]
pub fn problems(page: &str, pieces: &[Piece], files: &BTreeSet<String>) -> Vec<String> {
    let mut problems = Vec::new();
    let usual = usual_folders(page, files);
    let mut below: Option<String> = None;
    // A paragraph's code spans come before its prose, so look ahead for the folder that the prose sets.
    for (at, piece) in pieces.iter().enumerate() {
        match &piece.kind {
            Kind::Heading(_) => below = None,
            Kind::Code(code) => {
                below = set_by_this_paragraph(&pieces[at..]).or(below);
                let folders = usual.iter().chain(&below);
                let missing = expand(code).into_iter().filter(|path| {
                    !folders.clone().any(|folder| exists(&format!("{folder}{path}"), files))
                });
                let line = piece.line;
                problems
                    .extend(missing.map(|path| format!("{page}:{line}: no such path: `{path}`")));
            }
            _ => {}
        }
    }
    problems
}

fn set_by_this_paragraph(rest: &[Piece]) -> Option<String> {
    let prose = rest.iter().find_map(|piece| match &piece.kind {
        Kind::Prose(text) | Kind::Heading(text) => Some(text),
        _ => None,
    })?;
    let (folder, _) = prose.split_once(BELOW)?.1.split_once('`')?;
    Some(format!("{}/", folder.trim_end_matches('/')))
}

/// Returns the folders that a path may be relative to: the root, the page's folder, the page's crate and the crate's
/// sources. A path in the generator's sources may also be relative to the generator's output.
fn usual_folders(page: &str, files: &BTreeSet<String>) -> Vec<String> {
    let mut folders = vec![String::new()];
    let own = page.rfind('/').map_or("", |at| &page[..=at]);
    folders.push(own.to_owned());
    let parents = own.match_indices('/').map(|(at, _)| &own[..=at]);
    for parent in parents.filter(|parent| files.contains(&format!("{parent}Cargo.toml"))) {
        folders.extend([parent.to_owned(), format!("{parent}src/")]);
    }
    if page.starts_with("codegen/src/") {
        let written = ["mileston-api/src", "mileston-sandbox/src", "docs"];
        folders.extend(written.map(|folder| format!("{folder}/generated/")));
    }
    folders
}

/// Returns the paths in a code span, or nothing if the span isn't a path. `{a,b}` expands to two paths; `<name>`, `*`
/// and `…` match anything.
fn expand(code: &str) -> Vec<String> {
    let is_foreign = FOREIGN.iter().any(|(foreign, _)| *foreign == code)
        || FOREIGN_FOLDERS.iter().any(|(folder, _)| code.starts_with(folder));
    if !is_path(code) || is_foreign {
        return Vec::new();
    }
    let Some((before, rest)) = code.split_once('{') else {
        return vec![code.to_owned()];
    };
    let Some((inside, after)) = rest.split_once('}') else { return vec![code.to_owned()] };
    let names = inside.split(',').filter(|name| *name != "…");
    names.map(|name| format!("{before}{name}{after}")).collect()
}

fn is_path(code: &str) -> bool {
    let allowed = |each: char| each.is_alphanumeric() || "._-/*{},<>…+".contains(each);
    let begins = |start: &[char]| code.starts_with(start);
    // A bare ending, such as `.rs`, isn't the name of a file.
    let names = code.contains('/')
        || ENDINGS.iter().any(|end| code.ends_with(end) && code.len() > end.len());
    names
        && code.chars().all(allowed)
        && !begins(&['/', '-', '{', '<', '…'])
        && !code.contains("//")
}

fn exists(path: &str, files: &BTreeSet<String>) -> bool {
    let path = path.trim_end_matches('/');
    if path.contains(['*', '…', '<']) {
        return files.iter().any(|file| fits(path, file.trim_end_matches('/')));
    }
    files.contains(path) || files.contains(&format!("{path}/"))
}

/// Returns whether a path matches a pattern, segment by segment.
fn fits(pattern: &str, path: &str) -> bool {
    let (patterns, segments) = (pattern.split('/'), path.split('/'));
    patterns.clone().count() == segments.clone().count()
        && patterns.zip(segments).all(|(pattern, segment)| segment_fits(pattern, segment))
}

fn segment_fits(pattern: &str, segment: &str) -> bool {
    let Some(start) = pattern.find(['*', '…', '<']) else { return pattern == segment };
    let end = pattern.rfind(['*', '…', '>']).unwrap_or(start);
    let end = end + pattern[end..].chars().next().map_or(0, char::len_utf8);
    let (before, after) = (&pattern[..start], &pattern[end..]);
    segment.len() >= before.len() + after.len()
        && segment.starts_with(before)
        && segment.ends_with(after)
}

#[cfg(test)]
mod tests {
    use super::super::markdown::pieces;
    use super::*;

    #[track_caller]
    fn check(page: &str, text: &str, expected: &[&str]) {
        let files = [
            "README.md",
            "docs/",
            "docs/a.md",
            "docs/b.md",
            "one/",
            "one/Cargo.toml",
            "one/README.md",
            "one/src/",
            "one/src/lib.rs",
            "one/src/deep/",
            "one/src/deep/x.rs",
        ];
        let files = files.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(problems(page, &pieces(text), &files), expected, "{page}: {text}");
    }

    #[test]
    fn a_path_may_be_relative_to_any_of_the_usual_folders() {
        check("README.md", "`one/src/lib.rs`, `one/src`, `one/`, `docs/a.md`", &[]);
        check("docs/a.md", "`b.md`", &[]);
        check("one/README.md", "`src/lib.rs`, `deep/x.rs`", &[]);
        check("README.md", "x\n`docs/c.md`", &["README.md:2: no such path: `docs/c.md`"]);
        check("README.md", "`lib.rs`", &["README.md:1: no such path: `lib.rs`"]);
        check("docs/a.md", "`src/lib.rs`", &["docs/a.md:1: no such path: `src/lib.rs`"]);
    }

    #[test]
    fn alternatives_and_wildcards_are_looked_up() {
        check("README.md", "`docs/{a,b,…}.md`, `docs/*.md`, `one/src/<name>.rs`", &[]);
        check("README.md", "`docs/{a,c}.md`", &["README.md:1: no such path: `docs/c.md`"]);
        check("README.md", "`docs/*.rs`", &["README.md:1: no such path: `docs/*.rs`"]);
    }

    #[test]
    fn a_section_can_set_a_folder() {
        check("docs/a.md", "## A\n\nFiles are below `one/src`. `deep/x.rs`\n\n`lib.rs`", &[]);
        let gone = ["docs/a.md:5: no such path: `lib.rs`"];
        check("docs/a.md", "Files are below `one/src`.\n\n## B\n\n`lib.rs`", &gone);
        let gone = ["docs/a.md:1: no such path: `one/sr`"];
        check("docs/a.md", "Files are below `one/sr`.", &gone);
    }

    #[test]
    fn text_that_is_not_a_path_is_ignored() {
        check(
            "README.md",
            "`/invoice/{id}`, `application/json`, `12.5`, `a.b()`, `{id}.json`, `.d.ts`",
            &[],
        );
        check("README.md", "`https://example.com/x.rs`, `--x/y`, `a b/c`", &[]);
    }
}
