//! Waits with a client that lacks the scope, using a helper that makes the call itself.
// error: E0277 this operation needs a Checkout key, but the client holds `NormalKey<Test>`

use mileston_api::{InvoiceId, NormalClient, Test, Wait};

fn wait(client: &NormalClient<Test>, id: &InvoiceId) {
    drop(Wait::new().until_paid(client, id));
}

fn main() {
    let _ = wait;
}
