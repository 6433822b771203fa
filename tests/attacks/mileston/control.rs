//! Calls with the right keys, in each form that the attacks use.
// compiles

use mileston_api::keys::scope;
use mileston_api::raw::{RawOperation, Wallet};
use mileston_api::{
    AnyKey, CheckoutClient, Client, Error, Mode, NoKey, NormalKey, Test, WalletClient, WalletKey,
    WalletSecret,
};

static PAY_OUT: RawOperation<Wallet> =
    RawOperation::post("payOut", "https://user-service.mileston.co", "/wallets/pay-out");

trait Shop {
    type Key: scope::Normal;
}

struct Own;

impl Shop for Own {
    type Key = WalletKey<Test>;
}

fn any<T>() -> T {
    unreachable!()
}

#[derive(serde::Deserialize)]
struct Settings {
    key: NormalKey<Test>,
    secret: WalletSecret,
}

fn client(settings: Settings) -> Result<WalletClient<Test>, Error> {
    Client::new(settings.key.with_wallet_secret(settings.secret), "shop")
}

fn by_kind(key: AnyKey) -> Option<NormalKey<Test>> {
    match key {
        AnyKey::NormalTest(key) => Some(key),
        _ => None,
    }
}

fn of_wallet<M: Mode>(client: &Client<WalletKey<M>>) {
    let _ = client.invoices().delete("7");
    let _ = client.wallets().list();
    let _ = client.raw(&PAY_OUT);
}

fn of_checkout(client: &CheckoutClient<Test>) {
    let _ = client.checkout().fetch_invoice("7");
}

fn of_shop<S: Shop>(client: &Client<S::Key>) {
    let _ = client.invoices().delete("7");
}

fn of_anyone(client: &Client<NoKey>) {
    let _ = client.status().get(any());
}

fn main() {
    let _ = (client, by_kind, of_wallet::<Test>, of_checkout, of_shop::<Own>, of_anyone);
}
