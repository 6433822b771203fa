//! Card payments, each with a page and a status. No card is charged.

use mileston_api::types::{
    CheckOnRampPayment, EvmChain, OnRampEnvelope, OnRampLink, OnRampPayment, OnRampPaymentData,
    OnRampPaymentEnvelope, OnRampStatus,
};
use mileston_api::{Address, Amount};

use super::payment_wallets::expect_evm_chain;
use super::success::Success;
use crate::generated::server::answers::Answer;
use crate::links::Links;
use crate::mistakes::Mistakes;
use crate::runtime::{Identity, Refusal};
use crate::store::{Account, OnRamp, Store};

/// The status of an incomplete payment. The vendor's types name only `COMPLETED`.
const PENDING: &str = "PENDING";

/// Starts a card payment. The response has no `statusCode`, because the vendor's type has no such field.
pub(super) async fn start(
    (store, links): (&Store, &Links),
    caller: &Identity,
    amount: Amount,
    recipient: Address,
    chain: EvmChain,
) -> Success<OnRampEnvelope> {
    let mut mistakes = Mistakes::default();
    mistakes.expect_text("recipientWalletAddress", &recipient);
    let known = expect_evm_chain(&mut mistakes, "chain", &chain);
    mistakes.refuse()?;
    let known = known.ok_or_else(|| Refusal::bad_request("This payment can't be read."))?;
    let on_ramp = OnRamp::new(amount, recipient, (chain, known));
    let add = move |account: &Account<'_>| {
        let id = account.draw().uuid()?;
        account.wallets().add_on_ramp(&id, &on_ramp)?;
        Ok(id)
    };
    let id = store.write(caller, add).await?;
    let link = links.on_ramp(&id);
    Ok(Answer::ok(
        OnRampEnvelope::new().with_data(OnRampLink::new().with_id(id.into()).with_link(link)),
    ))
}

/// Returns the status. On the first call, it is pending, unless a payer has already paid on the page. From the second
/// call on, it is completed.
pub(super) async fn status(
    store: &Store,
    caller: &Identity,
    id: &str,
    body: CheckOnRampPayment,
) -> Success<OnRampPaymentEnvelope> {
    let mut mistakes = Mistakes::default();
    expect_evm_chain(&mut mistakes, "chain", &body.chain);
    mistakes.refuse()?;
    let known = id.to_owned();
    let ask = move |account: &Account<'_>| account.wallets().ask_on_ramp(&known, &body);
    let done = store.write(caller, ask).await?;
    let payment = if done {
        let hash = format!("sandbox-{id}");
        OnRampPayment::new().with_status(OnRampStatus::Completed).with_transaction_hash(hash)
    } else {
        OnRampPayment::new().with_status(OnRampStatus::from(PENDING))
    };
    let answer =
        OnRampPaymentEnvelope::new().with_status_code(200).with_message("Payment status found");
    Ok(Answer::ok(answer.with_data(OnRampPaymentData::new().with_data(payment))))
}
