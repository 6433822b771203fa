//! Clones a client with a Checkout key as a client with a Normal key.
// error: E0308 expected `&Client<NormalKey<Test>>`, found `&Client<CheckoutKey<Test>>`

use mileston_api::{CheckoutClient, Client, NormalKey, Test};

fn turn(client: &CheckoutClient<Test>) -> Client<NormalKey<Test>> {
    <Client<NormalKey<Test>> as Clone>::clone(client)
}

fn main() {
    let _ = turn;
}
