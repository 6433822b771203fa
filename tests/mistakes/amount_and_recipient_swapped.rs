//! The recipient comes before the amount.
use mileston_api::types::WalletType;
use mileston_api::{Address, Amount, Test, WalletClient};

async fn pay(client: &WalletClient<Test>, to: Address, amount: Amount) -> Result<(), mileston_api::Error> {
    client.wallets().send_payment(to, amount, WalletType::Base).await?;
    Ok(())
}

fn main() {}
