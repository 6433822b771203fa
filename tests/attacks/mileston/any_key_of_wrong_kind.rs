//! Puts a Checkout key into the variant of Normal keys, to take it out as one.
// error: E0308 expected `NormalKey<Test>`, found `CheckoutKey<Test>`

use mileston_api::{AnyKey, CheckoutKey, NormalKey, Test};

fn turn(key: CheckoutKey<Test>) -> Option<NormalKey<Test>> {
    match AnyKey::NormalTest(key) {
        AnyKey::NormalTest(key) => Some(key),
        _ => None,
    }
}

fn main() {
    let _ = turn;
}
