//! The key is passed without `Credentials` around it.
use other_api::archive::Client;
use other_api::archive::credentials::CatalogueKey;

fn main() -> Result<(), other_api::Error> {
    let _ = Client::new(CatalogueKey::new("not-a-real-key")?);
    Ok(())
}
