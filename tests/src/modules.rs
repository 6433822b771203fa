//! Finds the files of a crate that import each other in a cycle.
//!
//! An import is a path in code to an item in another file of the same crate: in `use`, inline, in the tokens of a
//! macro, or in an attribute like `#[serde(with = "…")]`. Every `pub use` is followed, so the imported file is the one
//! that defines the item. A path to an item in another crate isn't an import. `use` of a module isn't an import either,
//! but a path to an item in that module is. `mod x;` isn't an import. Paths in documentation and tests don't count.
//!
//! Each file or folder directly in a folder named `generated` counts as one file.

mod attributes;
mod cycles;
mod imports;
mod reader;
mod resolve;
mod tokens;
mod tree;
mod visit;

use std::collections::BTreeMap;
use std::path::Path;

pub use cycles::{Cycle, cycles};
pub use imports::{Import, imports};

/// The text of a crate's files by their path inside `src`, with `/` as the separator.
pub type Files = BTreeMap<String, String>;

/// Reads the Rust files of a folder.
///
/// # Errors
///
/// Returns an error if a file or folder can't be read.
pub fn read(folder: &Path) -> Result<Files, String> {
    let mut files = Files::new();
    add(folder, "", &mut files)?;
    Ok(files)
}

fn add(folder: &Path, prefix: &str, files: &mut Files) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            add(&path, &format!("{prefix}{name}/"), files)?;
        } else if name.ends_with(".rs") {
            let text = std::fs::read_to_string(&path);
            let text = text.map_err(|error| format!("{}: {error}", path.display()))?;
            files.insert(format!("{prefix}{name}"), text);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
