//! Swaps a client with a Checkout key and a client with a Normal key in place.
// error: E0308 expected `&mut Client<CheckoutKey<Test>>`, found `&mut Client<NormalKey<Test>>`

use std::mem;

use mileston_api::{CheckoutClient, NormalClient, Test};

fn swap(one: &mut CheckoutClient<Test>, other: &mut NormalClient<Test>) {
    mem::swap(one, other);
}

fn main() {
    let _ = swap;
}
