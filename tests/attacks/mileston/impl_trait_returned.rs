//! Returns a Checkout key as something with the scope of the Normal key.
// error: E0277 this operation needs a Normal key, but the client holds `CheckoutKey<Test>`

use mileston_api::keys::scope;
use mileston_api::{CheckoutKey, Test};

fn hide(key: CheckoutKey<Test>) -> impl scope::Normal {
    key
}

fn main() {
    let _ = hide;
}
