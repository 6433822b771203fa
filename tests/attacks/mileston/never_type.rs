//! Uses a type that has no values as the credential, because any implementation for such a type compiles.
// error: E0599 the method `invoices` exists for reference `&Client<Infallible>`, but its trait bounds were not

use std::convert::Infallible;

use mileston_api::Client;

fn remove(client: &Client<Infallible>) {
    let _ = client.invoices().delete("7");
}

fn main() {
    let _ = remove;
}
