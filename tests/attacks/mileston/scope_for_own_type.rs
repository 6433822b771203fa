//! Implements the scopes for the program's own type, which isn't a credential.
// error: E0277 `Own` isn't a Mileston credential

use mileston_api::keys::scope;

#[derive(Clone, Debug)]
struct Own;

impl scope::Keyed for Own {}
impl scope::Normal for Own {}

fn main() {}
