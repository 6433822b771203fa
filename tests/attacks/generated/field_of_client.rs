//! Replaces the core of a client.
// error: E0616 field `core` of struct `Client` is private

use other_api::archive::clients::{BadgeClient, CatalogueKeyClient};

fn main() {
    let _ = |one: &mut BadgeClient, other: CatalogueKeyClient| one.core = other.core;
}
