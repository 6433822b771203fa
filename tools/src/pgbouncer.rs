//! Finds PgBouncer, or installs it from Debian's packages.

use std::path::PathBuf;

use crate::Missing;
use crate::program::program;

/// Returns the path of `pgbouncer`.
///
/// # Errors
///
/// Returns an error if PgBouncer is missing and can't be installed.
pub fn pgbouncer() -> Result<PathBuf, Missing> {
    program(&["pgbouncer"], "pgbouncer")
}
