//! Lists wallets in a function that takes a Normal key.
// error: E0277 this operation needs a Normal key with a wallet secret, but the client holds `K`

use mileston_api::Client;
use mileston_api::keys::scope;

fn balances<K: scope::Normal>(client: &Client<K>) {
    let _ = client.wallets().list();
}

fn main() {
    let _ = balances::<mileston_api::NormalKey<mileston_api::Test>>;
}
