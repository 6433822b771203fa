//! Writes a wallet secret as a literal.
// error: E0423 cannot initialize a tuple struct which contains private fields

use mileston_api::WalletSecret;

fn main() {
    let _ = WalletSecret("".into());
}
