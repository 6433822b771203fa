//! Implements the conversion between keys.
// error: E0117 only traits defined in the current crate can be implemented

use mileston_api::{CheckoutKey, NormalKey, Test};

impl From<CheckoutKey<Test>> for NormalKey<Test> {
    fn from(key: CheckoutKey<Test>) -> Self {
        key.into()
    }
}

fn main() {}
