//! The alias is for a token without scopes, but the client's token has some.
use other_api::archive::Client;
use other_api::archive::clients::LoginClient;
use other_api::archive::credentials::{Credentials, Login};
use other_api::archive::scopes::login::RecordsRead;
use other_api::archive::scopes::scopes;

scopes! {
    struct Report for Login: RecordsRead;
}

struct Reports {
    client: LoginClient,
}

fn reports(login: Login<Report>) -> Result<Reports, other_api::Error> {
    let client = Client::new(Credentials::new().login(login))?;
    Ok(Reports { client })
}

fn main() {}
