//! `trigger`, `logs` and `reset`: control a running sandbox.

use std::error::Error;
use std::fmt;

use mileston_sandbox::text::{plain, to_json};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::identity::Identity;
use super::logs;
use super::output::{print, with_causes};
use super::remote::Remote;
use super::remote_arguments::{RemoteAction, RemoteOptions};

/// Runs the command. An error is a sentence to print.
pub(super) fn run(options: RemoteOptions) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| format!("cannot start: {error}"))?;
    runtime.block_on(work(options)).map_err(|error| with_causes(&*error))
}

async fn work(options: RemoteOptions) -> Result<(), Box<dyn Error>> {
    let RemoteOptions { url, named, json, action } = options;
    let remote = Remote::at(url)?;
    match action {
        RemoteAction::Trigger { event, id, mistake } => {
            let sandbox = remote.identify().await?;
            let mut order = json!({"event": event, "id": id});
            if let Some(mistake) = mistake {
                order["mistake"] = mistake.into();
            }
            let what = remote.post::<Happened>("/_sandbox/trigger", &order).await?;
            print(&told(&Done { what, sandbox }, json)?)
        }
        RemoteAction::Logs { follow } => logs::run(&remote, follow, json).await,
        RemoteAction::Reset { yes } => {
            let sandbox = remote.identify().await?;
            sandbox.may_be_emptied(yes || named)?;
            let what = remote.post::<Reset>("/_sandbox/reset", &json!({})).await?;
            print(&told(&Done { what, sandbox }, json)?)
        }
    }
}

/// Formats the result as one line of JSON for programs, or as sentences for people.
fn told<T: Serialize + ToString>(what: &T, json: bool) -> Result<String, serde_json::Error> {
    Ok(if json { to_json(what)? } else { what.to_string() } + "\n")
}

/// The result, and the sandbox it applies to.
#[derive(Serialize)]
struct Done<T> {
    #[serde(flatten)]
    what: T,
    sandbox: Identity,
}

impl<T: fmt::Display> fmt::Display for Done<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\nThis was {}.", self.what, self.sandbox)
    }
}

/// The response to a trigger.
#[derive(Deserialize, Serialize)]
struct Happened {
    event: String,
    id: String,
    made: bool,
    amount: String,
    page: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    mistake: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    payments: Vec<Payment>,
}

/// A payment with a mistake. The JSON output has all the fields that the sandbox returned.
#[derive(Deserialize, Serialize)]
struct Payment {
    chain: String,
    token: String,
    amount: String,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

impl fmt::Display for Happened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Happened { event, id, amount, page, .. } = self;
        let [event, id, amount, page] = [event, id, amount, page].map(|text| plain(text));
        let made = if self.made { " (created for this)" } else { "" };
        match &self.mistake {
            None => write!(f, "{event}: {amount} paid for {id}{made}\n{page}"),
            Some(mistake) => {
                let mistake = plain(mistake);
                write!(f, "{event}: {mistake} for {id}{made}, which costs {amount}:")?;
                for Payment { chain, token, amount, .. } in &self.payments {
                    let [chain, token, amount] = [chain, token, amount].map(|text| plain(text));
                    write!(f, " {amount} {token} sent on {chain}.")?;
                }
                write!(f, "\n{page}")
            }
        }
    }
}

/// The response to a reset.
#[derive(Deserialize, Serialize)]
struct Reset {
    removed: u64,
}

impl fmt::Display for Reset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "The sandbox is reset: {} payment links, invoices and recurring payments were removed, \
             wallets have their initial balances, and fault rules are gone. Keys are unchanged.",
            self.removed
        )
    }
}
