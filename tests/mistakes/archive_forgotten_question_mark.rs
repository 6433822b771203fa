//! The result of creating a key isn't checked.
use other_api::archive::credentials::{CatalogueKey, Credentials};

fn main() {
    let _ = Credentials::new().catalogue_key(CatalogueKey::new("not-a-real-key"));
}
