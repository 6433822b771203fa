//! Passes one key to the method for a different key.
// error: E0308 expected `DeskKey`, found `CatalogueKey`

use other_api::archive::credentials::{CatalogueKey, Credentials};

fn main() {
    let _ = |key: CatalogueKey| Credentials::new().desk_key(key);
}
