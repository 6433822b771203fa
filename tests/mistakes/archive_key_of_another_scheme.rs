//! The catalogue's key is passed to the method for the desk's key.
use other_api::archive::credentials::{CatalogueKey, Credentials};

fn main() -> Result<(), other_api::Error> {
    let key = CatalogueKey::new("not-a-real-key")?;
    let _ = Credentials::new().desk_key(key);
    Ok(())
}
