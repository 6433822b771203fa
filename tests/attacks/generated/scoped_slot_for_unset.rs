//! Declares that a missing token has every scope.
// error: E0117 only traits defined in the current crate can be implemented for types defined outside of the crate

use openapi_keys_runtime::logic::{Scope, Yes};
use other_api::archive::credentials::{Login, ScopedSlot, Unset};

impl ScopedSlot<Login> for Unset {
    type Declares<S: Scope<Login>> = Yes;
}

fn main() {}
