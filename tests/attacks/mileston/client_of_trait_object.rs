//! Coerces a client to a client whose credential is a trait object.
// error: E0277 the size for values of type `(dyn Any + 'static)` cannot be known
// error: E0308 expected `Box<Client<dyn Any>>`, found `Box<Client<CheckoutKey<Test>>>`

use std::any::Any;

use mileston_api::{CheckoutClient, Client, Test};

fn erase(client: Box<CheckoutClient<Test>>) -> Box<Client<dyn Any>> {
    client
}

fn main() {
    let _ = erase;
}
