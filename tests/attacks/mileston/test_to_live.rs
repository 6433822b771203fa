//! Passes a client with a test key to code that moves real money.
// error: E0308 expected `&Client<NormalKey<Live>>`, found `&Client<NormalKey<Test>>`

use mileston_api::{Live, NormalClient, Test};

fn charge(client: &NormalClient<Live>) {
    let _ = client.payment_links().create("100.00");
}

fn main() {
    let _ = |client: &NormalClient<Test>| charge(client);
}
