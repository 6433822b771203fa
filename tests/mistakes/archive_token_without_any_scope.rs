//! No scopes were declared for the token.
use other_api::archive::Client;
use other_api::archive::credentials::{Credentials, Login};

async fn audit() -> Result<(), other_api::Error> {
    let login: Login = Login::from_env("LOGIN_TOKEN")?;
    let client = Client::new(Credentials::new().login(login))?;
    client.desk().audit_records().await?;
    Ok(())
}

fn main() {}
