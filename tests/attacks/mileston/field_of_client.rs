//! Takes the contents of a client with a Checkout key, to put them into a client with a Normal key.
// error: E0616 field `core` of struct `Client` is private

use mileston_api::{CheckoutClient, NormalClient, Test};

fn turn(client: CheckoutClient<Test>, other: &mut NormalClient<Test>) {
    other.core = client.core;
}

fn main() {
    let _ = turn;
}
