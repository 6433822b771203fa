//! Starts a PostgreSQL server with throw-away data on a free port of this machine, and creates a database for each
//! test.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::{Duration, Instant};

use tools::servers::{Postgres, command, free_port, unprivileged};

/// A separate database for one test.
pub(crate) struct Database {
    server: Arc<Postgres>,
    name: String,
}

impl Database {
    /// Creates a database, or returns `None` if PostgreSQL isn't available and tests may be skipped.
    pub(crate) async fn create(test: &str) -> Option<Database> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let server = shared(test)?;
        let name = format!("test_{}", NUMBER.fetch_add(1, Ordering::Relaxed));
        let database = Database { server, name: "postgres".to_owned() };
        database.connect().await.batch_execute(&format!("CREATE DATABASE {name}")).await.unwrap();
        Some(Database { name, ..database })
    }

    /// Creates a database on a server that no other test uses, so that the test can stop the server. `largest` limits the
    /// size of each of the server's files, in 512-byte blocks, to simulate a full disk.
    pub(crate) async fn create_alone(test: &str, largest: Option<u32>) -> Option<Database> {
        let server = Arc::new(start(test, largest)?);
        let database = Database { server, name: "postgres".to_owned() };
        drop(database.connect().await);
        Some(database)
    }

    /// Suspends these server processes (`STOP`), or lets them continue (`CONT`).
    pub(crate) fn signal(signal: &str, processes: &[i32]) {
        for process in processes {
            let status =
                Command::new("kill").arg(format!("-{signal}")).arg(process.to_string()).status();
            assert!(status.unwrap().success());
        }
    }

    /// Kills the server, to simulate a crash.
    pub(crate) fn kill(&self) {
        self.server.crash();
    }

    pub(crate) fn url(&self) -> String {
        self.server.url(&self.name)
    }

    /// Waits until the server accepts connections, and connects.
    pub(crate) async fn connect(&self) -> tokio_postgres::Client {
        let end = Instant::now() + Duration::from_secs(60);
        loop {
            match tokio_postgres::connect(&self.url(), tokio_postgres::NoTls).await {
                Ok((client, connection)) => {
                    tokio::spawn(connection);
                    return client;
                }
                // The server opens its port shortly before it accepts connections.
                Err(error) => assert!(Instant::now() < end, "{error}"),
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

/// Returns the server that all tests in this program share. The first test starts it.
fn shared(test: &str) -> Option<Arc<Postgres>> {
    static SHARED: Mutex<Weak<Postgres>> = Mutex::new(Weak::new());
    let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(server) = shared.upgrade() {
        return Some(server);
    }
    let server = Arc::new(start(test, None)?);
    *shared = Arc::downgrade(&server);
    Some(server)
}

/// Starts a server, or returns `None` if PostgreSQL isn't available and tests may be skipped.
fn start(test: &str, largest: Option<u32>) -> Option<Postgres> {
    if let Err(missing) = tools::postgres() {
        tools::skip(test, &missing).unwrap();
        return None;
    }
    Some(Postgres::start(&["fsync=off", "max_connections=100"], largest).unwrap())
}

/// A running PgBouncer in transaction mode in front of a database. Dropping this value stops it.
pub(crate) struct Bouncer {
    child: Child,
    folder: PathBuf,
    url: String,
}

impl Bouncer {
    /// Starts PgBouncer with a pool of two connections, or returns `None` if PgBouncer isn't available and tests may be
    /// skipped.
    pub(crate) fn start(test: &str, database: &Database) -> Option<Bouncer> {
        let program = match tools::pgbouncer() {
            Ok(program) => program,
            Err(missing) => {
                tools::skip(test, &missing).unwrap();
                return None;
            }
        };
        let port = free_port().unwrap();
        let folder = std::env::temp_dir().join(format!("mileston-fleet-bouncer-{port}"));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("users"), "\"app\" \"\"\n").unwrap();
        let settings = folder.join("settings");
        let text = format!(
            "[databases]\n* = host=127.0.0.1 port={}\n[pgbouncer]\nlisten_addr=127.0.0.1\nlisten_port={port}\n\
             auth_type=trust\nauth_file={}\npool_mode=transaction\ndefault_pool_size=2\nunix_socket_dir=\n\
             ignore_startup_parameters=extra_float_digits\n",
            database.server.port(),
            folder.join("users").display()
        );
        std::fs::write(&settings, text).unwrap();
        let mut command = command(&program, unprivileged().unwrap());
        let child = command.arg(&settings).stderr(Stdio::null()).spawn().unwrap();
        let url = format!("postgres://app@127.0.0.1:{port}/{}", database.name);
        let end = Instant::now() + Duration::from_secs(20);
        while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(Instant::now() < end, "pgbouncer doesn't listen on port {port}");
            std::thread::sleep(Duration::from_millis(10));
        }
        Some(Bouncer { child, folder, url })
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Bouncer {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
        drop(std::fs::remove_dir_all(&self.folder));
    }
}
