//! The prefixes of secrets.

/// The prefixes of the platform's keys and of a sandbox's wallet secrets.
pub(super) const MARKS: [&str; 2] = ["mileston_", "sandboxwalletsecret"];
