//! The client for the maps reads the counters, which need another credential.
use other_api::archive::Client;
use other_api::archive::credentials::{Credentials, Kiosk};

async fn counters() -> Result<(), other_api::Error> {
    let client = Client::new(Credentials::new().kiosk(Kiosk::from_env("KIOSK")?))?;
    client.desk().read_counters().await?;
    Ok(())
}

fn main() {}
