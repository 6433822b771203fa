//! Gives a scope of the program the number of another one, and calls it what it isn't.
// error: E0277 the trait bound `u8: Number` is not satisfied

use openapi_keys_runtime::logic::Scope;
use other_api::archive::credentials::Login;

struct Own;

impl Scope<Login> for Own {
    type Number = u8;
    const NAME: &'static str = "records.write";
}

fn main() {}
