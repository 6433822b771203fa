//! Creates a key with `Default`.
// error: E0277 the trait bound `CatalogueKey: Default` is not satisfied

use other_api::archive::credentials::{CatalogueKey, Credentials, Unset};

fn main() {
    let _: Credentials<Unset, CatalogueKey> = Default::default();
}
