//! Formats generated Rust with `rustfmt`, like all other code in a workspace.

mod modules;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fmt, fs, io, mem, process};

use crate::{Files, parallel};

/// Why files can't be formatted.
#[non_exhaustive]
pub enum Unformatted {
    /// A temporary file can't be written or read.
    File {
        /// The file.
        path: PathBuf,
        /// The operating system's error.
        error: io::Error,
    },
    /// `rustfmt` can't be run.
    Missing {
        /// The command that was run.
        program: OsString,
        /// The operating system's error.
        error: io::Error,
    },
    /// `rustfmt` reports an error.
    Refused {
        /// The command that was run.
        program: OsString,
        /// What `rustfmt` printed.
        errors: String,
    },
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

/// Does the same as `Display`, so `unwrap` and `main` show the message. `{:#?}` shows the fields.
impl fmt::Debug for Unformatted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !f.alternate() {
            return fmt::Display::fmt(self, f);
        }
        match self {
            Unformatted::File { path, error } => {
                f.debug_struct("File").field("path", path).field("error", error).finish()
            }
            Unformatted::Missing { program, error } => {
                f.debug_struct("Missing").field("program", program).field("error", error).finish()
            }
            Unformatted::Refused { program, errors } => {
                f.debug_struct("Refused").field("program", program).field("errors", errors).finish()
            }
        }
    }
}

impl std::error::Error for Unformatted {}

/// Formats the files as if they were in the `place` folder: with this folder's toolchain and the
/// `rustfmt.toml` in or above this folder.
///
/// Each file is formatted without its modules. In a tree of modules, `rustfmt` would compare each
/// file with all others, which is slow for thousands of files.
///
/// # Errors
///
/// Returns an error if `rustfmt` is missing or fails, or if the temporary folder can't be used.
pub fn formatted(place: &Path, files: &Files) -> Result<Files, Unformatted> {
    let folder = Temporary::new()?;
    let mut paths = Vec::new();
    for (name, text) in files {
        let path = folder.0.join(name);
        let write = || {
            path.parent().map_or(Ok(()), fs::create_dir_all)?;
            fs::write(&path, modules::hidden(text))
        };
        write().map_err(|error| Unformatted::File { path: path.clone(), error })?;
        paths.push(path);
    }
    run_all(place, &batches(paths))?;
    let read = |(name, text): (&String, &String)| {
        let path = folder.0.join(name);
        match fs::read_to_string(&path) {
            Ok(made) => Ok((name.clone(), modules::shown(&made.replace("\r\n", "\n"), text))),
            Err(error) => Err(Unformatted::File { path, error }),
        }
    };
    files.iter().map(read).collect()
}

/// Splits the files into batches, one for each run of `rustfmt`. On Windows, a command line can have
/// at most 32,767 characters.
fn batches(paths: Vec<PathBuf>) -> Vec<Vec<PathBuf>> {
    let (mut all, mut batch, mut length) = (Vec::new(), Vec::new(), 0);
    for path in paths {
        length += path.as_os_str().len() + 3;
        if length > 20_000 {
            all.push(mem::take(&mut batch));
            length = path.as_os_str().len() + 3;
        }
        batch.push(path);
    }
    all.push(batch);
    all.retain(|batch| !batch.is_empty());
    all
}

/// Runs `rustfmt` for each batch, with as many processes at a time as the machine has cores.
fn run_all(place: &Path, batches: &[Vec<PathBuf>]) -> Result<(), Unformatted> {
    let done = parallel::map(batches.iter().map(Ok), |batch| run(place, batch))?;
    done.into_iter().collect()
}

fn run(place: &Path, files: &[PathBuf]) -> Result<(), Unformatted> {
    // `cargo fmt` reads the same variable.
    let program = env::var_os("RUSTFMT").unwrap_or_else(|| "rustfmt".into());
    let place = if place.as_os_str().is_empty() { Path::new(".") } else { place };
    let mut command = Command::new(&program);
    command.args(["--edition", "2024", "--quiet"]);
    if let Some(configured) = configured(place) {
        command.arg("--config-path").arg(configured);
    }
    command.args(files);
    // Without this, rustup would download the toolchain that the folder requires if it isn't
    // installed.
    command.env("RUSTUP_AUTO_INSTALL", "0").current_dir(place);
    match command.output() {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => {
            let errors = String::from_utf8_lossy(&output.stderr).into_owned();
            Err(Unformatted::Refused { program, errors })
        }
        Err(error) => Err(Unformatted::Missing { program, error }),
    }
}

/// Returns the folder whose settings rustfmt would use for a file in `place`, if there is one.
/// rustfmt fails if it is given a folder without settings.
fn configured(place: &Path) -> Option<PathBuf> {
    let absolute = std::path::absolute(place).ok()?;
    let has_settings = |folder: &&Path| {
        ["rustfmt.toml", ".rustfmt.toml"].iter().any(|name| folder.join(name).is_file())
    };
    absolute.ancestors().find(has_settings).map(Path::to_owned)
}

/// A temporary folder for this run, which is removed when the value is dropped.
struct Temporary(PathBuf);

impl Temporary {
    fn new() -> Result<Self, Unformatted> {
        let mut number = 0_u32;
        loop {
            let name = format!("openapi-keys-{}-{number}", process::id());
            let path = env::temp_dir().join(name);
            match fs::create_dir(&path) {
                Ok(()) => return Ok(Temporary(path)),
                // The folder belongs to a different thread, or to a process that was killed.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < 1_000 => {
                    number += 1;
                }
                Err(error) => return Err(Unformatted::File { path, error }),
            }
        }
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        // Errors are ignored, because nothing depends on this folder.
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(text: &str) -> Files {
        let root = ("mod.rs".to_owned(), "mod  a;".to_owned());
        Files::from([root, ("a.rs".to_owned(), text.to_owned())])
    }

    fn place() -> &'static Path {
        Path::new(env!("CARGO_MANIFEST_DIR"))
    }

    #[test]
    fn all_files_are_formatted() {
        let made = formatted(place(), &files("pub  fn f( ) { }")).unwrap();
        assert_eq!(made["a.rs"], "pub fn f() {}\n");
        assert_eq!(made["mod.rs"], "mod a;\n");
    }

    #[test]
    fn thousands_of_files_are_formatted_in_several_runs() {
        let paths: Vec<_> = (0..3_000).map(|n| PathBuf::from(format!("/tmp/file{n}.rs"))).collect();
        let batches = batches(paths.clone());
        assert!(batches.len() > 1);
        assert_eq!(batches.concat(), paths);
        let length =
            |batch: &Vec<PathBuf>| batch.iter().map(|path| path.as_os_str().len() + 3).sum();
        assert!(batches.iter().map(length).all(|length: usize| length <= 20_000));
        assert_eq!(super::batches(Vec::new()), Vec::<Vec<PathBuf>>::new());
    }

    #[test]
    fn the_output_of_rustfmt_about_a_file_is_shown() {
        let error = formatted(place(), &files("fn f( {")).unwrap_err().to_string();
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
