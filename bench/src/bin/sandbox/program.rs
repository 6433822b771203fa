//! The sandbox, in a process of its own and on one thread beside its store's, as `mileston-sandbox serve` runs it.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use mileston_bench::Failure;
use mileston_sandbox::{Credentials, Sandbox};

/// The argument that makes this binary be the sandbox.
const ARGUMENT: &str = "serve";

/// What it remembers in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Memory,
    File,
}

impl Place {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Place::Memory => "memory",
            Place::File => "file",
        }
    }
}

/// A sandbox that runs until this is dropped.
pub(crate) struct Program {
    pub(crate) place: Place,
    pub(crate) address: String,
    /// From the start of the process until it was ready.
    pub(crate) started: Duration,
    headers: String,
    child: Child,
}

impl Program {
    pub(crate) fn start(place: Place) -> Result<Self, Failure> {
        let started = Instant::now();
        let mut child = Command::new(std::env::current_exe()?)
            .args([ARGUMENT, place.name()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().ok_or("no output")?).read_line(&mut line)?;
        let started = started.elapsed();
        let [address, business, key] = *line.split_ascii_whitespace().collect::<Vec<_>>() else {
            return Err("the sandbox did not start".into());
        };
        let headers = format!("Host: {address}\r\napikey: {key}\r\nbusinessid: {business}\r\n");
        Ok(Program { place, address: address.to_owned(), started, headers, child })
    }

    pub(crate) fn get(&self, target: &str) -> String {
        format!("GET {target} HTTP/1.1\r\n{}\r\n", self.headers)
    }

    pub(crate) fn create(&self) -> String {
        let body = r#"{"amount":"12.50","title":"Coffee beans","description":"One bag"}"#;
        format!(
            "POST /payment-link/create HTTP/1.1\r\n{}Content-Type: application/json\r\n\
             Content-Length: {}\r\n\r\n{body}",
            self.headers,
            body.len()
        )
    }

    /// Nanoseconds of CPU that its threads have used.
    pub(crate) fn cpu(&self) -> Result<u64, Failure> {
        let mut sum = 0;
        for task in fs::read_dir(format!("/proc/{}/task", self.child.id()))? {
            let text = fs::read_to_string(task?.path().join("schedstat"))?;
            sum += text.split_ascii_whitespace().next().unwrap_or_default().parse::<u64>()?;
        }
        Ok(sum)
    }

    /// MiB that it holds in memory.
    pub(crate) fn memory(&self) -> Result<u64, Failure> {
        let text = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kib = line.and_then(|line| line.split_ascii_whitespace().next());
        Ok(kib.ok_or("the kernel does not tell")?.parse::<u64>()? / 1024)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // Its input ends, and with it the sandbox.
        drop(self.child.stdin.take());
        if self.child.wait().is_err() {
            eprintln!("the sandbox does not end");
        }
    }
}

/// Whether this process was started to be the sandbox.
pub(crate) fn wanted() -> Option<Place> {
    let mut arguments = std::env::args().skip(1);
    if arguments.next()? != ARGUMENT {
        return None;
    }
    Some(if arguments.next()? == Place::File.name() { Place::File } else { Place::Memory })
}

/// Serves until the input ends.
pub(crate) fn serve(place: Place) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        match place {
            Place::Memory => {
                let sandbox = Sandbox::start().await?;
                tell(sandbox.url(), sandbox.credentials());
                until_the_input_ends().await?;
                sandbox.stop().await;
            }
            Place::File => {
                let folder = Folder::make()?;
                let builder = Sandbox::builder().store(folder.0.join("sandbox.db"));
                let sandbox = builder.start().await?;
                tell(sandbox.url(), sandbox.credentials().ok_or("the file was there before")?);
                until_the_input_ends().await?;
                sandbox.stop().await;
            }
        }
        Ok(())
    })
}

fn tell(url: &str, credentials: &Credentials) {
    let address = url.trim_start_matches("http://");
    let (business, key) = (credentials.business_id(), credentials.normal_key());
    println!("{address} {business} {}", key.expose_secret());
}

async fn until_the_input_ends() -> Result<(), Failure> {
    let read = || std::io::stdin().read_to_end(&mut Vec::new());
    tokio::task::spawn_blocking(read).await??;
    Ok(())
}

/// In the target folder, which is on a disk; folders for temporary files may be memory.
struct Folder(PathBuf);

impl Folder {
    fn make() -> Result<Self, Failure> {
        let binary = std::env::current_exe()?;
        let folder = binary.parent().ok_or("no folder")?;
        let folder = folder.join(format!("sandbox-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        Ok(Folder(folder))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            eprintln!("{} stays: {error}", self.0.display());
        }
    }
}
