//! Lists invoices with a client that lacks the scope, using a helper that makes the call itself.
// error: E0277 this operation needs a Normal key, but the client holds `CheckoutKey<Test>`

use mileston_api::reconcile::Snapshot;
use mileston_api::types::Invoice;
use mileston_api::{CheckoutClient, Test};

fn list(client: &CheckoutClient<Test>) {
    drop(Snapshot::<Invoice>::take(client));
}

fn main() {
    let _ = list;
}
