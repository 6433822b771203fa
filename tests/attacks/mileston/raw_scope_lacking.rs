//! Uses a client that has only a Normal key to call a raw operation that needs the wallet secret.
// error: E0277 this raw operation needs the scope `Wallet`, but the client holds `NormalKey<Test>`

use mileston_api::raw::{RawOperation, Wallet};
use mileston_api::{NormalClient, Test};

static PAY_OUT: RawOperation<Wallet> =
    RawOperation::post("payOut", "https://user-service.mileston.co", "/wallets/pay-out");

fn pay_out(client: &NormalClient<Test>) {
    let _ = client.raw(&PAY_OUT);
}

fn main() {
    let _ = pay_out;
}
