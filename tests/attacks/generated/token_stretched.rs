//! Changes the declared scopes of an existing token.
// error: E0308 expected `Editing`, found `Reading`

use other_api::archive::clients::LoginClient;
use other_api::archive::credentials::Login;
use other_api::archive::scopes::login::{RecordsRead, RecordsWrite};
use other_api::archive::scopes::scopes;

scopes! {
    struct Reading for Login: RecordsRead;
    struct Editing for Login: RecordsRead, RecordsWrite;
}

fn edit(_: &LoginClient<Editing>) {}

fn main() {
    let _ = |client: &LoginClient<Reading>| edit(client);
}
