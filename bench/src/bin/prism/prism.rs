//! Runs Prism in a separate process. Prism is Stoplight's mock server, which needs only the OpenAPI
//! document.

use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use mileston_bench::{Failure, npm};

/// How long to wait for Prism to start. It first loads 200 packages and reads the OpenAPI document.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running Prism server. Dropping this value stops the server.
pub(crate) struct Prism {
    pub(crate) address: String,
    pub(crate) version: String,
    child: Child,
}

impl Prism {
    /// Starts Prism with its fastest options: one process without a log, in Node.js's production mode.
    pub(crate) fn start() -> Result<Self, Failure> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("prism");
        npm::install(&folder, "@stoplight/prism-cli")?;
        let script = folder.join("node_modules/@stoplight/prism-cli/dist/index.js");
        let port = free_port()?;
        let child = Command::new("node")
            .arg(&script)
            .args(["mock", "--multiprocess", "false", "--verboseLevel", "silent"])
            .args(["--host", "127.0.0.1", "--port", &port.to_string()])
            .arg(folder.join("../../openapi/mileston.yaml"))
            .env("NODE_ENV", "production")
            .env_remove("NODE_OPTIONS")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()?;
        let address = format!("127.0.0.1:{port}");
        let prism = Prism { address, version: version(&script)?, child };
        prism.wait()?;
        Ok(prism)
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    fn wait(&self) -> Result<(), Failure> {
        let begin = Instant::now();
        while TcpStream::connect(&self.address).is_err() {
            if begin.elapsed() > PATIENCE {
                return Err("Prism didn't start to listen; see its messages above".into());
            }
            thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }
}

impl Drop for Prism {
    fn drop(&mut self) {
        if self.child.kill().and_then(|()| self.child.wait()).is_err() {
            eprintln!("Prism didn't exit");
        }
    }
}

/// Returns a port that was free a moment ago. Prism can't choose a free port itself.
fn free_port() -> Result<u16, Failure> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

fn version(script: &Path) -> Result<String, Failure> {
    let say = |command: &mut Command| -> Result<String, Failure> {
        let output = command.arg("--version").output()?;
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    let (node, prism) = (say(&mut Command::new("node"))?, say(Command::new("node").arg(script))?);
    Ok(format!("Prism {prism}, Node.js {node}"))
}
