//! Declares that a missing credential is a credential.
// error: E0117 only traits defined in the current crate can be implemented for types defined outside of the crate

use openapi_keys_runtime::logic::Yes;
use other_api::archive::credentials::{Badge, Slot, Unset};

impl Slot<Badge> for Unset {
    type Set = Yes;
}

fn main() {}
