//! Pays something as a payer would, so its webhook event is sent.

mod mistake;
mod sample;

use axum::Json;
use axum::extract::State;
use mileston_api::types::{Invoice, PaymentLink, RecurringPayment, WebhookEvent};
use mileston_keys::{KeyKind, ModeName};
use serde::{Deserialize, Serialize};
use serde_json::json;

use self::mistake::Mistake;
use self::sample::{Sample, read};
use super::shown::Payment;
use super::state::Control;
use crate::environment::environment;
use crate::generated::server::Platform;
use crate::random;
use crate::runtime::{Authority, Caller, Identity, Incoming, Refusal};
use crate::webhooks::EVENTS;

/// The event to cause, and the id of what is paid. Without an id, a new record is created and paid.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Order {
    event: WebhookEvent,
    id: Option<String>,
    /// `None` to pay correctly.
    mistake: Option<Mistake>,
}

/// The result.
#[derive(Serialize)]
pub(super) struct Happened {
    event: WebhookEvent,
    id: String,
    /// Whether it was created for this.
    made: bool,
    amount: String,
    page: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    mistake: Option<Mistake>,
    /// The payments that the payer made instead.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    payments: Vec<Payment>,
}

pub(super) async fn trigger(
    State(control): State<Control>,
    incoming: Incoming,
) -> Result<Json<Happened>, Refusal> {
    let order: Order = incoming.body()?;
    let happened = match order.event {
        WebhookEvent::PaymentlinkPaid => pay::<PaymentLink>(&control, order).await,
        WebhookEvent::InvoicePaid => pay::<Invoice>(&control, order).await,
        WebhookEvent::RecurringPaid => pay::<RecurringPayment>(&control, order).await,
        _ => {
            let events = EVENTS.map(|event| event.to_string()).join(", ");
            Err(Refusal::invalid([format!("event must be one of {events}")]))
        }
    };
    happened.map(Json)
}

/// Does what a payer and their browser do: reports a transaction that no chain has. A mistake is made on the simulated
/// chain and not reported.
async fn pay<R: Sample>(
    control: &Control,
    Order { event, id, mistake }: Order,
) -> Result<Happened, Refusal> {
    let made = id.is_none();
    let (caller, id) = match id {
        Some(id) => (owner::<R>(control, &id).await?, id),
        None => {
            let caller = first(control).await?;
            let id = R::make(control, Caller::known(caller.clone())).await?;
            (caller, id)
        }
    };
    let wanted = id.clone();
    let found = control.store.read(&caller, move |account| account.find::<R>(&wanted)).await?;
    let amount = found.data.amount().unwrap_or_default().to_owned();
    let who = Caller::known(caller.clone());
    let page = control.links.checkout::<R>(&id);
    if let Some(wrong) = mistake {
        let payments = mistake::play(control, who, wrong, &amount).await?;
        return Ok(Happened { event, id, made, amount, page, mistake, payments });
    }
    let wallet = control.platform.get_evm_payment_wallet(who.clone(), None, None, None).await?;
    let report = json!({
        "paymentLinkId": id, "payer": made_up(36, "0xfa4e")?,
        "recipientWalletAddress": wallet.into_body().public_key, "amount": amount,
        "userUUID": caller.business.as_str(), "transactionSignature": made_up(64, "0x")?,
        "chain": "eth", "env": environment(caller.mode),
    });
    R::report(control, who, read(report)?).await?;
    Ok(Happened { event, id, made, amount, page, mistake, payments: Vec::new() })
}

/// Finds the owner of the record with this id.
async fn owner<R: Sample>(control: &Control, id: &str) -> Result<Identity, Refusal> {
    let found = control.store.locate::<R>(id).await?;
    let (business, mode) =
        found.filter(|(_, mode)| control.issuer.accepts(*mode)).ok_or_else(|| {
            Refusal::not_found(format!("This sandbox has no {} with this id.", R::NAME))
        })?;
    Ok(Identity { business, mode, kind: KeyKind::Normal })
}

/// Returns the business that the sandbox was started with. It owns the records that a trigger creates.
async fn first(control: &Control) -> Result<Identity, Refusal> {
    let business = control.store.first_business().await?;
    let business = business.ok_or_else(|| Refusal::not_found("This sandbox has no business."))?;
    Ok(Identity { business, mode: ModeName::Test, kind: KeyKind::Normal })
}

fn made_up(digits: usize, start: &str) -> Result<String, Refusal> {
    let digits = random::hex(digits);
    let digits = digits.map_err(|error| {
        Refusal::internal(format!("The operating system provided no random bytes: {error}."))
    })?;
    Ok(format!("{start}{digits}"))
}
