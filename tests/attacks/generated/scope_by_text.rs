//! Declares a scope as text.
// error: no rules expected `"records.read"`

use other_api::archive::credentials::Login;
use other_api::archive::scopes::scopes;

scopes! {
    struct Declared for Login: "records.read";
}

fn main() {}
