//! Implements a requirement for credentials that don't meet it.
// error: E0117 only traits defined in the current crate can be implemented for types defined outside of the crate

use other_api::archive::credentials::Credentials;
use other_api::archive::requirements;

impl requirements::HasBadge for Credentials {}

fn main() {}
