//! Calls an operation that needs a Normal key in a function that takes any key.
// error: E0277 this operation needs a Normal key, but the client holds `K`

use mileston_api::Client;
use mileston_api::keys::scope;

fn remove<K: scope::Keyed>(client: &Client<K>) {
    let _ = client.invoices().delete("7");
}

fn main() {
    let _ = remove::<mileston_api::CheckoutKey<mileston_api::Test>>;
}
