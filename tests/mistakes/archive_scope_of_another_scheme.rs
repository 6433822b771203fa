//! A scope for members is declared for an archivist's token.
use other_api::archive::credentials::Login;
use other_api::archive::scopes::login::RecordsRead;
use other_api::archive::scopes::member::Loans;
use other_api::archive::scopes::scopes;

scopes! {
    struct Report for Login: RecordsRead, Loans;
}

fn main() {}
