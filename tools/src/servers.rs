//! Starts a Redis server and a PostgreSQL server on free local ports, with temporary data.

mod postgres;
mod redis;

use std::error::Error;
use std::net::{TcpListener, TcpStream};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

pub use postgres::Postgres;
use redis::Redis;

/// A running Redis server and a running PostgreSQL server. Dropping this value stops both servers.
#[derive(Debug)]
pub struct Servers {
    redis: Redis,
    postgres: Postgres,
}

impl Servers {
    /// Starts both servers. `settings` are additional settings for PostgreSQL, such as `fsync=off`.
    ///
    /// # Errors
    ///
    /// Returns an error that says what to install if a server is missing, or why a server can't be started.
    pub fn start(settings: &[&str]) -> Result<Servers, Box<dyn Error + Send + Sync>> {
        Ok(Servers { redis: Redis::start()?, postgres: Postgres::start(settings, None)? })
    }

    /// Returns the URL of the Redis server.
    #[must_use]
    pub fn redis_url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.redis.port)
    }

    /// Returns the id of the Redis server's process.
    #[must_use]
    pub fn redis_process(&self) -> u32 {
        self.redis.child.id()
    }

    /// Returns PostgreSQL's log.
    ///
    /// # Errors
    ///
    /// Returns an error if the log can't be read.
    pub fn postgres_log(&self) -> std::io::Result<String> {
        self.postgres.log()
    }

    /// Returns the URL of the PostgreSQL server's default database, `postgres`.
    #[must_use]
    pub fn database_url(&self) -> String {
        self.postgres.url("postgres")
    }
}

/// Returns a port that is free now. Another program is unlikely to take the port before the caller
/// uses it.
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

/// If this process runs as root, returns the user and the group to run PostgreSQL as, because PostgreSQL doesn't run as
/// root. Otherwise, returns `None`.
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

/// Returns a command that runs a program as this user and group, without standard input and output.
#[must_use]
pub fn command(program: &Path, user: Option<(u32, u32)>) -> Command {
    let mut command = Command::new(program);
    command.current_dir("/").stdin(Stdio::null()).stdout(Stdio::null());
    if let Some((user, group)) = user {
        command.uid(user).gid(group);
    }
    command
}
