//! The webhooks of an account.

use mileston_api::Timestamp;
use mileston_api::types::WebhookEvent;
use mileston_keys::WebhookToken;
use rusqlite::{Row, params};

use super::rejection::Rejection;
use super::sql::{Sql, from_json, to_json};
use super::{Account, Store};

/// The maximum number of webhooks for each business and mode.
const MAX_WEBHOOKS: u32 = 16;

/// A webhook, without its token.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Webhook {
    /// The webhook's id.
    pub id: String,
    /// The endpoint's URL.
    pub url: String,
    /// The events that the webhook is subscribed to.
    pub events: Vec<WebhookEvent>,
    /// When the webhook was registered.
    pub created: Timestamp,
}

/// The properties of a new webhook, or changes to an existing one. In a change, `None` leaves a property unchanged.
#[derive(Clone, Debug, Default)]
pub(crate) struct WebhookDraft {
    pub(crate) url: Option<String>,
    pub(crate) token: Option<WebhookToken>,
    pub(crate) events: Option<Vec<WebhookEvent>>,
}

/// The URL to deliver to, and the token that proves who sent the delivery.
#[derive(Clone, Debug)]
pub(crate) struct Destination {
    pub(crate) url: String,
    pub(crate) token: WebhookToken,
}

impl Account<'_> {
    /// Adds a webhook, and returns it and whether it is new. If a webhook with the same URL and events exists, only its
    /// token is replaced.
    pub(crate) fn put_webhook(
        &self,
        (url, token, events): (&str, &WebhookToken, &[WebhookEvent]),
    ) -> Result<(Webhook, bool), Rejection> {
        if let Some(same) = self.same_webhook(url, events)? {
            let token = Some(token.clone());
            let taken_over = WebhookDraft { token, ..WebhookDraft::default() };
            return Ok((self.change_webhook(&same.id, &taken_over)?, false));
        }
        let count = "SELECT count(*) FROM webhooks WHERE account = ?1";
        if self.sql().first(count, [self.id()], |row| row.get::<_, u32>(0))? >= Some(MAX_WEBHOOKS) {
            return Err(Rejection::TooManyWebhooks(MAX_WEBHOOKS));
        }
        let id = self.draw().uuid()?;
        let text = "INSERT INTO webhooks (account, id, url, token, events, created) \
                    VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        let (token, events) = (token.expose_secret(), to_json(&events)?);
        self.sql().run(text, params![self.id(), id, url, token, events, self.moment().now])?;
        Ok((self.webhook(&id)?, true))
    }

    /// Returns the webhook with this URL and these events, if there is one.
    fn same_webhook(
        &self,
        url: &str,
        events: &[WebhookEvent],
    ) -> Result<Option<Webhook>, Rejection> {
        let webhooks = self.webhooks()?.into_iter();
        Ok(webhooks.into_iter().find(|one| one.url == url && one.events == events))
    }

    /// Returns all webhooks, oldest first.
    pub(crate) fn webhooks(&self) -> Result<Vec<Webhook>, Rejection> {
        let text = "SELECT id, url, events, created FROM webhooks WHERE account = ?1 \
                    ORDER BY sequence";
        let rows = self.sql().all(text, [self.id()], read)?;
        rows.into_iter().map(parse).collect()
    }

    /// Returns one webhook, or fails if it doesn't exist.
    pub(crate) fn webhook(&self, id: &str) -> Result<Webhook, Rejection> {
        let text = "SELECT id, url, events, created FROM webhooks WHERE account = ?1 AND id = ?2";
        parse(self.sql().first(text, params![self.id(), id], read)?.ok_or_else(unknown)?)
    }

    /// Changes a webhook. Pending deliveries use the new URL and token. Fails if another webhook has the same URL and
    /// events.
    pub(crate) fn change_webhook(&self, id: &str, to: &WebhookDraft) -> Result<Webhook, Rejection> {
        let Webhook { url, events, .. } = self.webhook(id)?;
        let (url, events) =
            (to.url.as_ref().unwrap_or(&url), to.events.as_ref().unwrap_or(&events));
        if self.same_webhook(url, events)?.is_some_and(|same| same.id != id) {
            return Err(Rejection::SameWebhook);
        }
        let text = "UPDATE webhooks SET url = coalesce(?3, url), token = coalesce(?4, token), \
                    events = coalesce(?5, events) WHERE account = ?1 AND id = ?2";
        let token = to.token.as_ref().map(WebhookToken::expose_secret);
        let events = to.events.as_ref().map(to_json).transpose()?;
        self.sql().run(text, params![self.id(), id, to.url, token, events])?;
        self.webhook(id)
    }

    /// Removes a webhook and all of its deliveries.
    pub(crate) fn remove_webhook(&self, id: &str) -> Result<(), Rejection> {
        let text = "DELETE FROM webhooks WHERE account = ?1 AND id = ?2";
        match self.sql().run(text, params![self.id(), id])? {
            0 => Err(unknown()),
            _ => Ok(()),
        }
    }
}

impl Store {
    /// Returns the ids of the webhooks of all accounts.
    pub(crate) async fn all_webhooks(&self) -> Result<Vec<i64>, Rejection> {
        self.look(|sql| sql.all("SELECT sequence FROM webhooks", [], |row| row.get(0))).await
    }
}

/// Returns the URL and token of a webhook, or `None` if it was removed.
pub(super) fn destination(sql: Sql<'_>, webhook: i64) -> Result<Option<Destination>, Rejection> {
    let text = "SELECT url, token FROM webhooks WHERE sequence = ?1";
    let read = |row: &Row<'_>| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?));
    let Some((url, token)) = sql.first(text, [webhook], read)? else { return Ok(None) };
    let token = WebhookToken::try_from(token).map_err(Rejection::unreadable)?;
    Ok(Some(Destination { url, token }))
}

fn read(row: &Row<'_>) -> rusqlite::Result<(String, String, String, i64)> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
}

fn parse((id, url, events, created): (String, String, String, i64)) -> Result<Webhook, Rejection> {
    let created = Timestamp::from_millisecond(created).map_err(Rejection::unreadable)?;
    Ok(Webhook { id, url, events: from_json(&events)?, created })
}

fn unknown() -> Rejection {
    Rejection::WebhookNotFound
}
