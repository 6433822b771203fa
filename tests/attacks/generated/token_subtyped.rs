//! Uses a function pointer to add scopes to those that a token declares.
// error: E0308 expected fn pointer, found fn item

use other_api::archive::credentials::Login;
use other_api::archive::scopes::login::{RecordsRead, RecordsWrite};
use other_api::archive::scopes::scopes;

scopes! {
    struct Reading for Login: RecordsRead;
    struct Editing for Login: RecordsRead, RecordsWrite;
}

fn pass(token: Login<Reading>) -> Login<Reading> {
    token
}

fn main() {
    let _: fn(Login<Reading>) -> Login<Editing> = pass;
}
