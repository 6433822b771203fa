//! Coerces a function that takes a Normal client to a function that takes a Checkout client.
// error: E0308 expected fn pointer, found fn item

use mileston_api::{CheckoutClient, NormalClient, Test};

fn remove(client: &NormalClient<Test>) {
    let _ = client.invoices().delete("7");
}

fn main() {
    let _: fn(&CheckoutClient<Test>) = remove;
}
