//! Checks that each documentation example that must not compile fails with the expected compiler error.
//!
//! rustdoc accepts any error in a block marked `compile_fail`, because stable rustdoc doesn't check the error code. So
//! these blocks are compiled again, all together, and their errors are compared with a table.

use std::fmt::Write as _;

use crate::compile::Said;
use crate::documents::markdown::{Kind, pieces};
use crate::documents::pages::Page;

/// A block marked `compile_fail`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its file, and the line of its fence.
    pub place: String,
    /// The info string of its fence.
    pub info: String,
    /// Its code, including hidden lines.
    pub code: String,
}

/// The error that the compiler must report for a block.
#[derive(Clone, Copy, Debug)]
pub struct Promise {
    /// The file with the block.
    pub file: &'static str,
    /// A line that no other block of the file contains.
    pub line: &'static str,
    /// The error code.
    pub error: &'static str,
    /// A part of the message.
    pub says: &'static str,
}

/// Returns every block on the pages that is marked `compile_fail`.
#[must_use]
pub fn blocks(pages: &[Page]) -> Vec<Block> {
    let mut blocks = Vec::new();
    for page in pages.iter().filter(|page| page.text.contains("compile_fail")) {
        for piece in pieces(&page.text) {
            if let Kind::Block(info, code) = piece.kind
                && info.contains("compile_fail")
            {
                blocks.push(Block { place: format!("{}:{}", page.name, piece.line), info, code });
            }
        }
    }
    blocks
}

/// Returns a library with a function for each block, and the range of lines of each function.
#[must_use]
pub fn library(blocks: &[Block]) -> (String, Vec<std::ops::Range<usize>>) {
    let mut library = "#![allow(dead_code, unused, clippy::all)]\n".to_owned();
    let mut ranges = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        let start = library.lines().count() + 1;
        let code: Vec<&str> = block.code.lines().map(compiled).collect();
        // Writing to a string can't fail.
        let _ = writeln!(library, "fn block_{at}() {{\n{}\n}}", code.join("\n"));
        ranges.push(start..library.lines().count() + 1);
    }
    (library, ranges)
}

/// Returns a line as rustdoc compiles it: without the `#` that hides the line.
#[must_use]
pub fn compiled(line: &str) -> &str {
    match line.trim() {
        "#" => "",
        trimmed => trimmed.strip_prefix("# ").unwrap_or(line),
    }
}

/// Returns the problems: promises that don't belong to exactly one block, blocks without a promise, and blocks that
/// compile or fail with an error that wasn't promised.
#[must_use]
pub fn broken(
    blocks: &[Block],
    ranges: &[std::ops::Range<usize>],
    said: &Said,
    promises: &[Promise],
) -> Vec<String> {
    let mut broken = Vec::new();
    for promise in promises {
        let count = blocks.iter().filter(|block| promise.is_of(block)).count();
        if count != 1 {
            broken.push(format!(
                "{count} blocks in {} contain the line {:?}, but exactly one must contain it",
                promise.file, promise.line
            ));
        }
    }
    for (block, range) in blocks.iter().zip(ranges) {
        let texts: Vec<&String> = said.range(range.clone()).flat_map(|(_, texts)| texts).collect();
        let problem = match promises.iter().find(|promise| promise.is_of(block)) {
            Some(promise) => promise.problem(block, &texts),
            None => Some("this block has no promise: add one with its expected error".to_owned()),
        };
        broken.extend(problem.map(|problem| format!("{}: {problem}", block.place)));
    }
    broken
}

impl Promise {
    fn is_of(&self, block: &Block) -> bool {
        block.place.rsplit_once(':').is_some_and(|(file, _)| file == self.file)
            && block.code.lines().any(|line| line == self.line)
    }

