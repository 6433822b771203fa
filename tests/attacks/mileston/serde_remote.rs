//! Uses serde to construct a wallet key from its parts.
// error: E0451 fields `key` and `secret` of struct `WalletKey` are private

use mileston_api::{NormalKey, Test, WalletKey, WalletSecret};

#[derive(serde::Deserialize)]
#[serde(remote = "WalletKey::<Test>")]
struct Definition {
    key: NormalKey<Test>,
    secret: WalletSecret,
}

fn main() {}
