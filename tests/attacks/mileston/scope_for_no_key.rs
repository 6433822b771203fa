//! Implements the scope of a key for `NoKey`.
// error: E0117 only traits defined in the current crate can be implemented

use mileston_api::keys::scope;
use mileston_api::{ApiKey, NoKey};

impl scope::Keyed for NoKey {}
impl ApiKey for NoKey {}

fn main() {}
