//! `webhooks`: lists, registers and removes the webhooks of a running sandbox.

use std::fmt;

use clap::{Args, Subcommand, ValueEnum};
use mileston_keys::WebhookToken;
use serde::{Deserialize, Serialize};

use super::failure::Failure;
use super::output::join;
use super::owner::{Owner, encoded};
use super::session::with_sandbox;
use super::target::Target;
use crate::text::plain;

/// The name of the environment variable that contains the token.
const VARIABLE: &str = "MILESTON_WEBHOOK_TOKEN";

/// List, register and remove the webhooks of a running sandbox.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Webhooks {
    #[command(subcommand)]
    action: Action,
    #[command(flatten)]
    owner: Owner,
    #[command(flatten)]
    target: Target,
}

#[derive(Subcommand)]
enum Action {
    /// List the webhooks, without their tokens
    ///
    /// With --json, prints {"webhooks", "sandbox"}.
    List,
    /// Register an endpoint, and print its token
    ///
    /// The token is the value of MILESTON_WEBHOOK_TOKEN. If that variable is unset or empty, a token is generated.
    /// There is no option for the token, because other users of the machine can see a program's options. If a
    /// webhook with the same URL and events exists, its token is replaced.
    ///
    /// With --json, prints the webhook (including "token") and "sandbox".
    Add {
        /// The URL that receives the events
        // This can't be named `url`, because the global option has that name.
        #[arg(value_name = "URL")]
        endpoint: String,
        /// Send only this event; repeat for more events
        #[arg(long = "event", value_name = "EVENT")]
        events: Vec<Event>,
    },
    /// Remove a webhook and all its deliveries
    ///
    /// With --json, prints {"id", "sandbox"}.
    Remove {
        /// The id of the webhook, from `webhooks list`
        id: String,
    },
}

/// The events, with the platform's names.
#[derive(Clone, Copy, Serialize, ValueEnum)]
pub(super) enum Event {
    /// A payment link was paid
    #[serde(rename = "paymentlink-paid")]
    #[value(name = "paymentlink-paid")]
    PaymentLink,
    /// An invoice was paid
    #[serde(rename = "invoice-paid")]
    #[value(name = "invoice-paid")]
    Invoice,
    /// A recurring payment was paid
    #[serde(rename = "recurring-paid")]
    #[value(name = "recurring-paid")]
    RecurringPayment,
}

const EXAMPLES: &str = "\
Examples:
  mileston-sandbox webhooks add http://127.0.0.1:3000/mileston
  mileston-sandbox webhooks list
  mileston-sandbox webhooks remove WEBHOOK_ID";

/// The body of the request. It has no `Debug` because it contains a token.
#[derive(Serialize)]
struct Wanted<'t> {
    url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<&'t str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    events: Vec<Event>,
}

/// Runs the chosen action.
pub(super) fn run(Webhooks { action, owner, target }: Webhooks) -> Result<(), Failure> {
    let token = token()?;
    with_sandbox(&target, async |sandbox| match action {
        Action::List => sandbox.get::<List>(&owner.path(PATH, &[])).await,
        Action::Add { endpoint, events } => {
            let token = token.as_ref().map(WebhookToken::expose_secret);
            let wanted = Wanted { url: endpoint, token, events };
            sandbox.post::<Webhook>(&owner.path(PATH, &[]), &wanted).await
        }
        Action::Remove { id } => {
            let path = format!("{PATH}/{}", encoded(&id));
            sandbox.delete::<()>(&owner.path(&path, &[])).await?;
            sandbox.print(&Removed { id })
        }
    })
}

/// The path of the control endpoint.
const PATH: &str = "/_sandbox/webhooks";

/// Returns the token from the environment, or `None` if the variable is unset or empty.
fn token() -> Result<Option<WebhookToken>, Failure> {
    if std::env::var_os(VARIABLE).is_none_or(|value| value.is_empty()) {
        return Ok(None);
    }
    let token = WebhookToken::from_env(VARIABLE);
    token.map(Some).map_err(|error| Failure::Misused(error.to_string()))
}

#[derive(Deserialize, Serialize)]
struct List {
    webhooks: Vec<Webhook>,
}

impl fmt::Display for List {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines = self.webhooks.iter().map(ToString::to_string);
        f.write_str(&join(lines, "There are no webhooks."))
    }
}

/// A webhook, with its token if it was just registered.
#[derive(Deserialize, Serialize)]
struct Webhook {
    id: String,
    url: String,
    events: Vec<String>,
    created: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    token: Option<String>,
}

impl fmt::Display for Webhook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Webhook { id, url, events, created, token } = self;
        let line = format!("{id}  {url}  {}  {created}", events.join(", "));
        f.write_str(&plain(&line))?;
        let Some(token) = token else { return Ok(()) };
        write!(f, "\nIts token is {}. It won't be shown again.", plain(token))
    }
}

#[derive(Serialize)]
struct Removed {
    id: String,
}

impl fmt::Display for Removed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Removed webhook {}.", plain(&self.id))
    }
}
