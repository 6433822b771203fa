//! Writes a wallet key as a literal around a Normal key.
// error: E0451 fields `key` and `secret` of struct `WalletKey` are private

use mileston_api::{NormalKey, Test, WalletKey, WalletSecret};

fn turn(key: NormalKey<Test>, secret: WalletSecret) -> WalletKey<Test> {
    WalletKey { key, secret }
}

fn main() {
    let _ = turn;
}
