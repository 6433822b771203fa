//! Adds the scope of the Normal key as a bound to a trait method, for a type that doesn't have the scope.
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
