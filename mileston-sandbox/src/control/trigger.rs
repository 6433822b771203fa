//! Pays a record as a payer would, so that the record's webhook event is sent.

mod mistake;
mod sample;
mod wallet;

use axum::Json;
use axum::extract::State;
use mileston_api::types::{Chain, Invoice, PaymentLink, RecurringPayment, WebhookEvent};
use mileston_api::{TokenAmount, tokens};
use mileston_keys::{KeyKind, ModeName};
use serde::{Deserialize, Serialize};
use serde_json::json;

use self::mistake::{Mistake, Sent};
use self::sample::{Sample, read};
use super::shown::Payment;
use super::state::Control;
use crate::environment::environment;
use crate::mistakes::Mistakes;
use crate::money::Money;
use crate::random;
use crate::runtime::{Authority, Identity, Incoming, Refusal};
use crate::webhooks::EVENTS;

/// The event to trigger, and the id of the record to pay. Without an id, a new record is created and paid.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Order {
    event: WebhookEvent,
    id: Option<String>,
    /// The price of the new record.
    amount: Option<TokenAmount>,
    /// The chain that the payer chooses.
    #[serde(default = "base")]
    chain: Chain,
    /// How much the payer sends instead of the amount due.
    pays: Option<TokenAmount>,
    /// `None` to pay correctly.
    mistake: Option<Mistake>,
}

fn base() -> Chain {
    Chain::Base
}

impl Order {
    fn check(&self) -> Result<(), Refusal> {
        let mut mistakes = Mistakes::default();
        mistakes.expect(
            self.amount.is_none() || self.id.is_none(),
            "amount",
            "is the price of a new record, so it must not be combined with id; set pays to choose what the payer sends",
        );
        mistakes.expect(
            self.pays.is_none() || self.mistake.is_none(),
            "pays",
            "must not be combined with mistake",
        );
        let row = tokens::TABLE.iter().find(|row| row.chain == self.chain);
        let chains: Vec<_> = tokens::TABLE.iter().map(|row| row.chain.as_str()).collect();
        mistakes.expect(row.is_some(), "chain", &format!("must be one of {}", chains.join(", ")));
        if let (Some(mistake), Some(row)) = (self.mistake, row)
            && let Err(requirement) = mistake.fits(row)
        {
            mistakes.note(requirement);
        }
        mistakes.refuse()
    }
}

/// The result of a trigger.
#[derive(Serialize)]
pub(super) struct Happened {
    event: WebhookEvent,
    id: String,
    /// Whether this request created the record.
    made: bool,
    amount: String,
    page: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    mistake: Option<Mistake>,
    /// The payments that the payer made instead of a correct one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    payments: Vec<Payment>,
}

pub(super) async fn trigger(
    State(control): State<Control>,
    incoming: Incoming,
) -> Result<Json<Happened>, Refusal> {
    let order: Order = incoming.body()?;
    order.check()?;
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

/// Does what a payer and their browser do. A correct payment is reported with a transaction that isn't on any chain. A
/// payment with a mistake or a chosen amount is made on the simulated chain and isn't reported.
async fn pay<R: Sample>(control: &Control, order: Order) -> Result<Happened, Refusal> {
    let Order { event, id, amount, chain, pays, mistake } = order;
    let made = id.is_none();
    let (caller, id) = match id {
        Some(id) => (owner::<R>(control, &id).await?, id),
        None => {
            let caller = first(control).await?;
            let price = amount.map_or(sample::AMOUNT.to_owned(), |amount| amount.to_string());
            let id = R::make(control, &caller, &price).await?;
            (caller, id)
        }
    };
    let wanted = id.clone();
    let found = control.store.read(&caller, move |account| account.find::<R>(&wanted)).await?;
    let amount = found.data.amount().unwrap_or_default().to_owned();
    let page = control.links.checkout::<R>(&id);
    let sent = match (mistake, pays) {
        (Some(mistake), _) => Some(mistake.payment(chain.clone(), &amount)?),
        (None, Some(pays)) => Some(Sent::correct(chain.clone(), Money::of_token(pays))),
        (None, None) => None,
    };
    let payments = match sent {
        Some(sent) => mistake::send(control, &caller, sent).await?,
        None => {
            report::<R>(control, &caller, &id, &amount, &chain).await?;
            Vec::new()
        }
    };
    Ok(Happened { event, id, made, amount, page, mistake, payments })
}

/// Reports a correct payment, with a transaction that isn't on any chain.
async fn report<R: Sample>(
    control: &Control,
    caller: &Identity,
    id: &str,
    amount: &str,
    chain: &Chain,
) -> Result<(), Refusal> {
    let payer = match chain {
        Chain::Sui => made_up(60, "0xfa4e")?,
        Chain::Solana => made_up(37, "Sandbox")?,
        _ => made_up(36, "0xfa4e")?,
    };
    let report = json!({
        "paymentLinkId": id, "payer": payer,
        "recipientWalletAddress": wallet::address(control, caller, chain).await?, "amount": amount,
        "userUUID": caller.business.as_str(), "transactionSignature": made_up(64, "0x")?,
        "chain": chain, "env": environment(caller.mode),
    });
    R::report(control, caller, read(report)?).await
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

/// Returns the business that the sandbox was started with. This business owns the records that a trigger creates.
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