    fn problem(&self, block: &Block, texts: &[&String]) -> Option<String> {
        if texts.is_empty() {
            return Some("compiles, but must not".to_owned());
        }
        // The info string can also name the language, for syntax highlighting.
        if block.info.trim_start_matches("rust,") != format!("compile_fail,{}", self.error) {
            return Some(format!("is marked `{}`, not `compile_fail,{}`", block.info, self.error));
        }
        let texts: Vec<String> = texts.iter().map(|text| plain(text)).collect();
        let code = format!("error[{}]: ", self.error);
        if let Some(other) = texts.iter().find(|text| !text.starts_with(&code)) {
            return Some(format!("promised {code:?}, but the compiler says:\n{other}"));
        }
        let comments = block.code.lines().filter_map(|line| line.trim().strip_prefix("// "));
        let quoted = comments.filter(|it| it.starts_with("error") || it.starts_with("note: "));
        let quoted = quoted.map(str::to_owned);
        let mut wanted = std::iter::once(self.says.to_owned()).chain(quoted).map(|it| plain(&it));
        let missing = wanted.find(|it| !texts.iter().any(|text| text.contains(it.as_str())))?;
        Some(format!("promised {missing:?}, but the compiler says:\n{}", texts.join("\n")))
    }
}

/// Removes the names of our crates from the paths that the compiler writes.
fn plain(text: &str) -> String {
    text.replace("mileston_api::", "").replace("mileston_keys::", "").replace("other_api::", "")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str =
        "Text\n\n```compile_fail,E0277\n# use x;\n// error[E0277]: no key\nlet a = call();\n```\n";
    const PROMISE: Promise =
        Promise { file: "a.rs", line: "let a = call();", error: "E0277", says: "no key" };

    #[track_caller]
    fn check(page: &str, said: &[(usize, &str)], promises: &[Promise], expected: Option<&str>) {
        let page = Page { name: "a.rs".to_owned(), text: page.to_owned() };
        let blocks = blocks(&[page]);
        let (library, ranges) = library(&blocks);
        assert!(library.contains("fn block_0() {\nuse x;\n"), "{library}");
        let said = said.iter().map(|(line, text)| (*line, vec![(*text).to_owned()])).collect();
        let broken = broken(&blocks, &ranges, &said, promises);
        match expected {
            None => assert!(broken.is_empty(), "{broken:?}"),
            Some(expected) => {
                assert!(broken.len() == 1 && broken[0].contains(expected), "{broken:?}")
            }
        }
    }

    #[test]
    fn a_block_with_a_different_error_is_reported() {
        let good = "error[E0277]: no key";
        check(PAGE, &[(5, good)], &[PROMISE], None);
        check(PAGE, &[], &[PROMISE], Some("a.rs:3: compiles, but must not"));
        check(PAGE, &[(3, good), (5, "error[E0277]: no")], &[PROMISE], None);
        check(
            PAGE,
            &[(3, good), (5, "error[E0308]: x")],
            &[PROMISE],
            Some("says:\nerror[E0308]: x"),
        );
        check(
            PAGE,
            &[(5, "error[E0308]: no key")],
            &[PROMISE],
            Some("promised \"error[E0277]: \""),
        );
        check(PAGE, &[(5, "error[E0277]: a key")], &[PROMISE], Some("promised \"no key\""));
        check(PAGE, &[(5, good)], &[], Some("this block has no promise"));
    }

    #[test]
    fn quoted_errors_and_error_codes_are_checked() {
        let page = PAGE.replace(": no key", ": no key at all");
        check(
            &page,
            &[(5, "error[E0277]: no key")],
            &[PROMISE],
            Some("no key at all\", but the compiler says"),
        );
        let page = PAGE.replace("let a", "// note: get a key\nlet a");
        let with_note = "error[E0277]: no key\n = note: get a key";
        check(&page, &[(5, with_note)], &[PROMISE], None);
        check(
            &page,
            &[(5, "error[E0277]: no key")],
            &[PROMISE],
            Some("promised \"note: get a key\""),
        );
        let page = PAGE.replace(",E0277", "");
        check(&page, &[(5, "error[E0277]: no key")], &[PROMISE], Some("is marked `compile_fail`"));
    }

    #[test]
    fn a_hidden_line_is_compiled_without_its_mark() {
        for (line, expected) in [
            ("# use x;", "use x;"),
            ("    # use x;", "use x;"),
            ("#", ""),
            ("#[test]", "#[test]"),
            ("    let a = \"# \";", "    let a = \"# \";"),
        ] {
            assert_eq!(compiled(line), expected);
        }
    }

    #[test]
    fn a_promise_without_a_block_is_reported() {
        let other = Promise { line: "let b = call();", ..PROMISE };
        check(PAGE, &[(5, "error[E0277]: no key")], &[PROMISE, other], Some("0 blocks in a.rs"));
    }
}
