//! Implements a requirement for the program's own type.
// error: E0277 a client holds `Credentials`, not `Own`

use other_api::archive::requirements;

struct Own;

impl requirements::HasBadge for Own {}

fn main() {}
