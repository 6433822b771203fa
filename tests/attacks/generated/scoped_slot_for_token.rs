//! Declares the scopes of a token a second time.
// error: E0117 only traits defined in the current crate can be implemented for types defined outside of the crate

use openapi_keys_runtime::logic::{Scope, Yes};
use other_api::archive::credentials::{Login, ScopedSlot};

struct Own;

impl ScopedSlot<Login> for Login<Own> {
    type Declares<S: Scope<Login>> = Yes;
}

fn main() {}
