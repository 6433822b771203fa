//! The token's type doesn't declare its scopes.
use other_api::archive::Client;
use other_api::archive::credentials::{Credentials, Login};

async fn profile() -> Result<(), other_api::Error> {
    let client = Client::new(Credentials::new().login(Login::from_env("LOGIN_TOKEN")?))?;
    client.desk().read_profile().await?;
    Ok(())
}

fn main() {}
