//! Implements a scope for a `Box` that contains a type from this program. The orphan rule permits this.
// error: E0277 this operation needs an API key, but the client holds `Box<Own>`

use mileston_api::keys::scope;

#[derive(Clone, Debug)]
struct Own;

impl scope::Normal for Box<Own> {}

fn main() {}
