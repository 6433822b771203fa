//! Calls an operation in a function that takes any credential.
// error: E0277 this operation needs a Normal key, but the client holds `K`

use mileston_api::{Client, Credential};

fn remove<K: Credential>(client: &Client<K>) {
    let _ = client.invoices().delete("7");
}

fn main() {
    let _ = remove::<mileston_api::NoKey>;
}
