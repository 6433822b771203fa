//! Builds the book with mdBook in this process, and then checks its links.

use std::path::Path;

use mdbook_driver::MDBook;
use mdbook_driver::config::Config;

use crate::failure::Failure;
use crate::repository::{Repository, URL};
use crate::{links, warnings};

/// Builds the book of the workspace at `root` into the folder `out`, which is emptied first.
///
/// # Errors
///
/// Returns an error if mdBook fails or prints a warning, or if a link is broken.
pub fn build(root: &Path, out: &Path) -> Result<(), Failure> {
    let docs = root.join("docs");
    let (result, mut problems) = warnings::collect(|| run(&docs, out));
    result?;
    problems.extend(links::problems(out).map_err(|error| Failure::io(out, &error))?);
    if problems.is_empty() { Ok(()) } else { Err(Failure::new(problems)) }
}

fn run(docs: &Path, out: &Path) -> Result<(), Failure> {
    let failed = |what| move |error| Failure::of(what, &error);
    let settings = docs.join("book.toml");
    let text =
        std::fs::read_to_string(&settings).map_err(|error| Failure::io(&settings, &error))?;
    let mut config: Config = text.parse().map_err(failed("docs/book.toml"))?;
    // `book.toml` names a preprocessor program for mdBook's own command. Here, the preprocessor
    // runs in this process instead.
    let none = serde_json::json!({});
    config.set("preprocessor", none).map_err(failed("docs/book.toml"))?;
    config.set("output.html.git-repository-url", URL).map_err(failed("docs/book.toml"))?;
    config.build.build_dir = out.to_path_buf();
    let mut book = MDBook::load_with_config(docs, config).map_err(failed("docs/SUMMARY.md"))?;
    book.with_preprocessor(Repository);
    book.build().map_err(failed("building the book"))
}
