//! The environment of a mode.

use mileston_api::types::Environment;
use mileston_keys::ModeName;

/// Returns the value of `env` for a mode.
pub(crate) fn environment(mode: ModeName) -> Environment {
    match mode {
        ModeName::Test => Environment::Test,
        ModeName::Live => Environment::Prod,
    }
}
