//! Converts one key to another.
// error: E0308 expected `DeskKey`, found `CatalogueKey`

use other_api::archive::credentials::{CatalogueKey, DeskKey};

fn main() {
    let _ = |key: CatalogueKey| DeskKey::from(key);
}
