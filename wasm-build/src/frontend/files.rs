//! The files of a frontend and their sizes.

use std::fmt;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;

use super::error::BuildError;

/// A file that visitors download.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The file's path below the folder, with `/` between folders.
    pub path: String,
    /// The file's size in bytes.
    pub raw: u64,
    /// The file's size in bytes after compression with gzip at level 9.
    pub gzip: u64,
}

/// A frontend that was built. `Display` shows its files and their sizes as a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Built {
    /// The folder to serve.
    pub folder: PathBuf,
    /// All files in the folder, sorted by path.
    pub files: Vec<File>,
}

impl Built {
    /// Measures the files in a folder. The folder may be the output of any tool, not just of this crate.
    ///
    /// # Errors
    ///
    /// Returns an error if the folder or a file in it can't be read.
    pub fn read(folder: PathBuf) -> Result<Self, BuildError> {
        let files = paths(&folder)?.into_iter().map(|path| {
            let content = read_file(&folder.join(&path))?;
            let compressed = gzip(&content).map_err(|error| BuildError::file(&folder, error))?;
            Ok(File { path, raw: content.len() as u64, gzip: compressed.len() as u64 })
        });
        Ok(Built { files: files.collect::<Result<_, BuildError>>()?, folder })
    }

    /// Returns the size of all files in bytes.
    #[must_use]
    pub fn raw(&self) -> u64 {
        self.files.iter().map(|file| file.raw).sum()
    }

    /// Returns the size of all files in bytes, each compressed with gzip at level 9.
    #[must_use]
    pub fn gzip(&self) -> u64 {
        self.files.iter().map(|file| file.gzip).sum()
    }
}

impl fmt::Display for Built {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self.files.iter().map(|file| file.path.chars().count()).max();
        let width = width.unwrap_or_default().max("total".len());
        writeln!(f, "{:<width$}  {:>9}  {:>9}", "file", "bytes", "gzip")?;
        for File { path, raw, gzip } in &self.files {
            writeln!(f, "{path:<width$}  {raw:>9}  {gzip:>9}")?;
        }
        write!(f, "{:<width$}  {:>9}  {:>9}", "total", self.raw(), self.gzip())
    }
}

fn gzip(content: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    encoder.finish()
}

pub(super) fn read_file(path: &Path) -> Result<Vec<u8>, BuildError> {
    fs::read(path).map_err(|error| BuildError::file(path, error))
}

/// Returns the paths of all files below the folder, sorted, with `/` between folders.
pub(super) fn paths(folder: &Path) -> Result<Vec<String>, BuildError> {
    let mut paths = Vec::new();
    add(folder, "", &mut paths).map_err(|error| BuildError::file(folder, error))?;
    paths.sort();
    Ok(paths)
}

fn add(folder: &Path, prefix: &str, paths: &mut Vec<String>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            add(&entry.path(), &format!("{name}/"), paths)?;
        } else {
            paths.push(name);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, raw: u64, gzip: u64) -> File {
        File { path: path.to_owned(), raw, gzip }
    }

    #[test]
    fn the_table_adds_up() {
        let files = vec![file("index.html", 1200, 640), file("page_bg.wasm", 100_000, 41_000)];
        let built = Built { folder: PathBuf::from("/page"), files };
        let expected = "\
file              bytes       gzip
index.html         1200        640
page_bg.wasm     100000      41000
total            101200      41640";
        assert_eq!(built.to_string(), expected);
    }

    #[test]
    fn files_in_all_folders_are_measured() {
        let folder = tools::target().join("tests/wasm-build/files");
        drop(fs::remove_dir_all(&folder));
        fs::create_dir_all(folder.join("snippets/a")).unwrap();
        fs::write(folder.join("snippets/a/inline0.js"), "x".repeat(1000)).unwrap();
        fs::write(folder.join("index.html"), "").unwrap();
        let built = Built::read(folder).unwrap();
        let paths: Vec<_> = built.files.iter().map(|file| (file.path.as_str(), file.raw)).collect();
        assert_eq!(paths, [("index.html", 0), ("snippets/a/inline0.js", 1000)]);
        // The header and trailer of gzip alone are 18 bytes.
        assert!((18..=20).contains(&built.files[0].gzip), "{built}");
        assert!((21..=40).contains(&built.files[1].gzip), "{built}");
    }
}
