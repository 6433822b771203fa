//! A Redis server that keeps its data in memory.

use std::error::Error;
use std::process::Child;

use super::{command, free_port, wait_for};

/// A running Redis server. Dropping this value stops it.
#[derive(Debug)]
pub(super) struct Redis {
    pub(super) port: u16,
    pub(super) child: Child,
}

impl Redis {
    pub(super) fn start() -> Result<Redis, Box<dyn Error + Send + Sync>> {
        let program = crate::redis_server()?;
        let port = free_port()?;
        let mut server = command(&program, None);
        server.args(["--bind", "127.0.0.1", "--save", "", "--port", &port.to_string()]);
        let redis = Redis { port, child: server.spawn()? };
        wait_for(port)?;
        Ok(redis)
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
