//! The reasons why a frontend can't be built.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use tools::Missing;

/// The reason why a frontend can't be built.
#[derive(Debug)]
pub enum BuildError {
    /// A tool isn't available on this machine.
    Missing(Missing),
    /// The folder has no `Cargo.toml`.
    NoPackage(PathBuf),
    /// Cargo failed. Contains cargo's output, or an empty string if the output was already shown.
    Compile(String),
    /// The package has no WebAssembly module, or more than one.
    Module {
        /// The package's folder.
        folder: PathBuf,
        /// The number of modules in the package.
        count: usize,
    },
    /// The package uses a different version of `wasm-bindgen` than this workspace.
    Version {
        /// The version that the package uses.
        found: String,
        /// The version that this workspace uses.
        needed: String,
    },
    /// wasm-bindgen failed. Contains wasm-bindgen's message.
    Bindings(String),
    /// wasm-opt failed. Contains wasm-opt's message.
    Optimise(String),
    /// A file in `static` has the name of a generated file.
    Clash(String),
    /// A file can't be read or written.
    File {
        /// The file or folder.
        path: PathBuf,
        /// The cause.
        error: io::Error,
    },
}

impl BuildError {
    pub(super) fn file(path: &Path, error: io::Error) -> Self {
        BuildError::File { path: path.to_path_buf(), error }
    }
}

impl From<Missing> for BuildError {
    fn from(missing: Missing) -> Self {
        BuildError::Missing(missing)
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BuildError::Missing(missing) => missing.fmt(f),
            BuildError::NoPackage(folder) => {
                write!(f, "{} isn't a package: it has no Cargo.toml", folder.display())
            }
            BuildError::Compile(said) if said.is_empty() => {
                f.write_str("the package doesn't compile")
            }
            BuildError::Compile(said) => write!(f, "the package doesn't compile: {said}"),
            BuildError::Module { folder, count: 0 } => write!(
                f,
                "{} has no WebAssembly module: add `[lib]` with `crate-type = [\"cdylib\"]` to its Cargo.toml",
                folder.display()
            ),
            BuildError::Module { folder, count } => write!(
                f,
                "{} has {count} WebAssembly modules, but a frontend has one: move the others to separate packages",
                folder.display()
            ),
            BuildError::Version { found, needed } => write!(
                f,
                "the package uses wasm-bindgen {found}, but this tool needs {needed}: \
                 run `cargo update -p wasm-bindgen --precise {needed}` in the package's folder"
            ),
            BuildError::Bindings(said) => write!(f, "wasm-bindgen failed: {said}"),
            BuildError::Optimise(said) => write!(f, "wasm-opt failed: {said}"),
            BuildError::Clash(name) => {
                write!(f, "static/{name} has the name of a generated file: rename it")
            }
            BuildError::File { path, error } => write!(f, "{}: {error}", path.display()),
        }
    }
}

impl std::error::Error for BuildError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            BuildError::File { error, .. } => Some(error),
            _ => None,
        }
    }
}
