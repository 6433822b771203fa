//! Claims in a bound of the program's own trait that the Checkout key has the scope of the Normal key, and relies on that trait.
// error: E0277 this operation needs a Normal key, but the client holds `CheckoutKey<Test>`

use mileston_api::keys::scope;
use mileston_api::{CheckoutClient, CheckoutKey, Test};

trait Claim
where
    for<'a> CheckoutKey<Test>: scope::Normal,
{
    fn remove(client: &CheckoutClient<Test>) {
        let _ = client.invoices().delete("7");
    }
}

impl Claim for () {}

fn main() {
    let _ = <() as Claim>::remove;
}
