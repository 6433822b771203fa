//! Derives `Deserialize` for a struct with a wallet key.
// error: E0277 `WalletKey<Test>: Deserialize<'de>` is not satisfied

use mileston_api::{Test, WalletKey};

#[derive(serde::Deserialize)]
struct Shop {
    key: WalletKey<Test>,
}

fn main() {
    let _ = |shop: Shop| shop.key;
}
