//! A generic function says nothing of what its client holds.
use other_api::archive::Client;

async fn notice<K>(client: &Client<K>) -> Result<(), other_api::Error> {
    client.desk().read_notice().await?;
    Ok(())
}

fn main() {}
