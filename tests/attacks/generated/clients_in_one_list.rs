//! Puts clients with different credentials in one list.
// error: E0308 expected `Client<Credentials<Badge>>`, found `Client<Credentials<Unset, CatalogueKey>>`

use other_api::archive::clients::{BadgeClient, CatalogueKeyClient};

fn main() {
    let _ = |one: BadgeClient, other: CatalogueKeyClient| vec![one, other];
}
