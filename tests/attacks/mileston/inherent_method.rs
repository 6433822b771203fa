//! Adds an inherent method to the client, to reach the client's private field.
// error: E0116 cannot define inherent `impl` for a type outside of the crate

use mileston_api::{CheckoutKey, Client, Test};

impl Client<CheckoutKey<Test>> {
    fn remove(&self) {}
}

fn main() {}
