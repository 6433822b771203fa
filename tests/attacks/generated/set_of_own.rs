//! Defines a set that contains every number.
// error: E0277 the trait bound `All: Set` is not satisfied

use openapi_keys_runtime::logic::{Set, Yes};

struct All;

impl Set for All {
    type Zero = All;
    type One = All;
    type Has = Yes;
}

fn main() {}
