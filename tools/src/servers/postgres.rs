//! A PostgreSQL server with temporary data.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};

use super::{command, free_port, unprivileged, wait_for};

/// A running PostgreSQL server. Its user `app` has no password. Dropping this value stops the server.
#[derive(Debug)]
pub struct Postgres {
    folder: PathBuf,
    port: u16,
    child: Child,
}

impl Postgres {
    /// Starts a server with these settings, such as `fsync=off`. `largest` is the maximum size of
    /// each of the server's files, in blocks of 512 bytes. Writing beyond this size fails as if the
    /// disk were full.
    ///
    /// # Errors
    ///
    /// Returns an error that says what to install if PostgreSQL is missing, or why it can't be started.
    pub fn start(
        settings: &[&str],
        largest: Option<u32>,
    ) -> Result<Postgres, Box<dyn Error + Send + Sync>> {
        let programs = crate::postgres()?;
        let port = free_port()?;
        // The data isn't in the target folder, because the user that runs PostgreSQL might not have access to
        // that folder.
        let name = format!("mileston-fleet-{}-{port}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder)?;
        let user = unprivileged()?;
        if let Some((user, group)) = user {
            std::os::unix::fs::chown(&folder, Some(user), Some(group))?;
        }
        let data = folder.join("data");
        let mut initdb = command(&programs.join("initdb"), user);
        initdb.args(["-U", "app", "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C", "-D"]);
        initdb.arg(&data);
        if largest.is_some() {
            // The default segment size of 16 MiB would be larger than the limit.
            initdb.arg("--wal-segsize=1");
        }
        if !initdb.status()?.success() {
            return Err("initdb failed".into());
        }
        let mut server = match largest {
            None => command(&programs.join("postgres"), user),
            Some(blocks) => {
                let mut shell = command(Path::new("/bin/sh"), user);
                shell.arg("-c").arg(format!("ulimit -f {blocks}; exec \"$0\" \"$@\""));
                shell.arg(programs.join("postgres"));
                shell
            }
        };
        server.args(["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="]);
        server.args(["-c", &format!("port={port}"), "-D"]).arg(&data);
        for setting in settings {
            server.args(["-c", *setting]);
        }
        let log = std::fs::File::create(folder.join("log"))?;
        let child = server.stderr(log).spawn()?;
        let server = Postgres { folder, port, child };
        wait_for(port)?;
        Ok(server)
    }

    /// Returns the port on which the server listens.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Returns the URL of a database.
    #[must_use]
    pub fn url(&self, database: &str) -> String {
        format!("postgres://app@127.0.0.1:{}/{database}", self.port)
    }

    /// Returns the server's log.
    ///
    /// # Errors
    ///
    /// Returns an error if the log can't be read.
    pub fn log(&self) -> std::io::Result<String> {
        std::fs::read_to_string(self.folder.join("log"))
    }

    /// Stops the server without a clean shutdown, to simulate a crash. Doesn't start it again.
    pub fn crash(&self) {
        // If the server has already ended, there is nothing to do.
        drop(self.signal("-QUIT"));
    }

    fn signal(&self, signal: &str) -> std::io::Result<bool> {
        let id = self.child.id().to_string();
        Ok(Command::new("kill").args([signal, &id]).status()?.success())
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // INT means "fast shutdown": the server also ends the processes that serve its connections.
        if !self.signal("-INT").is_ok_and(|sent| sent) {
            drop(self.child.kill());
        }
        drop(self.child.wait());
        drop(std::fs::remove_dir_all(&self.folder));
    }
}
