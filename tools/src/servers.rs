//! Starts a Redis and a PostgreSQL server with throw-away data on free ports of this machine.

use std::error::Error;
use std::net::{TcpListener, TcpStream};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The running servers. They stop when this is dropped.
#[derive(Debug)]
pub struct Servers {
    folder: PathBuf,
    redis: Child,
    redis_port: u16,
    postgres: Child,
    postgres_port: u16,
}

impl Servers {
    /// Starts both servers. `settings` are additional settings of PostgreSQL, such as `fsync=off`.
    ///
    /// # Errors
    ///
    /// Returns an error that says what to install if a server is missing, or why one can't be started.
    pub fn start(settings: &[&str]) -> Result<Servers, Box<dyn Error + Send + Sync>> {
        let (redis_server, postgres) = (crate::redis_server()?, crate::postgres()?);
        // The data isn't in the target folder, because the user that runs PostgreSQL may not have access to that folder.
        let folder = std::env::temp_dir().join(format!("mileston-fleet-{}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        let user = unprivileged()?;
        if let Some((user, group)) = user {
            std::os::unix::fs::chown(&folder, Some(user), Some(group))?;
        }
        let data = folder.join("data");
        let mut initdb = command(&postgres.join("initdb"), user);
        initdb.args(["-U", "app", "--auth=trust", "--no-sync", "-E", "UTF8", "-D"]).arg(&data);
        if !initdb.status()?.success() {
            return Err("initdb failed".into());
        }
        let (redis_port, postgres_port) = (free_port()?, free_port()?);
        let mut server = command(&postgres.join("postgres"), user);
        server.args(["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="]);
        server.args(["-c", &format!("port={postgres_port}"), "-D"]).arg(&data);
        for setting in settings {
            server.args(["-c", *setting]);
        }
        let log = std::fs::File::create(folder.join("postgres.log"))?;
        let postgres = server.stderr(log).spawn()?;
        let mut server = command(&redis_server, None);
        server.args(["--bind", "127.0.0.1", "--save", "", "--port", &redis_port.to_string()]);
        let redis = server.spawn()?;
        let servers = Servers { folder, redis, redis_port, postgres, postgres_port };
        wait_for(redis_port)?;
        wait_for(postgres_port)?;
        Ok(servers)
    }

    /// Returns the URL of the Redis server.
    #[must_use]
    pub fn redis_url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.redis_port)
    }

    /// Returns the id of the Redis server's process.
    #[must_use]
    pub fn redis_process(&self) -> u32 {
        self.redis.id()
    }

    /// Returns what PostgreSQL has logged.
    ///
    /// # Errors
    ///
    /// Returns an error if the log can't be read.
    pub fn postgres_log(&self) -> std::io::Result<String> {
        std::fs::read_to_string(self.folder.join("postgres.log"))
    }

    /// Returns the URL of a database in the PostgreSQL server.
    #[must_use]
    pub fn database_url(&self) -> String {
        format!("postgres://app@127.0.0.1:{}/postgres", self.postgres_port)
    }
}

impl Drop for Servers {
    fn drop(&mut self) {
        // INT also ends the processes of PostgreSQL's connections.
        let id = self.postgres.id().to_string();
        drop(Command::new("kill").args(["-INT", &id]).status());
        drop(self.postgres.wait());
        drop(self.redis.kill());
        drop(self.redis.wait());
        drop(std::fs::remove_dir_all(&self.folder));
    }
}

/// Returns a port that is free now; another program is unlikely to take it in the meantime.
///
/// # Errors
///
/// Returns an error if no port is free.
pub fn free_port() -> std::io::Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// Waits until a program listens on this port.
///
/// # Errors
///
/// Returns an error if nothing listens on the port within 30 seconds.
pub fn wait_for(port: u16) -> Result<(), String> {
    let started = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        if started.elapsed() > Duration::from_secs(30) {
            return Err(format!("nothing listens on port {port}"));
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    Ok(())
}

/// Returns the user and the group that run PostgreSQL if this process runs as root, because PostgreSQL doesn't run as root.
///
/// # Errors
///
/// Returns an error if there is neither a `postgres` nor a `nobody` user.
pub fn unprivileged() -> Result<Option<(u32, u32)>, Box<dyn Error + Send + Sync>> {
    let id = |arguments: &[&str]| -> Result<u32, Box<dyn Error + Send + Sync>> {
        let output = Command::new("id").args(arguments).output()?;
        Ok(String::from_utf8(output.stdout)?.trim().parse()?)
    };
    if id(&["-u"])? != 0 {
        return Ok(None);
    }
    let of = |name: &str| Ok((id(&["-u", name])?, id(&["-g", name])?));
    of("postgres").or_else(|_: Box<dyn Error + Send + Sync>| of("nobody")).map(Some)
}

/// Returns a command that runs a program as this user and group, without input and output.
#[must_use]
pub fn command(program: &Path, user: Option<(u32, u32)>) -> Command {
    let mut command = Command::new(program);
    command.current_dir("/").stdin(Stdio::null()).stdout(Stdio::null());
    if let Some((user, group)) = user {
        command.uid(user).gid(group);
    }
    command
}
