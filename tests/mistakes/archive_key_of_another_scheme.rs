//! The key of the catalogue is given to the method for that of the desk.
use other_api::archive::credentials::{CatalogueKey, Credentials};

fn main() -> Result<(), other_api::Error> {
    let key = CatalogueKey::new("not-a-real-key")?;
    let _ = Credentials::new().desk_key(key);
    Ok(())
}
