//! The token was declared for reading, but is used for more.
use other_api::archive::Client;
use other_api::archive::credentials::{Credentials, Login};
use other_api::archive::scopes::login::RecordsRead;
use other_api::archive::scopes::scopes;

scopes! {
    struct Report for Login: RecordsRead;
}

async fn tidy() -> Result<(), other_api::Error> {
    let login = Login::<Report>::client_credentials("report", "not-a-real-secret")?;
    let client = Client::new(Credentials::new().login(login))?;
    client.desk().move_records().await?;
    Ok(())
}

fn main() {}
