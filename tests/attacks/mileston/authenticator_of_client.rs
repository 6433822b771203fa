//! Takes the authenticator from a client, to use it for other requests.
// error: E0616 field `core` of struct `Client` is private

use mileston_api::{CheckoutClient, Test};

fn authenticator(client: &CheckoutClient<Test>) {
    let _ = client.core.authenticator();
}

fn main() {
    let _ = authenticator;
}
