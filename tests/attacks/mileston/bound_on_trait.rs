//! Claims in a trait's bound that the Checkout key has the Normal key's scope. A method of the trait uses that scope.
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
