//! Packs the image's layer, i.e. its files and folders. The same content always gives the same bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest as _, Sha256};
use tar::{Builder, EntryType, Header};

/// A layer's files and folders by path, without the leading `/`.
#[derive(Default)]
pub(super) struct Layer {
    entries: BTreeMap<PathBuf, Entry>,
}

/// A file, or a folder if `content` is `None`.
struct Entry {
    content: Option<Vec<u8>>,
    mode: u32,
    owner: u64,
}

/// A packed layer.
pub(super) struct Packed {
    /// The compressed tar.
    pub(super) bytes: Vec<u8>,
    /// The SHA-256 of the tar before compression, in hexadecimal.
    pub(super) uncompressed_digest: String,
}

impl Layer {
    /// Adds a file.
    pub(super) fn add(&mut self, path: impl AsRef<Path>, content: impl Into<Vec<u8>>, mode: u32) {
        let entry = Entry { content: Some(content.into()), mode, owner: 0 };
        self.insert(path.as_ref(), entry);
    }

    /// Adds a folder.
    pub(super) fn folder(&mut self, path: impl AsRef<Path>, mode: u32, owner: u64) {
        self.insert(path.as_ref(), Entry { content: None, mode, owner });
    }

    /// Adds a copy of a file on this machine. Follows symbolic links.
    pub(super) fn copy(
        &mut self,
        from: impl AsRef<Path>,
        to: impl AsRef<Path>,
        mode: u32,
    ) -> Result<(), String> {
        let from = from.as_ref();
        let content = fs::read(from).map_err(|error| format!("{}: {error}", from.display()))?;
        self.add(to, content, mode);
        Ok(())
    }

    /// Adds a copy of a file on this machine, if the file exists.
    pub(super) fn copy_if_there(&mut self, from: &str, to: &str, mode: u32) -> Result<(), String> {
        if Path::new(from).is_file() { self.copy(from, to, mode) } else { Ok(()) }
    }

    fn insert(&mut self, path: &Path, entry: Entry) {
        self.entries.insert(path.strip_prefix("/").unwrap_or(path).to_owned(), entry);
    }

    /// Packs the files. Each file comes after the folders that contain it.
    pub(super) fn pack(&self) -> Result<Packed, String> {
        let failed = |error: std::io::Error| format!("cannot pack the layer: {error}");
        let mut tar = Builder::new(Vec::new());
        for folder in self.parents() {
            append(&mut tar, folder, &Entry { content: None, mode: 0o755, owner: 0 })
                .map_err(failed)?;
        }
        for (path, entry) in &self.entries {
            append(&mut tar, path, entry).map_err(failed)?;
        }
        let tar = tar.into_inner().map_err(failed)?;
        // The encoder doesn't write a time or a file name, so the bytes are the same in each run.
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(&tar).map_err(failed)?;
        let bytes = encoder.finish().map_err(failed)?;
        Ok(Packed { bytes, uncompressed_digest: digest(&tar) })
    }

    /// Returns the parent folders that no entry describes. A folder comes before its subfolders.
    fn parents(&self) -> BTreeSet<&Path> {
        let all = self.entries.keys().flat_map(|path| path.ancestors().skip(1));
        all.filter(|path| *path != Path::new("") && !self.entries.contains_key(*path)).collect()
    }
}

fn append(tar: &mut Builder<Vec<u8>>, path: &Path, entry: &Entry) -> std::io::Result<()> {
    let mut header = Header::new_gnu();
    header.set_mode(entry.mode);
    header.set_uid(entry.owner);
    header.set_gid(entry.owner);
    header.set_mtime(0);
    match &entry.content {
        Some(content) => {
            header.set_size(content.len() as u64);
            tar.append_data(&mut header, path, content.as_slice())
        }
        None => {
            header.set_entry_type(EntryType::Directory);
            header.set_size(0);
            tar.append_data(&mut header, path, std::io::empty())
        }
    }
}

/// Returns the SHA-256 of the bytes, in hexadecimal.
pub(super) fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests may panic")]
mod tests {
    use super::*;

    #[test]
    fn folders_come_before_their_files_and_each_run_packs_the_same_bytes() {
        let mut layer = Layer::default();
        layer.add("/usr/bin/it", "content", 0o755);
        layer.folder("/data", 0o700, 65532);
        let packed = layer.pack().unwrap();
        assert_eq!(packed.bytes, layer.pack().unwrap().bytes);
        let mut tar = tar::Archive::new(flate2::read::GzDecoder::new(packed.bytes.as_slice()));
        let found: Vec<_> = tar
            .entries()
            .unwrap()
            .map(|entry| {
                let entry = entry.unwrap();
                let (path, header) = (entry.path().unwrap().into_owned(), entry.header());
                (path, header.mode().unwrap(), header.uid().unwrap())
            })
            .collect();
        let expected = [
            ("usr", 0o755, 0),
            ("usr/bin", 0o755, 0),
            ("data", 0o700, 65532),
            ("usr/bin/it", 0o755, 0),
        ];
        assert_eq!(found, expected.map(|(path, mode, owner)| (PathBuf::from(path), mode, owner)));
    }
}
