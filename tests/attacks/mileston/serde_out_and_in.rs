//! Serializes a Checkout key, to deserialize it as a Normal key.
// error: E0277 `CheckoutKey<Test>: Serialize` is not satisfied

use mileston_api::{CheckoutKey, Test};

#[derive(serde::Serialize)]
struct Out {
    key: CheckoutKey<Test>,
}

fn main() {
    let _ = |out: Out| out.key;
}
