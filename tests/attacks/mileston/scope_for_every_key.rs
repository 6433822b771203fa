//! Gives every credential that has a key the scope of the Normal key.
// error: E0210 type parameter `K` must be used as the type parameter for some local type

use mileston_api::ApiKey;
use mileston_api::keys::scope;

impl<K: ApiKey> scope::Normal for K {}

fn main() {}
