//! Generated Rust, formatted by `rustfmt` like all other code of the workspace.

use std::ffi::OsString;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

use codegen::Files;

/// The file whose modules are all the others.
const ROOT: &str = "mod.rs";

/// Why files can't be formatted.
#[derive(Debug)]
pub(super) enum Unformatted {
    /// A temporary file can't be written or read.
    File { path: PathBuf, error: io::Error },
    /// `rustfmt` can't be started.
    Missing { program: OsString, error: io::Error },
    /// `rustfmt` reports an error.
    Refused { program: OsString, errors: String },
}

impl fmt::Display for Unformatted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const FIX: &str = "If it isn't installed, run `rustup component add rustfmt`.";
        match self {
            Unformatted::File { path, error } => {
                write!(f, "cannot use the temporary file {}: {error}", path.display())
            }
            Unformatted::Missing { program, error } => {
                write!(f, "cannot run `{}`: {error}. {FIX}", program.display())
            }
            Unformatted::Refused { program, errors } => {
                write!(f, "`{}` failed. {FIX} It printed:\n{}", program.display(), errors.trim())
            }
        }
    }
}

impl std::error::Error for Unformatted {}

/// Returns the files as `rustfmt` formats them in the workspace at `root`.
///
/// They are written to a temporary folder, because one run of `rustfmt` on the root of the modules is much faster than one
/// for each file.
pub(super) fn formatted(root: &Path, files: &Files) -> Result<Files, Unformatted> {
    let folder = Temporary::new();
    for (name, text) in files {
        let path = folder.0.join(name);
        let write = || {
            path.parent().map_or(Ok(()), std::fs::create_dir_all)?;
            std::fs::write(&path, text)
        };
        write().map_err(|error| Unformatted::File { path: path.clone(), error })?;
    }
    run(root, &folder.0.join(ROOT))?;
    let read = |name: &String| {
        let path = folder.0.join(name);
        match std::fs::read_to_string(&path) {
            Ok(text) => Ok((name.clone(), text)),
            Err(error) => Err(Unformatted::File { path, error }),
        }
    };
    files.keys().map(read).collect()
}

fn run(root: &Path, file: &Path) -> Result<(), Unformatted> {
    // As `cargo fmt` finds it.
    let program = std::env::var_os("RUSTFMT").unwrap_or_else(|| "rustfmt".into());
    let mut command = Command::new(&program);
    // `rustfmt.toml` says the edition, too. The toolchain is the one of the folder that rustfmt runs in.
    command.arg("--config-path").arg(root).arg("--quiet").arg(file).current_dir(root);
    match command.output() {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => {
            let errors = String::from_utf8_lossy(&output.stderr).into_owned();
            Err(Unformatted::Refused { program, errors })
        }
        Err(error) => Err(Unformatted::Missing { program, error }),
    }
}

/// A folder of this run, removed with the value.
struct Temporary(PathBuf);

impl Temporary {
    fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("mileston-codegen-{}-{number}", std::process::id());
        Temporary(std::env::temp_dir().join(name))
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        // Nothing depends on it.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(text: &str) -> Files {
        Files::from([(ROOT.to_owned(), "mod a;".to_owned()), ("a.rs".to_owned(), text.to_owned())])
    }

    #[test]
    fn modules_of_the_root_are_formatted() {
        let made = formatted(&crate::root(), &files("pub  fn f( ) { }")).unwrap();
        assert_eq!(made["a.rs"], "pub fn f() {}\n");
        assert_eq!(made["mod.rs"], "mod a;\n");
    }

    #[test]
    fn what_rustfmt_prints_about_a_file_is_shown() {
        let error = formatted(&crate::root(), &files("fn f( {")).unwrap_err().to_string();
        assert!(error.contains("`rustfmt` failed"), "{error}");
        assert!(error.contains("a.rs"), "{error}");
    }

    #[test]
    fn a_missing_rustfmt_says_how_to_install_it() {
        let error = io::Error::from(io::ErrorKind::NotFound);
        let missing = Unformatted::Missing { program: "rustfmt".into(), error };
        let text = missing.to_string();
        assert!(text.starts_with("cannot run `rustfmt`: "), "{text}");
        assert!(text.ends_with("run `rustup component add rustfmt`."), "{text}");
    }
}
