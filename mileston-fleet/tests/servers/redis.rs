//! Starts a Redis server with throw-away data on a free port of this machine.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A running server. Dropping this value stops it.
pub(crate) struct Server {
    program: PathBuf,
    folder: PathBuf,
    port: u16,
    settings: Vec<String>,
    child: Child,
}

impl Server {
    /// Starts a server, or returns `None` if Redis isn't available and tests may be skipped.
    pub(crate) fn start(test: &str) -> Option<Server> {
        Server::start_with(test, &[])
    }

    /// Starts a server with additional settings.
    pub(crate) fn start_with(test: &str, settings: &[&str]) -> Option<Server> {
        let program = match tools::redis_server() {
            Ok(program) => program,
            Err(missing) => {
                tools::skip(test, &missing).unwrap();
                return None;
            }
        };
        let port = tools::servers::free_port().unwrap();
        let folder = tools::target().join(format!("tests/redis/{}-{port}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let settings: Vec<String> = settings.iter().map(|it| (*it).to_owned()).collect();
        let child = spawn(&program, &folder, port, &settings);
        let server = Server { program, folder, port, settings, child };
        server.wait();
        Some(server)
    }

    pub(crate) fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// Returns the folder that contains the server's files.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Kills the server, but keeps its append-only file.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Kills the server, deletes its append-only file, and starts it again on the same port.
    pub(crate) fn restart_empty(&mut self) {
        self.kill();
        std::fs::remove_dir_all(&self.folder).unwrap();
        std::fs::create_dir_all(&self.folder).unwrap();
        self.restart();
    }

    /// Starts the server again on the same port, with its append-only file.
    pub(crate) fn restart(&mut self) {
        self.child = spawn(&self.program, &self.folder, self.port, &self.settings);
        self.wait();
    }

    /// Suspends the process (`STOP`), or lets it continue (`CONT`).
    pub(crate) fn signal(&self, signal: &str) {
        let status = Command::new("kill")
            .arg(format!("-{signal}"))
            .arg(self.child.id().to_string())
            .status();
        assert!(status.unwrap().success());
    }

    /// Runs a Redis command, and returns the reply as text.
    pub(crate) fn command(&self, arguments: &[&str]) -> String {
        let mut connection = redis::Client::open(self.url()).unwrap().get_connection().unwrap();
        let mut command = redis::cmd(arguments[0]);
        command.arg(&arguments[1..]);
        let value: redis::Value = command.query(&mut connection).unwrap();
        format!("{value:?}")
    }

    fn wait(&self) {
        let end = Instant::now() + Duration::from_secs(20);
        let client = redis::Client::open(self.url()).unwrap();
        while client.get_connection().and_then(|mut it| redis::cmd("PING").exec(&mut it)).is_err() {
            assert!(Instant::now() < end, "redis-server doesn't respond on port {}", self.port);
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
        drop(std::fs::remove_dir_all(&self.folder));
    }
}

fn spawn(program: &Path, folder: &Path, port: u16, settings: &[String]) -> Child {
    Command::new(program)
        .args(["--bind", "127.0.0.1", "--port", &port.to_string(), "--save", ""])
        .args(["--appendonly", "yes", "--appendfsync", "everysec", "--dir"])
        .arg(folder)
        .args(settings)
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}
