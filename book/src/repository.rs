//! Turns links that leave the book into links to the repository.
//!
//! On GitHub, a page can link to any file in the repository by a relative path. The book contains
//! only its own pages, so this preprocessor replaces each link to another file with the file's URL
//! in the repository.

use std::path::{Component, Path, PathBuf};

use mdbook_preprocessor::book::Book;
use mdbook_preprocessor::errors::{Error, Result};
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};
use pulldown_cmark::{Event, LinkType, Options, Parser, Tag};

/// The URL of the repository, from `workspace.package` in `Cargo.toml`.
pub(crate) const URL: &str = env!("CARGO_PKG_REPOSITORY");

/// The preprocessor that rewrites links to the repository's other files.
#[derive(Clone, Copy, Debug, Default)]
pub struct Repository;

impl Preprocessor for Repository {
    fn name(&self) -> &str {
        "repository"
    }

    fn run(&self, context: &PreprocessorContext, mut book: Book) -> Result<Book> {
        let source = context.root.join(&context.config.book.src).canonicalize()?;
        // The pages are in a folder below the root of the repository.
        let root = source.parent().unwrap_or(&source).to_path_buf();
        let folder = source.strip_prefix(&root).unwrap_or(&source).to_path_buf();
        let mut problems = Vec::new();
        book.for_each_chapter_mut(|chapter| {
            let Some(path) = &chapter.source_path else { return };
            let page = Page { path: folder.join(path), folder: folder.clone() };
            match page.rewrite(&chapter.content, |path| kind(&root.join(path))) {
                Ok(text) => chapter.content = text,
                Err(found) => problems.extend(found),
            }
        });
        if problems.is_empty() { Ok(book) } else { Err(Error::msg(problems.join("\n"))) }
    }
}

/// The kind of a path in the repository.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    File,
    Folder,
    Missing,
}

fn kind(path: &Path) -> Kind {
    match path.metadata() {
        Ok(found) if found.is_dir() => Kind::Folder,
        Ok(_) => Kind::File,
        Err(_) => Kind::Missing,
    }
}

/// A page of the book: its path from the root of the repository, and the folder with all pages.
struct Page {
    path: PathBuf,
    folder: PathBuf,
}

impl Page {
    fn rewrite(
        &self,
        text: &str,
        kind: impl Fn(&Path) -> Kind,
    ) -> std::result::Result<String, Vec<String>> {
        let (mut rewritten, mut problems) = (text.to_owned(), Vec::new());
        let links = Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter();
        let links: Vec<_> = links
            .filter_map(|(event, range)| match event {
                Event::Start(Tag::Link { link_type: LinkType::Inline, dest_url, .. }) => {
                    Some((dest_url, range))
                }
                _ => None,
            })
            .collect();
        // Start at the end, so that the positions of earlier links stay correct.
        for (link, range) in links.iter().rev() {
            let Some(target) = self.outside(link) else { continue };
            let place = text[range.clone()].rfind(&format!("]({link}"));
            let (Some(place), Some(url)) = (place, url(&target, link, kind(&target))) else {
                problems.push(format!("{}: no such file: ({link})", self.path.display()));
                continue;
            };
            let start = range.start + place + "](".len();
            rewritten.replace_range(start..start + link.len(), &url);
        }
        if problems.is_empty() { Ok(rewritten) } else { Err(problems) }
    }

    /// Returns the link's target, relative to the root of the repository, if the link leaves the book.
    fn outside(&self, link: &str) -> Option<PathBuf> {
        let path = link.split('#').next().unwrap_or_default();
        if path.is_empty() || link.contains("://") || link.starts_with("mailto:") {
            return None;
        }
        let target = plain(&self.path.parent()?.join(path));
        (!target.starts_with(&self.folder)).then_some(target)
    }
}

/// Returns the path with `.` and `..` resolved.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => drop(plain.pop()),
            Component::Normal(name) => plain.push(name),
            _ => {}
        }
    }
    plain
}

fn url(target: &Path, link: &str, kind: Kind) -> Option<String> {
    let view = match kind {
        Kind::File => "blob",
        Kind::Folder => "tree",
        Kind::Missing => return None,
    };
    let parts: Vec<_> = target.iter().map(|part| part.to_string_lossy()).collect();
    let fragment = link.find('#').map_or("", |at| &link[at..]);
    Some(format!("{URL}/{view}/HEAD/{}{fragment}", parts.join("/")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Result<&str, &str>) {
        let page = Page { path: "docs/deep/a.md".into(), folder: "docs".into() };
        let found = page.rewrite(text, |path| match path.to_str() {
            Some("README.md" | "one/x.rs") => Kind::File,
            Some("one") => Kind::Folder,
            _ => Kind::Missing,
        });
        let expected = expected.map(str::to_owned).map_err(|problem| vec![problem.to_owned()]);
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn links_that_leave_the_book_point_to_the_repository() {
        check(
            "See [`x`](../../one/x.rs) and\n[it](../../README.md#use), [all](../../one).",
            Ok(&format!(
                "See [`x`]({URL}/blob/HEAD/one/x.rs) and\n[it]({URL}/blob/HEAD/README.md#use), [all]({URL}/tree/HEAD/one)."
            )),
        );
        check(
            "| a |\n| - |\n| [b](../../one/) |",
            Ok(&format!("| a |\n| - |\n| [b]({URL}/tree/HEAD/one) |")),
        );
    }

    #[test]
    fn other_links_and_code_stay_unchanged() {
        for text in [
            "[a](../b.md#c) [d](c.md) [e](#f) [g](https://x.example/../..)",
            "`[a](../../one)`\n\n```text\n[a](../../one)\n```",
        ] {
            check(text, Ok(text));
        }
    }

    #[test]
    fn a_link_to_a_missing_file_is_reported() {
        check("[a](../../two.md)", Err("docs/deep/a.md: no such file: (../../two.md)"));
    }
}
