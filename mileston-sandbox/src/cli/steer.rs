//! `trigger`, `logs`, `reset`: steers a sandbox that runs.

use std::error::Error;

use mileston_sandbox::text::{plain, to_json};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::logs;
use super::output::{print, with_causes};
use super::remote::Remote;
use super::remote_arguments::{RemoteAction, RemoteOptions};

/// Does what is asked for. An error is a sentence for people.
pub(super) fn run(options: RemoteOptions) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| format!("cannot start: {error}"))?;
    runtime.block_on(work(options)).map_err(|error| with_causes(&*error))
}

async fn work(options: RemoteOptions) -> Result<(), Box<dyn Error>> {
    let RemoteOptions { url, json, action } = options;
    let remote = Remote::at(url)?;
    match action {
        RemoteAction::Trigger { event, id } => {
            let order = json!({"event": event, "id": id});
            print(&told(&remote.post::<Happened>("/_sandbox/trigger", &order).await?, json)?)
        }
        RemoteAction::Logs { follow } => logs::run(&remote, follow, json).await,
        RemoteAction::Reset => {
            print(&told(&remote.post::<Reset>("/_sandbox/reset", &json!({})).await?, json)?)
        }
    }
}

/// A line of JSON for programs, or a sentence for people.
fn told<T: Serialize + ToString>(what: &T, json: bool) -> Result<String, serde_json::Error> {
    Ok(if json { to_json(what)? } else { what.to_string() } + "\n")
}

/// What was triggered.
#[derive(Deserialize, Serialize)]
struct Happened {
    event: String,
    id: String,
    made: bool,
    amount: String,
    page: String,
}

impl std::fmt::Display for Happened {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let made = if self.made { " (made for this)" } else { "" };
        let Happened { event, amount, id, page, .. } = self;
        let [event, amount, id, page] = [event, amount, id, page].map(|text| plain(text));
        write!(f, "{event}: {amount} paid for {id}{made}\n{page}")
    }
}

/// What was there before.
#[derive(Deserialize, Serialize)]
struct Reset {
    removed: u64,
}

impl std::fmt::Display for Reset {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "The sandbox is empty: {} payment links, invoices and recurring payments are gone, wallets are as at the \
             start, rules of faults are removed. Keys are as before.",
            self.removed
        )
    }
}
