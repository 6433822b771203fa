//! Calls with the right credentials, in each form that the attacks use.
// compiles

use openapi_keys_runtime::{Error, SecretText};
use other_api::archive::clients::{CatalogueKeyAndDeskKeyClient, LoginClient};
use other_api::archive::credentials::{CatalogueKey, Credentials, DeskKey, Login};
use other_api::archive::scopes::login::{RecordsRead, RecordsWrite};
use other_api::archive::scopes::scopes;
use other_api::archive::{Client, requirements};

scopes! {
    pub struct Editing for Login: RecordsRead, RecordsWrite;
}

fn keyed(key: SecretText, desk: SecretText) -> Result<CatalogueKeyAndDeskKeyClient, Error> {
    let key = CatalogueKey::new(key)?;
    Client::new(Credentials::new().catalogue_key(key).desk_key(DeskKey::new(desk)?))
}

fn editor(token: SecretText) -> Result<LoginClient<Editing>, Error> {
    Client::new(Credentials::new().login(Login::new(token)?))
}

fn of_keyed(client: &CatalogueKeyAndDeskKeyClient) {
    let _ = (client.desk().print_labels(), client.desk().list_records());
}

fn of_editor(client: &LoginClient<Editing>) {
    let _ = (client.desk().list_records(), client.desk().move_records());
}

fn of_any<K: requirements::LoginWithRecordsReadAndRecordsWrite>(client: &Client<K>) {
    let _ = client.desk().move_records();
}

fn call_any(client: &LoginClient<Editing>) {
    of_any(client);
}

fn main() {
    let _ = (keyed, editor, of_keyed, of_editor, call_any);
}
