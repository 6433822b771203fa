//! Passes a reference to a client with a different key.
// error: E0308 expected `&Client<NormalKey<Test>>`, found `&Client<CheckoutKey<Test>>`

use mileston_api::{CheckoutClient, NormalClient, Test};

fn turn<'a>(client: &'a CheckoutClient<Test>) -> &'a NormalClient<Test> {
    client
}

fn main() {
    let _ = turn;
}
