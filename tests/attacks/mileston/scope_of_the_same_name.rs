//! Implements the program's own traits with the names and shape of the scopes.
// error: E0277 this operation needs a Normal key, but the client holds `CheckoutKey<Test>`

use mileston_api::{CheckoutClient, CheckoutKey, Credential, Test};

mod scope {
    use super::Credential;

    pub trait Keyed: Credential {}
    pub trait Normal: Keyed {}
}

impl scope::Keyed for CheckoutKey<Test> {}
impl scope::Normal for CheckoutKey<Test> {}

fn remove(client: &CheckoutClient<Test>) {
    let _ = client.invoices().delete("7");
}

fn main() {
    let _ = remove;
}
