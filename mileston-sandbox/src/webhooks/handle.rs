//! Webhooks as Rust sees them.

use std::fmt;
use std::sync::Arc;

use mileston_api::types::WebhookEvent;
use mileston_keys::{BusinessId, KeyKind, ModeName, WebhookToken};

use super::{Courier, WebhookRequest};
use crate::control_error::ControlError;
use crate::runtime::{Identity, Refusal};
use crate::store::{Webhook, WebhookDelivery};

/// The webhooks of a business, as the dashboard would manage them: [`Sandbox::webhooks`](crate::Sandbox::webhooks).
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use mileston_sandbox::Sandbox;
///
/// let sandbox = Sandbox::start().await?;
/// let token = "fake-webhook-token".parse()?;
/// let webhook = sandbox.webhooks().register("http://127.0.0.1:3000/hook", &token, &[]).await?;
/// assert_eq!(webhook.events.len(), 3, "without a choice it is told of everything");
/// assert_eq!(sandbox.webhooks().list().await?, [webhook]);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Webhooks {
    courier: Arc<Courier>,
    whose: Identity,
}

impl Webhooks {
    pub(crate) fn of(courier: &Arc<Courier>, business: &BusinessId) -> Self {
        let (business, mode, kind) = (business.clone(), ModeName::Test, KeyKind::Normal);
        Webhooks { courier: Arc::clone(courier), whose: Identity { business, mode, kind } }
    }

    /// The webhooks of another business, or of live mode. If there is no such business, all else is refused with 404.
    #[must_use]
    pub fn of_business(mut self, business: &BusinessId, mode: ModeName) -> Self {
        (self.whose.business, self.whose.mode) = (business.clone(), mode);
        self
    }

    /// Registers a webhook: payments are sent to this URL, with this token. Without events it gets all.
    ///
    /// A webhook with the same URL and events is taken over: it keeps its id and its deliveries, and gets the token.
    ///
    /// # Errors
    ///
    /// The URL is none of `http` or `https`, or leads to another machine and the sandbox was not started to reach
    /// everywhere; an event is unknown; there are 16 webhooks already; the store can't be written.
    pub async fn register(
        &self,
        url: &str,
        token: &WebhookToken,
        events: &[WebhookEvent],
    ) -> Result<Webhook, ControlError> {
        let wanted = WebhookRequest {
            url: Some(url.to_owned()),
            token: Some(token.expose_secret().to_owned()),
            events: names(events),
        };
        Ok(self.courier.register(self.whose().await?, wanted).await?.0)
    }

    /// All webhooks, the oldest first.
    ///
    /// # Errors
    ///
    /// The store can't be read.
    pub async fn list(&self) -> Result<Vec<Webhook>, ControlError> {
        Ok(self.courier.list(self.whose().await?).await?)
    }

    /// Gives a webhook another token. What waits to be delivered comes with the new one.
    ///
    /// # Errors
    ///
    /// There is no such webhook, or the store can't be written.
    pub async fn change_token(
        &self,
        id: &str,
        token: &WebhookToken,
    ) -> Result<Webhook, ControlError> {
        let token = Some(token.expose_secret().to_owned());
        let wanted = WebhookRequest { token, ..WebhookRequest::default() };
        Ok(self.courier.change(self.whose().await?, id.to_owned(), wanted).await?)
    }

    /// Lets a webhook lead elsewhere. What waits to be delivered goes there.
    ///
    /// # Errors
    ///
    /// As for [`register`](Webhooks::register), and there may be no such webhook.
    pub async fn change_url(&self, id: &str, url: &str) -> Result<Webhook, ControlError> {
        let wanted = WebhookRequest { url: Some(url.to_owned()), ..WebhookRequest::default() };
        Ok(self.courier.change(self.whose().await?, id.to_owned(), wanted).await?)
    }

    /// Lets a webhook be told of these events from now on; of all, if there are none.
    ///
    /// # Errors
    ///
    /// There is no such webhook, an event is unknown, or the store can't be written.
    pub async fn change_events(
        &self,
        id: &str,
        events: &[WebhookEvent],
    ) -> Result<Webhook, ControlError> {
        let events = names(events).or_else(|| names(&super::EVENTS));
        let wanted = WebhookRequest { events, ..WebhookRequest::default() };
        Ok(self.courier.change(self.whose().await?, id.to_owned(), wanted).await?)
    }

    /// Forgets a webhook, with all that waits for it.
    ///
    /// # Errors
    ///
    /// There is no such webhook, or the store can't be written.
    pub async fn remove(&self, id: &str) -> Result<(), ControlError> {
        Ok(self.courier.remove(self.whose().await?, id.to_owned()).await?)
    }

    /// The newest deliveries first, so many at most.
    ///
    /// # Errors
    ///
    /// The store can't be read.
    pub async fn deliveries(&self, limit: u32) -> Result<Vec<WebhookDelivery>, ControlError> {
        Ok(self.courier.store().deliveries(self.whose().await?, None, limit).await?)
    }

    /// Sends a delivery again, whatever became of it: before all others, with all tries anew, without an adversary.
    ///
    /// # Errors
    ///
    /// There is no such delivery, or the store can't be written.
    pub async fn redeliver(&self, number: i64) -> Result<WebhookDelivery, ControlError> {
        Ok(self.courier.redeliver(self.whose().await?, number).await?)
    }

    /// Lets an adversary in, or keeps it out. It has to do with what happens from now on, in the whole sandbox.
    ///
    /// # Errors
    ///
    /// The store can't be written.
    pub async fn set_adversary(&self, seed: Option<u64>) -> Result<(), ControlError> {
        Ok(self.courier.set_adversary(seed).await?)
    }

    /// Whose they are, if the sandbox knows it.
    async fn whose(&self) -> Result<&Identity, Refusal> {
        let Identity { business, mode, .. } = &self.whose;
        if self.courier.store().has_account(business, *mode).await? {
            return Ok(&self.whose);
        }
        Err(Refusal::not_found("There is no such business, or it has no keys for this mode."))
    }
}

/// Shows whose they are.
impl fmt::Debug for Webhooks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Identity { business, mode, .. } = &self.whose;
        let mut shown = f.debug_struct("Webhooks");
        shown.field("business", business).field("mode", mode).finish_non_exhaustive()
    }
}

fn names(events: &[WebhookEvent]) -> Option<Vec<String>> {
    let names = || events.iter().map(ToString::to_string).collect();
    (!events.is_empty()).then(names)
}
