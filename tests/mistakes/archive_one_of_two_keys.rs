//! The operation needs two keys, but the client has only one.
use other_api::archive::Client;
use other_api::archive::credentials::{CatalogueKey, Credentials};

async fn labels() -> Result<(), other_api::Error> {
    let credentials = Credentials::new().catalogue_key(CatalogueKey::from_env("CATALOGUE_KEY")?);
    let client = Client::new(credentials)?;
    client.desk().print_labels().await?;
    Ok(())
}

fn main() {}
