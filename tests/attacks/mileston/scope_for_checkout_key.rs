//! Gives the Checkout key the scope of the Normal key.
// error: E0117 only traits defined in the current crate can be implemented

use mileston_api::keys::scope;
use mileston_api::{CheckoutKey, Test};

impl scope::Normal for CheckoutKey<Test> {}

fn main() {}
