//! Declares a scope as text.
// error: write `scopes! { pub struct Reporting for Token: Read, Write; }`

use other_api::archive::credentials::Login;
use other_api::archive::scopes::scopes;

scopes! {
    struct Declared for Login: "records.read";
}

fn main() {}
