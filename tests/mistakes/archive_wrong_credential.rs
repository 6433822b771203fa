//! The client for the maps is used to read the counters, which need a different credential.
use other_api::archive::Client;
use other_api::archive::credentials::{Credentials, Kiosk};

async fn counters() -> Result<(), other_api::Error> {
    let client = Client::new(Credentials::new().kiosk(Kiosk::from_env("KIOSK")?))?;
    client.desk().read_counters().await?;
    Ok(())
}

fn main() {}
