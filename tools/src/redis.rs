//! Finds Redis, or installs it from Debian's packages.

use std::path::PathBuf;

use crate::Missing;
use crate::program::program;

/// Returns the path of `redis-server`.
///
/// # Errors
///
/// Returns an error if Redis is missing and can't be installed.
pub fn redis_server() -> Result<PathBuf, Missing> {
    program(&["redis-server"], "redis-server")
}
