//! Runs `prism mock` for a document, in its own process.

use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// The time limit for startup: Prism loads 200 packages and reads the document.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running Prism. Dropping this value kills the process.
pub(crate) struct Prism {
    /// Prism's address, e.g. `127.0.0.1:4010`.
    pub(crate) address: String,
    child: Child,
}

impl Prism {
    /// Starts Prism, without waiting until it listens.
    pub(crate) fn start((node, folder): (&Path, &Path), document: &Path) -> Prism {
        // Prism doesn't accept port 0, so use a port that was free a moment ago.
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        drop(listener);
        let child = Command::new(node)
            .arg(folder.join("node_modules/@stoplight/prism-cli/dist/index.js"))
            .args(["mock", "--multiprocess", "false", "--verboseLevel", "silent"])
            .args(["--host", "127.0.0.1", "--port", &address.port().to_string()])
            .arg(document)
            .env("NODE_ENV", "production")
            .env_remove("NODE_OPTIONS")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        Prism { address: address.to_string(), child }
    }

    /// Waits until Prism listens.
    pub(crate) fn wait(&mut self) {
        let begin = Instant::now();
        while TcpStream::connect(&self.address).is_err() {
            if let Some(status) = self.child.try_wait().unwrap() {
                panic!("Prism exited ({status}); see its output above");
            }
            assert!(begin.elapsed() < PATIENCE, "Prism doesn't listen; see its output above");
            thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Prism {
    fn drop(&mut self) {
        // Prism may have exited already.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
