//! Declares that false is true.
// error: E0117 only traits defined in the current crate can be implemented for types defined outside of the crate

use openapi_keys_runtime::logic::{IsTrue, No};

impl IsTrue for No {}

fn main() {}
