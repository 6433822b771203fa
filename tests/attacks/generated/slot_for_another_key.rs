//! Uses the credential of one scheme for a different scheme.
// error: E0117 only traits defined in the current crate can be implemented for types defined outside of the crate

use openapi_keys_runtime::logic::Yes;
use other_api::archive::credentials::{Badge, CatalogueKey, Slot};

impl Slot<Badge> for CatalogueKey {
    type Set = Yes;
}

fn main() {}
