//! The Rust API for webhooks.

use std::fmt;
use std::sync::Arc;

use mileston_api::types::WebhookEvent;
use mileston_keys::{BusinessId, KeyKind, ModeName, WebhookToken};

use super::{Courier, WebhookRequest};
use crate::control_error::ControlError;
use crate::runtime::{Identity, Refusal};
use crate::store::{Webhook, WebhookDelivery};

/// Manages a business's webhooks, as the platform's dashboard does. Returned by
/// [`Sandbox::webhooks`](crate::Sandbox::webhooks).
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use mileston_sandbox::Sandbox;
///
/// let sandbox = Sandbox::start().await?;
/// let token = "fake-webhook-token".parse()?;
/// let webhook = sandbox.webhooks().register("http://127.0.0.1:3000/hook", &token, &[]).await?;
/// assert_eq!(webhook.events.len(), 3, "an empty list subscribes to all events");
/// assert_eq!(sandbox.webhooks().list().await?, [webhook]);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Webhooks {
    courier: Arc<Courier>,
    owner: Identity,
}

impl Webhooks {
    pub(crate) fn of(courier: &Arc<Courier>, business: &BusinessId) -> Self {
        let (business, mode, kind) = (business.clone(), ModeName::Test, KeyKind::Normal);
        Webhooks { courier: Arc::clone(courier), owner: Identity { business, mode, kind } }
    }

    /// Returns a handle to the webhooks of this business in this mode. If the business is unknown or has no keys for
    /// this mode, the handle's methods fail with 404.
    #[must_use]
    pub fn of_business(mut self, business: &BusinessId, mode: ModeName) -> Self {
        (self.owner.business, self.owner.mode) = (business.clone(), mode);
        self
    }

    /// Registers a webhook: events are sent to this URL, with this token. An empty list subscribes to all events.
    ///
    /// If a webhook with the same URL and events exists, only its token is replaced. It keeps its id and deliveries.
    ///
    /// # Errors
    ///
    /// Returns an error if the URL is invalid, isn't `http` or `https`, contains a user name, a password or a key, or
    /// has the IP address of a machine that the sandbox isn't allowed to reach; if an event is unknown; if there are
    /// already 16 webhooks; or if the store can't be written.
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
        Ok(self.courier.register(self.owner().await?, wanted).await?.0)
    }

    /// Returns all webhooks, oldest first.
    ///
    /// # Errors
    ///
    /// Returns an error if the store can't be read.
    pub async fn list(&self) -> Result<Vec<Webhook>, ControlError> {
        Ok(self.courier.list(self.owner().await?).await?)
    }

    /// Changes a webhook's token. Pending deliveries are sent with the new token.
    ///
    /// # Errors
    ///
    /// Returns an error if the webhook doesn't exist or the store can't be written.
    pub async fn change_token(
        &self,
        id: &str,
        token: &WebhookToken,
    ) -> Result<Webhook, ControlError> {
        let token = Some(token.expose_secret().to_owned());
        let wanted = WebhookRequest { token, ..WebhookRequest::default() };
        Ok(self.courier.change(self.owner().await?, id.to_owned(), wanted).await?)
    }

    /// Changes a webhook's URL. Pending deliveries are sent to the new URL.
    ///
    /// # Errors
    ///
    /// Returns an error if the webhook doesn't exist, [`register`](Webhooks::register) would reject the URL, another
    /// webhook has the same URL and events, or the store can't be written.
    pub async fn change_url(&self, id: &str, url: &str) -> Result<Webhook, ControlError> {
        let wanted = WebhookRequest { url: Some(url.to_owned()), ..WebhookRequest::default() };
        Ok(self.courier.change(self.owner().await?, id.to_owned(), wanted).await?)
    }

    /// Changes the events that a webhook is subscribed to, from now on. An empty list subscribes to all events.
    ///
    /// # Errors
    ///
    /// Returns an error if the webhook doesn't exist, an event is unknown, another webhook has the same URL and events,
    /// or the store can't be written.
    pub async fn change_events(
        &self,
        id: &str,
        events: &[WebhookEvent],
    ) -> Result<Webhook, ControlError> {
        let events = names(events).or_else(|| names(&super::EVENTS));
        let wanted = WebhookRequest { events, ..WebhookRequest::default() };
        Ok(self.courier.change(self.owner().await?, id.to_owned(), wanted).await?)
    }

    /// Removes a webhook and its deliveries, including pending ones.
    ///
    /// # Errors
    ///
    /// Returns an error if the webhook doesn't exist or the store can't be written.
    pub async fn remove(&self, id: &str) -> Result<(), ControlError> {
        Ok(self.courier.remove(self.owner().await?, id.to_owned()).await?)
    }

    /// Returns the newest `limit` deliveries, newest first.
    ///
    /// # Errors
    ///
    /// Returns an error if the store can't be read.
    pub async fn deliveries(&self, limit: u32) -> Result<Vec<WebhookDelivery>, ControlError> {
        Ok(self.courier.store().deliveries(self.owner().await?, None, limit).await?)
    }

    /// Sends a delivery again, regardless of its state. It is sent before all other deliveries, with the full number of
    /// attempts and without the adversary.
    ///
    /// # Errors
    ///
    /// Returns an error if the delivery doesn't exist or the store can't be written.
    pub async fn redeliver(&self, number: i64) -> Result<WebhookDelivery, ControlError> {
        Ok(self.courier.redeliver(self.owner().await?, number).await?)
    }

    /// Turns the adversary on with this seed, or turns it off if the seed is `None`. This affects later deliveries of
    /// all businesses.
    ///
    /// # Errors
    ///
    /// Returns an error if the store can't be written.
    pub async fn set_adversary(&self, seed: Option<u64>) -> Result<(), ControlError> {
        Ok(self.courier.set_adversary(seed).await?)
    }

    /// Returns the owner, or an error if the business or the mode doesn't exist.
    async fn owner(&self) -> Result<&Identity, Refusal> {
        let Identity { business, mode, .. } = &self.owner;
        if self.courier.store().has_account(business, *mode).await? {
            return Ok(&self.owner);
        }
        Err(Refusal::not_found("This business doesn't exist, or has no keys for this mode."))
    }
}

/// Shows the business and mode that the webhooks belong to.
impl fmt::Debug for Webhooks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Identity { business, mode, .. } = &self.owner;
        let mut shown = f.debug_struct("Webhooks");
        shown.field("business", business).field("mode", mode).finish_non_exhaustive()
    }
}

fn names(events: &[WebhookEvent]) -> Option<Vec<String>> {
    let names = || events.iter().map(ToString::to_string).collect();
    (!events.is_empty()).then(names)
}
