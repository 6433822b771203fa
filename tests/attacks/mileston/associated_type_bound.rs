//! Hides the client's key behind an associated type, and requires that this type has the Normal key's scope.
// error: E0277 this operation needs a Normal key, but the client holds `CheckoutKey<Test>`

use mileston_api::keys::scope;
use mileston_api::{CheckoutClient, CheckoutKey, Client, Credential, Test};

trait Holds {
    type Key: Credential;

    fn client(&self) -> &Client<Self::Key>;
}

impl<K: Credential> Holds for Client<K> {
    type Key = K;

    fn client(&self) -> &Client<K> {
        self
    }
}

fn remove<M: scope::Normal>(holder: &impl Holds<Key = M>) {
    let _ = holder.client().invoices().delete("7");
}

fn main() {
    let _ = |client: &CheckoutClient<Test>| remove::<CheckoutKey<Test>>(client);
}
