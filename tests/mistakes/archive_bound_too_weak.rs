//! The bound of a generic function allows one of its calls, but not the other.
use other_api::archive::{Client, requirements};

async fn morning<K: requirements::HasCatalogueKey>(client: &Client<K>) -> Result<(), other_api::Error> {
    client.desk().read_counters().await?;
    client.desk().print_labels().await?;
    Ok(())
}

fn main() {}
