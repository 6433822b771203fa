//! Defines a boolean that is both true and false.
// error: E0277 the trait bound `Both: Bool` is not satisfied

use openapi_keys_runtime::logic::{Bool, Yes};

struct Both;

impl Bool for Both {
    type And<B: Bool> = Yes;
    type Or<B: Bool> = Yes;
}

fn main() {}
