//! Finds the pages: Markdown files, doc comments in Rust sources, and TOML files.

use std::collections::BTreeSet;
use std::path::Path;

/// Folders whose files aren't part of the repository.
const SKIPPED: [&str; 4] = [".git", ".venv", "node_modules", "target"];

/// A page to check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Its path from the root of the workspace, with `/` as the separator.
    pub name: String,
    /// Its text. For a source file, lines without documentation are empty, so that line numbers match the file.
    pub text: String,
}

/// Returns the paths of the workspace's files and folders, from its root. Folders end with `/`. Generated files are
/// included, because pages can name them.
///
/// # Errors
///
/// Returns an error if a folder can't be read.
pub fn files(root: &Path) -> std::io::Result<BTreeSet<String>> {
    let mut files = BTreeSet::new();
    walk(root, "", &mut files)?;
    Ok(files)
}

fn walk(folder: &Path, prefix: &str, files: &mut BTreeSet<String>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() {
            files.insert(format!("{prefix}{name}/"));
            if !SKIPPED.contains(&name.as_str()) {
                walk(&entry.path(), &format!("{prefix}{name}/"), files)?;
            }
        } else {
            files.insert(format!("{prefix}{name}"));
        }
    }
    Ok(())
}

/// Returns the Markdown files: READMEs, `docs` and others.
///
/// # Errors
///
/// Returns an error if a file can't be read.
pub fn markdown(root: &Path, files: &BTreeSet<String>) -> std::io::Result<Vec<Page>> {
    let names = files.iter().filter(|name| name.ends_with(".md") && !is_generated(name));
    names.map(|name| Ok(Page { name: name.clone(), text: read(root, name)? })).collect()
}

/// Returns the doc comments in the crates' sources.
///
/// # Errors
///
/// Returns an error if a file can't be read.
pub fn rustdoc(root: &Path, files: &BTreeSet<String>) -> std::io::Result<Vec<Page>> {
    let names = files.iter().filter(|name| name.ends_with(".rs") && !is_generated(name));
    names
        .map(|name| Ok(Page { name: name.clone(), text: documentation(&read(root, name)?) }))
        .collect()
}

/// Returns the TOML files with their comments: `Cargo.toml`, `clippy.toml`, `deny.toml` and others.
///
/// # Errors
///
/// Returns an error if a file can't be read.
pub fn settings(root: &Path, files: &BTreeSet<String>) -> std::io::Result<Vec<Page>> {
    let names = files.iter().filter(|name| name.ends_with(".toml") && !is_generated(name));
    let text = |text: String| -> String {
        // In Markdown, a `#` would make the line a heading.
        text.lines().map(|line| format!("{}\n", line.trim_start_matches(['#', ' ']))).collect()
    };
    names.map(|name| Ok(Page { name: name.clone(), text: text(read(root, name)?) })).collect()
}

fn read(root: &Path, name: &str) -> std::io::Result<String> {
    std::fs::read_to_string(root.join(name))
}

/// Returns whether the generator writes the file.
#[must_use]
pub fn is_generated(name: &str) -> bool {
    name.split('/').any(|part| part == "generated")
}

/// Returns the text of doc comments. Each line keeps its line number.
#[must_use]
pub fn documentation(source: &str) -> String {
    let lines = source.lines().map(|line| {
        let line = line.trim_start();
        let text = line.strip_prefix("//!").or_else(|| line.strip_prefix("///"));
        text.map_or("", |text| text.strip_prefix(' ').unwrap_or(text))
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::documentation;

    #[test]
    fn documentation_keeps_its_lines() {
        let source = "//! One\nuse x;\n    /// Two\n    ///     deep\nfn f() {} // no\n";
        assert_eq!(documentation(source), "One\n\nTwo\n    deep\n");
    }
}
