//! The static files of a package, which are served unchanged.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::error::BuildError;
use super::files::{paths, read_file};

/// The contents of the files by path, with `/` between folders.
pub(super) type Pages = BTreeMap<String, Vec<u8>>;

/// Reads all files below the folder. Returns an empty map if the folder doesn't exist.
pub(super) fn read(folder: &Path) -> Result<Pages, BuildError> {
    if !folder.is_dir() {
        return Ok(Pages::new());
    }
    let names = paths(folder)?.into_iter();
    names.map(|name| Ok((name.clone(), read_file(&folder.join(name))?))).collect()
}

/// Writes the static files to a folder. Returns an error if one of them would replace a file in the folder.
pub(super) fn write(pages: &Pages, folder: &Path) -> Result<(), BuildError> {
    for (name, content) in pages {
        let path = folder.join(name);
        if path.exists() {
            return Err(BuildError::Clash(name.clone()));
        }
        let parent = path.parent().unwrap_or(folder);
        let written = fs::create_dir_all(parent).and_then(|()| fs::write(&path, content));
        written.map_err(|error| BuildError::file(&path, error))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_keep_their_folders_and_never_replace_generated_files() {
        let folder = tools::target().join("tests/wasm-build/pages");
        drop(fs::remove_dir_all(&folder));
        let pages = Pages::from([
            ("index.html".to_owned(), b"<!doctype html>".to_vec()),
            ("img/logo.svg".to_owned(), b"<svg/>".to_vec()),
        ]);
        write(&pages, &folder).unwrap();
        assert_eq!(read(&folder).unwrap(), pages);
        let error = write(&pages, &folder).unwrap_err().to_string();
        assert_eq!(error, "static/img/logo.svg has the name of a generated file: rename it");
    }

    #[test]
    fn a_package_need_not_have_pages() {
        assert_eq!(read(Path::new("/no/such/folder")).unwrap(), Pages::new());
    }
}
