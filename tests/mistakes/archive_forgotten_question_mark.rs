//! The text of a key can be wrong, and nobody looks.
use other_api::archive::credentials::{CatalogueKey, Credentials};

fn main() {
    let _ = Credentials::new().catalogue_key(CatalogueKey::new("not-a-real-key"));
}
