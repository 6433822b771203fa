//! Declares that the program's own type is true.
// error: E0277 the trait bound `Own: Bool` is not satisfied

use openapi_keys_runtime::logic::IsTrue;

struct Own;

impl IsTrue for Own {}

fn main() {}
