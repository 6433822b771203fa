//! Declares the scope of a different scheme.
// error: E0277 `Loans` isn't a scope of `Login`

use other_api::archive::credentials::Login;
use other_api::archive::scopes::member::Loans;
use other_api::archive::scopes::scopes;

scopes! {
    struct Declared for Login: Loans;
}

fn main() {}
