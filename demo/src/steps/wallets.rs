//! Sends money from the business's own wallet with signed calls, and polls until the transfer is
//! settled.

use std::time::Duration;

use mileston_api::types::{Chain, SendBatchPayment, TransactionStatus, WalletType};
use mileston_api::{Address, Amount, TransactionId, Wait};

use super::payment::{PAYER, SHOP};
use crate::check::{Failure, given, head, same};
use crate::expected::Expected;
use crate::parties::Parties;
use crate::printer::Style;
use crate::show::Show;

pub(super) async fn send(show: &mut Show, parties: &Parties) -> Result<(), Failure> {
    show.printer.headline("Money sent from the wallet, signed");
    let sui: Address = format!("0x{}", "5e".repeat(32)).parse()?;
    show.refused(
        "The backend uses a Sui address on Base by mistake.",
        &parties.wallet,
        |client| client.wallets().send_payment("25.00", sui, WalletType::Base),
        Expected::NOT_SENT,
    )
    .await?;
    let sent = show
        .done(
            "It sends 25.00 to someone on Base.",
            &parties.wallet,
            |client| client.wallets().send_payment("25.00", PAYER, WalletType::Base),
            |answer| {
                let status = head(answer.status_code, &answer.message, 200)?;
                Ok(format!("{status}; id {}", given("transactionUUID", &answer.transaction_uuid)?))
            },
        )
        .await?;
    settle(show, parties, given("transactionUUID", &sent.transaction_uuid)?).await?;
    batch(show, parties).await
}

async fn settle(show: &mut Show, parties: &Parties, id: &TransactionId) -> Result<(), Failure> {
    let short = Duration::from_millis(20);
    let wait = Wait::new().deadline(Duration::from_secs(5)).pauses(short, short);
    let transaction = wait.until_settled(&parties.wallet, id).await?;
    let status = transaction.status()?;
    same("status", status, &TransactionStatus::Completed)?;
    show.printer.detail(Style::Green, &format!("waited until it was settled: {status}"));
    Ok(())
}

async fn batch(show: &mut Show, parties: &Parties) -> Result<(), Failure> {
    let payments: [(Address, Amount); 2] =
        [(PAYER.parse()?, "1.50".parse()?), (SHOP.parse()?, "2.50".parse()?)];
    let body = SendBatchPayment::from_pairs(Chain::Base, payments);
    show.done(
        "It pays two recipients at once, as pairs of address and amount.",
        &parties.wallet,
        |client| client.wallets().send_batch_payment(body),
        |answer| head(answer.status_code, &answer.message, 200),
    )
    .await?;
    Ok(())
}
