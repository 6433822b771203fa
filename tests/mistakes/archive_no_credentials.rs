//! The client for the public notice is also used to read the counters.
use other_api::archive::Client;
use other_api::archive::credentials::Credentials;

async fn counters() -> Result<(), other_api::Error> {
    let client = Client::new(Credentials::new())?;
    client.desk().read_notice().await?;
    client.desk().read_counters().await?;
    Ok(())
}

fn main() {}
