//! Records reported payments, and checks whether a payment has arrived. This works in the same way for every kind of
//! record that can be paid.

use mileston_api::types::{Acknowledgement, Chain, NativeToken, SavePayment, Token, VerifyPayment};
use mileston_api::{Address, Family};

use super::success::{Success, acknowledge};
use crate::mistakes::Mistakes;
use crate::runtime::{Identity, Refusal};
use crate::store::{Account, Question, Resource, Saved, Standing};
use crate::webhooks::Courier;

/// Records a transaction that the payer's browser reports, and marks the link, invoice or recurring payment as paid.
pub(super) async fn save<R: Resource>(
    courier: &Courier,
    caller: &Identity,
    native: Option<&NativeToken>,
    body: SavePayment,
) -> Success<Acknowledgement> {
    check_save(caller, native, &body)?;
    let saved = courier.store().write(caller, |account| account.save::<R>(body)).await?;
    courier.payment_written();
    Ok(acknowledge(match saved {
        Saved::Now => "Payment saved",
        Saved::Before => "Payment was already saved",
    }))
}

/// Checks whether a record was paid through the given wallet, by reported payments or by payments on the simulated
/// chain.
pub(super) async fn verify<R: Resource>(
    courier: &Courier,
    caller: &Identity,
    native: Option<&NativeToken>,
    body: VerifyPayment,
) -> Success<Acknowledgement> {
    check_verify(caller, native, &body)?;
    let question = question(&body);
    let parameters = question.clone();
    let look = move |account: &Account<'_>| account.standing::<R>(&parameters);
    let paid = match courier.store().read(caller, look).await? {
        Standing::Paid => true,
        Standing::Awaiting => false,
        Standing::Payable(_) => {
            let claim = move |account: &Account<'_>| account.claim::<R>(&question);
            let paid = courier.store().write(caller, claim).await?;
            courier.payment_written();
            paid
        }
    };
    if paid { Ok(acknowledge("Payment verified")) } else { Err(awaiting()) }
}

fn question(body: &VerifyPayment) -> Question {
    Question {
        id: body.payment_link_id.as_str().to_owned(),
        amount: body.amount,
        chain: body.chain.clone(),
        token: body.token.as_str().to_owned(),
        wallet: wallet(body).as_str().to_owned(),
        recipient: body.recipient_wallet_address.as_str().to_owned(),
        user: body.user_uuid.clone(),
    }
}

/// Returns the wallet to check. On an EVM chain, that is `walletAddress`; otherwise, it is `publicKey`. The vendor's
/// components send the same value in both fields.
fn wallet(body: &VerifyPayment) -> Address {
    match (&body.wallet_address, Family::of(&body.chain)) {
        (Some(address), Some(Family::Evm)) => address.clone(),
        _ => Address::unchecked(&body.public_key),
    }
}

/// Returns the error for a payment that hasn't arrived. The body must not be changed, because the vendor's
/// component compares the complete body (`mileston-payment-client` 0.9.3, `dist/index.mjs`).
fn awaiting() -> Refusal {
    Refusal::bad_request("Still awaiting payment")
}

fn check_save(
    caller: &Identity,
    native: Option<&NativeToken>,
    body: &SavePayment,
) -> Result<(), Refusal> {
    let mut mistakes = Mistakes::default();
    mistakes.expect_text("paymentLinkId", &body.payment_link_id);
    mistakes.expect_text("payer", &body.payer);
    mistakes.expect_text("recipientWalletAddress", &body.recipient_wallet_address);
    mistakes.expect_text("userUUID", &body.user_uuid);
    mistakes.expect_text("transactionSignature", &body.transaction_signature);
    expect_chain(&mut mistakes, &body.chain);
    mistakes.expect_env(body.env(), caller.mode);
    expect_native(&mut mistakes, native);
    mistakes.refuse()
}

fn check_verify(
    caller: &Identity,
    native: Option<&NativeToken>,
    body: &VerifyPayment,
) -> Result<(), Refusal> {
    let mut mistakes = Mistakes::default();
    mistakes.expect_text("paymentLinkId", &body.payment_link_id);
    mistakes.expect_text("publicKey", &body.public_key);
    mistakes.expect_text("recipientWalletAddress", &body.recipient_wallet_address);
    expect_chain(&mut mistakes, &body.chain);
    mistakes.expect_env(body.env(), caller.mode);
    mistakes.expect_text("userUUID", &body.user_uuid);
    expect_token(&mut mistakes, &body.token);
    expect_native(&mut mistakes, native);
    if Family::of(&body.chain) == Some(Family::Evm) {
        expect_evm(&mut mistakes, body);
    }
    mistakes.refuse()
}

/// Requires `evmChain` and `walletAddress`, because the vendor's SDK doesn't send a request for an EVM chain without
/// them.
fn expect_evm(mistakes: &mut Mistakes, body: &VerifyPayment) {
    let named = body.evm_chain.clone().map(Chain::from).as_ref() == Some(&body.chain);
    mistakes.expect(named, "evmChain", "must be the same as chain, because this is an EVM chain");
    let address = body.wallet_address.as_ref().map(Address::as_str).unwrap_or_default();
    mistakes.expect_text("walletAddress", address);
}

fn expect_chain(mistakes: &mut Mistakes, chain: &Chain) {
    let known = Family::of(chain).is_some();
    mistakes.expect(known, "chain", "must be one of avax, pol, base, eth, arb, sui, solana");
}

fn expect_token(mistakes: &mut Mistakes, token: &Token) {
    let known = matches!(
        token,
        Token::Usdc | Token::Usdt | Token::Avax | Token::Eth | Token::Pol | Token::Sol
    );
    mistakes.expect(known, "token", "must be one of USDC, USDT, AVAX, ETH, POL, SOL");
}

fn expect_native(mistakes: &mut Mistakes, native: Option<&NativeToken>) {
    let known = match native {
        None => true,
        Some(token) => matches!(
            token,
            NativeToken::Eth | NativeToken::Pol | NativeToken::Avax | NativeToken::Sol
        ),
    };
    mistakes.expect(known, "nativeTokens", "must be one of ETH, POL, AVAX, SOL");
}
