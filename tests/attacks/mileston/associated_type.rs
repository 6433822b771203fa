//! Uses a Checkout key as an associated type that must have the scope of the Normal key.
// error: E0277 this operation needs a Normal key, but the client holds `CheckoutKey<Test>`

use mileston_api::keys::scope;
use mileston_api::{CheckoutKey, Test};

trait Shop {
    type Key: scope::Normal;
}

struct Own;

impl Shop for Own {
    type Key = CheckoutKey<Test>;
}

fn main() {}
