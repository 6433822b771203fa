//! Claims in a `where` clause that the Checkout key has the scope of the Normal key.
// error: E0277 this operation needs a Normal key, but the client holds `CheckoutKey<Test>`

use mileston_api::keys::scope;
use mileston_api::{CheckoutClient, CheckoutKey, Test};

fn remove(client: &CheckoutClient<Test>)
where
    CheckoutKey<Test>: scope::Normal,
{
    let _ = client.invoices().delete("7");
}

fn main() {}
