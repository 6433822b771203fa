//! Tests the command: what it prints, writes and returns.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first error")]

mod check;
mod documents;
mod explain;
mod package;
mod screen;
mod settings;
mod usage;
mod writing;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A folder for running commands. It is removed when the value is dropped.
struct Place(PathBuf);

/// The result of a command.
struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Place {
    /// Creates a folder that contains the `sound` document as `api.yaml`.
    fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli").join(name);
        // An earlier run may have left the folder.
        drop(fs::remove_dir_all(&folder));
        fs::create_dir_all(&folder).unwrap();
        let place = Place(folder);
        place.write("api.yaml", &sound());
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// Returns the contents of each file in a folder, by relative path. Links are listed but not
    /// followed.
    fn files(&self, folder: &str) -> BTreeMap<String, String> {
        let mut files = BTreeMap::new();
        collect(&self.path(folder), "", &mut files);
        files
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with(arguments, b"", &[])
    }

    /// Runs the command with this input and these environment variables.
    fn run_with(&self, arguments: &[&str], input: &[u8], variables: &[(&str, &str)]) -> Ran {
        let mut child = Command::new(env!("CARGO_BIN_EXE_openapi-keys"))
            .args(arguments)
            .envs(variables.iter().copied())
            .current_dir(&self.0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        // The command may exit before it has read all of its input, so errors are ignored.
        drop(stdin.write_all(input));
        drop(stdin);
        let output = child.wait_with_output().unwrap();
        Ran {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Generates into `src/generated`.
    fn generate(&self, more: &[&str]) -> Ran {
        self.run(&[&["generate", "api.yaml", "--out", "src/generated"], more].concat())
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        // Errors are ignored, because nothing depends on this folder.
        drop(fs::remove_dir_all(&self.0));
    }
}

impl Ran {
    #[track_caller]
    fn done(&self, expected: &[&str]) {
        assert_eq!(self.code, Some(0), "{}{}", self.out, self.err);
        contains(&self.out, expected);
        assert_eq!(self.err, "");
    }

    /// Checks that the command failed (1) or was called incorrectly (2), without printing to
    /// standard output.
    #[track_caller]
    fn failed(&self, code: i32, expected: &[&str]) {
        assert_eq!(self.code, Some(code), "{}{}", self.out, self.err);
        contains(&self.err, expected);
        assert_eq!(self.out, "");
    }
}

#[track_caller]
fn contains(text: &str, expected: &[&str]) {
    for part in expected {
        assert!(text.contains(part), "{part:?} must be in:\n{text}");
    }
}

fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, String>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().to_str().unwrap());
        let kind = entry.file_type().unwrap();
        if kind.is_dir() {
            collect(&entry.path(), &format!("{name}/"), files);
        } else if kind.is_symlink() {
            files.insert(name, "a link".to_owned());
        } else {
            files.insert(name, fs::read_to_string(entry.path()).unwrap());
        }
    }
}

/// Returns a document with two operations, both of which can be generated.
fn sound() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sound.yaml");
    fs::read_to_string(path).unwrap()
}

/// Returns the same as `sound`, but the second operation can't be generated: its body is a form
/// whose fields aren't described.
fn one_omitted() -> String {
    let body = "          application/json:\n            schema: { $ref: \"#/components/schemas/Book\" }\n";
    let text = sound().replacen(body, "          multipart/form-data: {}\n", 1);
    assert_ne!(text, sound());
    text
}

/// Returns the same as `sound`, but without any `security`.
fn unsecured() -> String {
    let text = sound()
        .replace("      security:\n        - reader: []\n", "")
        .replace("      security:\n        - staff: []\n          branch: []\n", "");
    assert!(!text.contains("security:"), "{text}");
    text
}
