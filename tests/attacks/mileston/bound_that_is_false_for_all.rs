//! Claims for all lifetimes that the Checkout key has the scope of the Normal key. rustc checks this only at the call.
// error: E0277 this operation needs a Normal key, but the client holds `CheckoutKey<Test>`

use mileston_api::keys::scope;
use mileston_api::{CheckoutClient, CheckoutKey, Test};

trait Claim<'a> {}

impl<K: scope::Normal> Claim<'_> for K {}

fn remove(client: &CheckoutClient<Test>)
where
    for<'a> CheckoutKey<Test>: Claim<'a> + scope::Normal,
{
    let _ = client.invoices().delete("7");
}

fn main() {
    let _ = |client: &CheckoutClient<Test>| remove(client);
}
