//! Calls an operation in a function without any bound.
// error: E0599 the method `invoices` exists for reference `&Client<K>`, but its trait bounds were not

use mileston_api::Client;

fn remove<K>(client: &Client<K>) {
    let _ = client.invoices().delete("7");
}

fn main() {
    let _ = remove::<String>;
}
