//! The program as users have it: `mileston-sandbox serve`, in a process of its own, from the release profile.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde::Deserialize;

use crate::Failure;

/// The program, built.
#[derive(Debug)]
pub struct Binary(PathBuf);

/// A sandbox that runs until this is dropped.
#[derive(Debug)]
pub struct Program {
    /// Host and port.
    pub address: String,
    /// From the start of the process until it said that it was ready.
    pub started: Duration,
    headers: String,
    child: Child,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Ready {
    url: String,
    business_id: String,
    /// Told once by a file.
    normal_key: Option<String>,
}

impl Binary {
    /// Has it built, by the cargo that runs this, and finds it beside this very binary.
    ///
    /// # Errors
    ///
    /// It does not compile, or this was not started by cargo and there is none.
    pub fn build() -> Result<Self, Failure> {
        if let Some(cargo) = std::env::var_os("CARGO") {
            let status = Command::new(cargo)
                .args(["build", "--release", "--quiet", "-p", "mileston-sandbox"])
                .current_dir(env!("CARGO_MANIFEST_DIR"))
                .status()?;
            if !status.success() {
                return Err("mileston-sandbox does not compile".into());
            }
        }
        let path = std::env::current_exe()?.with_file_name("mileston-sandbox");
        if !path.is_file() {
            return Err("build it: cargo build --release -p mileston-sandbox".into());
        }
        Ok(Binary(path))
    }

    /// Starts it on a free port, with a file to keep its data in or without.
    ///
    /// # Errors
    ///
    /// It does not start.
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
            return Err("the sandbox did not start; what it said is above".into());
        };
        let address = ready.url.trim_start_matches("http://").to_owned();
        let (business, key) = (ready.business_id, ready.normal_key.unwrap_or_default());
        let headers = format!("Host: {address}\r\napikey: {key}\r\nbusinessid: {business}\r\n");
        Ok(Program { address, started, headers, child })
    }
}

impl Program {
    /// A request for an address of the API.
    #[must_use]
    pub fn get(&self, target: &str) -> String {
        format!("GET {target} HTTP/1.1\r\n{}\r\n", self.headers)
    }

    /// A request for a new payment link.
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

    /// The id of its process.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // What it acknowledged is on the disk, and nobody else looks at it.
        if self.child.kill().and_then(|()| self.child.wait()).is_err() {
            eprintln!("the sandbox does not end");
        }
    }
}

/// A folder that is deleted in the end. It is in the target folder, which is on a disk; folders for temporary files may
/// be memory.
#[derive(Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// Makes it.
    ///
    /// # Errors
    ///
    /// The file system does not allow it.
    pub fn make() -> Result<Self, Failure> {
        let name = format!("sandbox-{}", std::process::id());
        let folder = std::env::current_exe()?.with_file_name(name);
        fs::create_dir_all(&folder)?;
        Ok(Folder(folder))
    }

    /// A file in it, which need not be there.
    #[must_use]
    pub fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            eprintln!("{} stays: {error}", self.0.display());
        }
    }
}
