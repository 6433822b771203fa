//! Swaps the credentials of two clients.
// error: E0308 expected `&mut Client<Credentials<Badge>>`, found `&mut Client<Credentials<Unset, ...>>`

use other_api::archive::clients::{BadgeClient, CatalogueKeyClient};

fn main() {
    let _ = |one: &mut BadgeClient, other: &mut CatalogueKeyClient| std::mem::swap(one, other);
}
