//! Creates a wallet key with its private constructor.
// error: E0624 associated function `new` is private

use mileston_api::{NormalKey, Test, WalletKey, WalletSecret};

fn turn(key: NormalKey<Test>, secret: WalletSecret) -> WalletKey<Test> {
    WalletKey::new(key, secret)
}

fn main() {
    let _ = turn;
}
