//! Bounds a trait method by the Normal key's scope, and implements the trait for a key without that scope.
// error: E0277 this operation needs a Normal key, but the client holds `CheckoutKey<Test>`

use mileston_api::keys::scope;
use mileston_api::{CheckoutKey, Client, Credential, Test};

trait Remove: Credential {
    fn remove(client: &Client<Self>)
    where
        Self: scope::Normal,
    {
        let _ = client.invoices().delete("7");
    }
}

impl Remove for CheckoutKey<Test> {}

fn main() {
    let _ = |client: &Client<CheckoutKey<Test>>| CheckoutKey::<Test>::remove(client);
}
