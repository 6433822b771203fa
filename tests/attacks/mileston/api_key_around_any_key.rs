//! Wraps a key of any kind and claims that the wrapper is a key.
// error: E0277 this operation needs an API key, but the client holds `Own`

use mileston_api::{AnyKey, ApiKey};

#[derive(Clone, Debug)]
struct Own(AnyKey);

impl ApiKey for Own {}

fn main() {}
