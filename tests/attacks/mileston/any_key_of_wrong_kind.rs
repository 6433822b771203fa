//! Puts a Checkout key into the variant for Normal keys, to take it out as a Normal key.
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
