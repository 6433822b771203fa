//! Declares an own type a secret that must stay in the backend, so that the bound of constructors holds for it.
// error: E0277 the trait bound `ThisTarget: Sealed<Own>` is not satisfied

use mileston_keys::backend::{MayHold, ThisTarget};

struct Own;

impl MayHold<Own> for ThisTarget {}

fn main() {}
