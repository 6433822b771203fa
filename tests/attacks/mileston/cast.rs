//! Casts a client with a Checkout key to a client with a Normal key.
// error: E0605 non-primitive cast: `Client<CheckoutKey<Test>>` as `Client<NormalKey<Test>>`

use mileston_api::{CheckoutClient, NormalClient, Test};

fn turn(client: CheckoutClient<Test>) -> NormalClient<Test> {
    client as NormalClient<Test>
}

fn main() {
    let _ = turn;
}
