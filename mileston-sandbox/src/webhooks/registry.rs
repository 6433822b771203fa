//! Registers and manages webhooks, for the Rust API, the HTTP API and the pages.

use mileston_api::types::WebhookEvent;
use mileston_keys::WebhookToken;

use super::{Courier, address};
use crate::mistakes::Mistakes;
use crate::random;
use crate::runtime::{Identity, Refusal};
use crate::store::{Account, Rejection, Webhook, WebhookDelivery, WebhookDraft};

/// All events. By default, a webhook is subscribed to all of them (vendor docs, Webhooks).
pub(crate) const EVENTS: [WebhookEvent; 3] =
    [WebhookEvent::PaymentlinkPaid, WebhookEvent::InvoicePaid, WebhookEvent::RecurringPaid];

/// The requested properties of a webhook, not yet checked.
#[derive(Default)]
pub(crate) struct WebhookRequest {
    pub(crate) url: Option<String>,
    pub(crate) token: Option<String>,
    pub(crate) events: Option<Vec<String>>,
}

impl Courier {
    /// Registers a webhook. Returns it, its token, and whether it is new. If a webhook with the same URL and events
    /// exists, its token is replaced. If there is no token, one is generated. If there are no events, the webhook is
    /// subscribed to all events.
    pub(crate) async fn register(
        &self,
        owner: &Identity,
        wanted: WebhookRequest,
    ) -> Result<(Webhook, WebhookToken, bool), Refusal> {
        let url_is_missing = wanted.url.is_none();
        let draft = self.check(wanted, url_is_missing)?;
        let token = draft.token.map_or_else(new_token, Ok)?;
        let (url, kept) = (draft.url.unwrap_or_default(), token.clone());
        let events = draft.events.unwrap_or_else(|| EVENTS.to_vec());
        let put = move |account: &Account<'_>| account.put_webhook((&url, &kept, &events));
        let (webhook, is_new) = self.store().write(owner, put).await?;
        self.webhooks_changed();
        Ok((webhook, token, is_new))
    }

    /// Returns all webhooks of a business in a mode, oldest first.
    pub(crate) async fn list(&self, owner: &Identity) -> Result<Vec<Webhook>, Rejection> {
        self.store().read(owner, |account| account.webhooks()).await
    }

    /// Changes the given properties. Pending deliveries use the new URL and token.
    pub(crate) async fn change(
        &self,
        owner: &Identity,
        id: String,
        wanted: WebhookRequest,
    ) -> Result<Webhook, Refusal> {
        let draft = self.check(wanted, false)?;
        let change = move |account: &Account<'_>| account.change_webhook(&id, &draft);
        let webhook = self.store().write(owner, change).await?;
        self.webhooks_changed();
        Ok(webhook)
    }

    /// Removes a webhook and all of its deliveries.
    pub(crate) async fn remove(&self, owner: &Identity, id: String) -> Result<(), Refusal> {
        self.store().write(owner, move |account| account.remove_webhook(&id)).await?;
        self.webhooks_changed();
        Ok(())
    }

    /// Sends a delivery again, regardless of its state.
    pub(crate) async fn redeliver(
        &self,
        owner: &Identity,
        number: i64,
    ) -> Result<WebhookDelivery, Refusal> {
        let delivery = self.store().write(owner, move |account| account.redeliver(number)).await?;
        self.nudge();
        Ok(delivery)
    }

    /// Turns the adversary on or off.
    pub(crate) async fn set_adversary(&self, seed: Option<u64>) -> Result<(), Rejection> {
        self.store().set_adversary(seed, self.settings().first_wait).await
    }

    fn check(&self, wanted: WebhookRequest, url_is_missing: bool) -> Result<WebhookDraft, Refusal> {
        let WebhookRequest { url, token, events } = wanted;
        let mut mistakes = Mistakes::default();
        mistakes.expect(!url_is_missing, "url", "is missing");
        let targets = &self.settings().targets;
        let url = url.and_then(|text| match address::parse(&text, targets) {
            Ok(url) => Some(url.into()),
            Err(mistake) => {
                mistakes.note(mistake);
                None
            }
        });
        let token = token.and_then(|text| match WebhookToken::try_from(text) {
            Ok(token) => Some(token),
            Err(error) => {
                mistakes.note(format!("token isn't valid: {error}"));
                None
            }
        });
        let events: Option<Vec<WebhookEvent>> =
            events.map(|names| names.iter().map(|name| name.as_str().into()).collect());
        expect_known(&mut mistakes, events.as_deref());
        mistakes.refuse()?;
        Ok(WebhookDraft { url, token, events: events.as_deref().map(in_order) })
    }
}

fn expect_known(mistakes: &mut Mistakes, events: Option<&[WebhookEvent]>) {
    let known = events.is_none_or(|events| {
        !events.is_empty() && events.iter().all(|event| EVENTS.contains(event))
    });
    let requirement = "must be one or more of paymentlink-paid, invoice-paid, recurring-paid";
    mistakes.expect(known, "events", requirement);
}

/// Removes duplicates and sorts so that equal lists compare equal.
fn in_order(events: &[WebhookEvent]) -> Vec<WebhookEvent> {
    EVENTS.into_iter().filter(|event| events.contains(event)).collect()
}

fn new_token() -> Result<WebhookToken, Refusal> {
    let letters = random::letters(40).map_err(|error| {
        Refusal::internal(format!("The operating system provided no random bytes: {error}."))
    })?;
    let token = format!("webhook-token-{letters}").parse();
    token.map_err(|error| Refusal::internal(format!("The generated token isn't valid: {error}.")))
}
