//! Runs a client in a separate process, has it make calls, and measures the CPU time of that process.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use mileston_bench::{Failure, answers, npm};

use crate::calls;

/// The environment variables that make axios use a proxy.
const PROXIES: [&str; 6] =
    ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];

/// The average time of a call.
#[derive(Clone, Copy)]
pub(crate) struct Taken {
    /// Wall-clock time in nanoseconds.
    pub(crate) wall: f64,
    /// CPU time of all the client's threads, including time in the kernel, in nanoseconds.
    pub(crate) cpu: f64,
}

/// A running client process. Dropping this value ends the process.
pub(crate) struct Process {
    child: Child,
    out: BufReader<ChildStdout>,
    /// How the client describes itself, in the first line that it prints.
    pub(crate) name: String,
}

impl Process {
    /// Starts the vendor's SDK in Node.js. Installs the SDK if necessary.
    pub(crate) fn node(origin: &str) -> Result<Self, Failure> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("node");
        npm::install(&folder, "mileston-payments")?;
        let settings = serde_json::json!({
            "key": answers::KEY,
            "business": answers::BUSINESS,
            "secret": answers::SECRET,
            "link": answers::LINK,
            "shop": answers::SHOP,
        });
        let mut command = Command::new("node");
        command.arg(folder.join("client.mjs")).arg(origin).arg(settings.to_string());
        for name in PROXIES {
            command.env_remove(name);
        }
        command.env_remove("NODE_OPTIONS").env("NODE_ENV", "production");
        Process::of(command)
    }

    /// Starts a client in Rust.
    pub(crate) fn rust(way: &str, origin: &str) -> Result<Self, Failure> {
        let mut command = Command::new(std::env::current_exe()?);
        command.args([calls::ARGUMENT, way, origin]);
        Process::of(command)
    }

    fn of(mut command: Command) -> Result<Self, Failure> {
        let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let program = command.get_program().to_string_lossy().into_owned();
        let mut child = child.map_err(|error| format!("cannot start `{program}`: {error}"))?;
        let out = BufReader::new(child.stdout.take().ok_or("the client has no output")?);
        let mut process = Process { child, out, name: String::new() };
        process.name = process.line()?;
        Ok(process)
    }

    /// Makes calls, `concurrency` at a time, and returns the average time of a call.
    pub(crate) fn run(
        &mut self,
        operation: &str,
        concurrency: usize,
        calls: usize,
    ) -> Result<Taken, Failure> {
        let before = self.cpu()?;
        let stdin = self.child.stdin.as_mut().ok_or("the client has no input")?;
        stdin.write_all(format!("{operation} {concurrency} {calls}\n").as_bytes())?;
        let wall: f64 = self.line()?.parse()?;
        let cpu = self.cpu()? - before;
        Ok(Taken { wall: wall / calls as f64, cpu: cpu / calls as f64 })
    }

    fn line(&mut self) -> Result<String, Failure> {
        let mut line = String::new();
        if self.out.read_line(&mut line)? == 0 {
            return Err("a client ended; its messages are above".into());
        }
        Ok(line.trim_end().to_owned())
    }

    /// Returns the CPU time that the client has used so far, in nanoseconds. This is the sum of the kernel's counters for
    /// the client's threads. Threads that have ended aren't included, but no client ends a thread while it is being
    /// measured.
    fn cpu(&self) -> Result<f64, Failure> {
        Ok(mileston_bench::process::cpu(self.child.id())? as f64)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // The client ends when its input ends.
        drop(self.child.stdin.take());
        if self.child.wait().is_err() {
            eprintln!("a client didn't exit");
        }
    }
}
