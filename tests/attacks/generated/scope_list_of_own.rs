//! Defines a list that contains every scope.
// error: E0277 the trait bound `All: ScopeList` is not satisfied

use openapi_keys_runtime::logic::{Full, ScopeList, Scopes};
use other_api::archive::credentials::Login;

struct All;

impl ScopeList<Login> for All {
    type Numbers = Full;

    fn has(_: &str) -> bool {
        true
    }

    fn names(_: &mut Vec<&'static str>) {}
}

struct Declared;

impl Scopes<Login> for Declared {
    type List = All;
}

fn main() {}
