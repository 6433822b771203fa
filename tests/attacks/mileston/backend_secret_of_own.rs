//! Declares that the program's own type is a backend secret, to meet the bound of the constructors.
// error: E0277 the trait bound `ThisTarget: Sealed<Own>` is not satisfied

use mileston_keys::backend::{MayHold, ThisTarget};

struct Own;

impl MayHold<Own> for ThisTarget {}

fn main() {}
