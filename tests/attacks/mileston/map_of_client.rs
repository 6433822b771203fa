//! Maps the credential of a client as if the client were an `Option`.
// error: E0599 `Client<CheckoutKey<Test>>` is not an iterator

use mileston_api::{CheckoutClient, NormalClient, NormalKey, Test};

fn turn(client: CheckoutClient<Test>, key: NormalKey<Test>) -> NormalClient<Test> {
    client.map(|_| key)
}

fn main() {
    let _ = turn;
}
