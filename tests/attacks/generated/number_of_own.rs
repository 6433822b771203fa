//! Defines a number that is in every set.
// error: E0277 the trait bound `Any: Number` is not satisfied

use openapi_keys_runtime::logic::{Full, Number, Set, Yes};

struct Any;

impl Number for Any {
    type With<S: Set> = Full;
    type In<S: Set> = Yes;
}

fn main() {}
