//! Assumes that the most powerful credential can do everything.
// error: E0277 this operation needs a Checkout key, but the client holds `WalletKey<Test>`

use mileston_api::{Test, WalletClient};

fn fetch(client: &WalletClient<Test>) {
    let _ = client.checkout().fetch_invoice("7");
}

fn main() {
    let _ = fetch;
}
