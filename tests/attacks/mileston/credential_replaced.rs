//! Replaces the credential inside a client.
// error: E0594 cannot assign to data in a `&` reference

use mileston_api::{CheckoutClient, CheckoutKey, Live};

fn replace(client: &mut CheckoutClient<Live>, key: CheckoutKey<Live>) {
    *client.credential() = key;
}

fn main() {
    let _ = replace;
}
