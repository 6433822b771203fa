//! Implements a requirement for a type of the program.
// error: E0277 a client holds `Credentials`, not `Own`

use other_api::archive::requirements;

struct Own;

impl requirements::HasBadge for Own {}

fn main() {}
