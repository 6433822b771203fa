//! Gives the program's own scope the number of another scope, and a false name.
// error: E0277 the trait bound `u8: Number` is not satisfied

use openapi_keys_runtime::logic::Scope;
use other_api::archive::credentials::Login;

struct Own;

impl Scope<Login> for Own {
    type Number = u8;
    const NAME: &'static str = "records.write";
}

fn main() {}
