//! A generic function has no bound on its client's credentials.
use other_api::archive::Client;

async fn notice<K>(client: &Client<K>) -> Result<(), other_api::Error> {
    client.desk().read_notice().await?;
    Ok(())
}

fn main() {}
