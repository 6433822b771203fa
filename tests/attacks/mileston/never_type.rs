//! Uses a type without values as the credential's type. No such credential can exist, but it still needs a scope.
// error: E0599 the method `invoices` exists for reference `&Client<Infallible>`, but its trait bounds were not

use std::convert::Infallible;

use mileston_api::Client;

fn remove(client: &Client<Infallible>) {
    let _ = client.invoices().delete("7");
}

fn main() {
    let _ = remove;
}
