//! Payments from a business's wallets: single payments and batches.

use mileston_api::types::{
    Chain, SendBatchPayment, SendPayment, Transaction, TransferData, TransferEnvelope, WalletType,
};
use mileston_api::{Address, Amount};

use super::success::Success;
use crate::generated::server::answers::Answer;
use crate::mistakes::Mistakes;
use crate::money::Money;
use crate::runtime::{Identity, Refusal};
use crate::store::{Account, CHAINS, Order, Payer, Store};

/// Sends from the business's own wallet or from a sub wallet.
pub(super) async fn send(
    store: &Store,
    caller: &Identity,
    payer: Payer,
    body: &SendPayment,
) -> Success<TransferEnvelope> {
    let (chain, money) = check_send(body)?;
    let transaction = Transaction::new()
        .with_amount(body.amount.into())
        .with_recipient_address(body.recipient_address.as_str())
        .with_wallet_type(body.wallet_type.clone());
    let orders = vec![(money, body.recipient_address.as_str().to_owned())];
    let id = transfer(store, caller, (payer, chain), orders, transaction).await?;
    let answer = TransferEnvelope::new().with_status_code(200).with_message("Payment sent");
    Ok(Answer::ok(answer.with_transaction_uuid(id.into())))
}

/// Sends a batch. Either all of its payments are sent, or none. The whole batch has one id.
pub(super) async fn send_batch(
    store: &Store,
    caller: &Identity,
    body: &SendBatchPayment,
) -> Success<TransferEnvelope> {
    let (chain, orders) = check_batch(body)?;
    let sum = Money::sum(orders.iter().map(|(money, _)| *money));
    let recipients: Vec<_> = orders.iter().map(|(_, recipient)| recipient.as_str()).collect();
    let mut transaction = Transaction::new()
        .with_recipient_address(recipients.join(", "))
        .with_wallet_type(WalletType::from(chain.as_str()));
    transaction.amount = sum.map(|sum| sum.to_string().into());
    let id = transfer(store, caller, (Payer::Main, chain), orders, transaction).await?;
    let answer = TransferEnvelope::new().with_status_code(200).with_message("Batch payment sent");
    Ok(Answer::ok(answer.with_transaction_uuid(id.into()).with_data(TransferData::new())))
}

/// Moves the money and records the transaction, in one step.
async fn transfer(
    store: &Store,
    caller: &Identity,
    (payer, chain): (Payer, Chain),
    orders: Vec<Order>,
    transaction: Transaction,
) -> Result<String, Refusal> {
    let send = move |account: &Account<'_>| {
        let (id, now, wallets) = (account.draw().uuid()?, account.now()?, account.wallets());
        let transaction = transaction
            .with_transaction_uuid(id.as_str().into())
            .with_created_at(now)
            .with_updated_at(now);
        wallets.send(&id, (&payer, &chain), &orders, transaction)?;
        Ok(id)
    };
    Ok(store.write(caller, send).await?)
}

fn check_send(body: &SendPayment) -> Result<(Chain, Money), Refusal> {
    let mut mistakes = Mistakes::default();
    mistakes.expect_text("recipientAddress", &body.recipient_address);
    let chain = known_chain(&mut mistakes, body.wallet_type.as_str());
    mistakes.refuse()?;
    chain.map(|chain| (chain, Money::of(body.amount))).ok_or_else(unreadable)
}

fn check_batch(body: &SendBatchPayment) -> Result<(Chain, Vec<Order>), Refusal> {
    let mut mistakes = Mistakes::default();
    let payments = body.payments();
    mistakes.expect(!payments.is_empty(), "recipients", "must not be empty");
    for (index, (recipient, _)) in payments.iter().enumerate() {
        mistakes.expect_text(&format!("recipients[{index}]"), recipient);
    }
    let chain = known_chain(&mut mistakes, body.chain().as_str());
    mistakes.refuse()?;
    let chain = chain.ok_or_else(unreadable)?;
    let order = |(recipient, amount): &(Address, Amount)| {
        (Money::of(*amount), recipient.as_str().to_owned())
    };
    Ok((chain, payments.iter().map(order).collect()))
}

/// Parses a chain. `all` isn't accepted, because no source says what it means for a transfer.
pub(super) fn known_chain(mistakes: &mut Mistakes, name: &str) -> Option<Chain> {
    let chain = CHAINS.iter().find(|chain| chain.as_str() == name).cloned();
    let requirement = "must be one of avax, pol, base, eth, arb, sui, solana";
    mistakes.expect(chain.is_some(), "walletType", requirement);
    chain
}

/// Returns an error that never occurs: the caller has checked the value, but the compiler can't see that.
fn unreadable() -> Refusal {
    Refusal::bad_request("This payment can't be read.")
}
