//! Converts a Checkout key into a Normal key.
// error: E0277 `NormalKey<Test>: From<CheckoutKey<Test>>` is not satisfied

use mileston_api::{CheckoutKey, NormalKey, Test};

fn turn(key: CheckoutKey<Test>) -> NormalKey<Test> {
    key.into()
}

fn main() {
    let _ = turn;
}
