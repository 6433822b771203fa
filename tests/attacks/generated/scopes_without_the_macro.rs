//! Writes a list of scopes with a type that isn't a scope.
// error: E0277 `String` isn't a scope of `Login`

use openapi_keys_runtime::logic::Scopes;
use other_api::archive::credentials::Login;

struct Declared;

impl Scopes<Login> for Declared {
    type List = (String, ());
}

fn main() {}
