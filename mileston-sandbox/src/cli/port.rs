//! The port of a sandbox.

/// The default port: easy to remember, and not used by common software.
pub(super) const DEFAULT_PORT: u16 = 7357;
