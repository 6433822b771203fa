//! Runs `mileston-sandbox serve` as users do: in a separate process, built with the release
//! profile.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde::Deserialize;

use crate::Failure;

/// The built program.
#[derive(Debug)]
pub struct Binary(PathBuf);

/// A running sandbox. Dropping this value stops the sandbox.
#[derive(Debug)]
pub struct Program {
    /// The sandbox's host and port.
    pub address: String,
    /// The time from the start of the process until it reported that it was ready.
    pub started: Duration,
    headers: String,
    child: Child,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Ready {
    url: String,
    business_id: String,
    /// The Normal key. The program doesn't print it when it opens an existing file.
    normal_key: Option<String>,
}

impl Binary {
    /// Builds the program with the same cargo that runs this binary. Cargo puts the program next to
    /// this binary.
    ///
    /// # Errors
    ///
    /// Returns an error if the program doesn't compile, or if this binary wasn't started by cargo and the program
    /// doesn't exist.
    pub fn build() -> Result<Self, Failure> {
        if let Some(cargo) = std::env::var_os("CARGO") {
            let status = Command::new(cargo)
                .args(["build", "--release", "--quiet", "-p", "mileston-sandbox"])
                .current_dir(env!("CARGO_MANIFEST_DIR"))
                .status()?;
            if !status.success() {
                return Err("mileston-sandbox doesn't compile".into());
            }
        }
        let path = std::env::current_exe()?.with_file_name("mileston-sandbox");
        if !path.is_file() {
            return Err(
                "mileston-sandbox is missing; build it: cargo build --release -p mileston-sandbox"
                    .into(),
            );
        }
        Ok(Binary(path))
    }

    /// Starts the program on a free port, with or without a file for its data.
    ///
    /// # Errors
    ///
    /// Returns an error if the program doesn't start.
    pub fn serve(&self, store: Option<&Path>) -> Result<Program, Failure> {
        let mut command = Command::new(&self.0);
        command.args(["serve", "--port", "0", "--json"]);
        if let Some(store) = store {
            command.arg("--store").arg(store);
        }
        let begin = Instant::now();
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().ok_or("no output")?).read_line(&mut line)?;
        let started = begin.elapsed();
        let Ok(ready) = serde_json::from_str::<Ready>(&line) else {
            child.wait()?;
            return Err("the sandbox didn't start; see its messages above".into());
        };
        let address = ready.url.trim_start_matches("http://").to_owned();
        let (business, key) = (ready.business_id, ready.normal_key.unwrap_or_default());
        let headers = format!("Host: {address}\r\napikey: {key}\r\nbusinessid: {business}\r\n");
        Ok(Program { address, started, headers, child })
    }
}

impl Program {
    /// Returns a GET request for an API path.
    #[must_use]
    pub fn get(&self, target: &str) -> String {
        format!("GET {target} HTTP/1.1\r\n{}\r\n", self.headers)
    }

    /// Returns a request that creates a payment link.
    #[must_use]
    pub fn create(&self) -> String {
        let body = r#"{"amount":"12.50","title":"Coffee beans","description":"One bag"}"#;
        format!(
            "POST /payment-link/create HTTP/1.1\r\n{}Content-Type: application/json\r\n\
             Content-Length: {}\r\n\r\n{body}",
            self.headers,
            body.len()
        )
    }

    /// Returns the id of the program's process.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It is safe to kill the program: acknowledged writes are on disk, and nothing else uses the data.
        if self.child.kill().and_then(|()| self.child.wait()).is_err() {
            eprintln!("the sandbox didn't exit");
        }
    }
}

/// A folder that is deleted when this value is dropped. The folder is in cargo's target folder, so
/// that it is on disk: the system's temporary folder may be in memory.
#[derive(Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// Creates the folder.
    ///
    /// # Errors
    ///
    /// Returns an error if the file system can't create the folder.
    pub fn make() -> Result<Self, Failure> {
        let name = format!("sandbox-{}", std::process::id());
        let folder = std::env::current_exe()?.with_file_name(name);
        fs::create_dir_all(&folder)?;
        Ok(Folder(folder))
    }

    /// Returns the path of a file in the folder. The file need not exist.
    #[must_use]
    pub fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            eprintln!("cannot delete {}: {error}", self.0.display());
        }
    }
}
