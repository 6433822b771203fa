//! Uses a Checkout key as the associated type of a trait object, because no `impl` checks that type.
// error: E0277 this operation needs a Normal key, but the client holds `CheckoutKey<Test>`

use mileston_api::keys::scope;
use mileston_api::{CheckoutClient, CheckoutKey, Client, Test};

trait Shop {
    type Key: scope::Normal;
}

fn remove<S: Shop + ?Sized>(client: &Client<S::Key>) {
    let _ = client.invoices().delete("7");
}

fn main() {
    let _ = |client: &CheckoutClient<Test>| remove::<dyn Shop<Key = CheckoutKey<Test>>>(client);
}
