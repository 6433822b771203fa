//! `keys`: lists, creates, rolls and revokes keys in a file that no sandbox is using.

use std::collections::BTreeMap;
use std::error::Error;

use mileston_keys::AnyKey;
use mileston_sandbox::text::to_json;
use mileston_sandbox::{KeyState, KeyStore, StoredKey};
use serde::Serialize;

use super::key_arguments::{KeyAction, KeyOptions};
use super::output::{print, with_causes};

/// Runs the command. An error is a sentence to print.
pub(super) fn run(options: KeyOptions) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .map_err(|error| format!("cannot start: {error}"))?;
    runtime.block_on(work(options)).map_err(|error| with_causes(&*error))
}

async fn work(options: KeyOptions) -> Result<(), Box<dyn Error>> {
    let KeyOptions { store, json, action } = options;
    let keys = KeyStore::open(store).await?;
    let text = perform(&keys, json, action).await;
    keys.close().await;
    print(&text?)
}

async fn perform(keys: &KeyStore, json: bool, action: KeyAction) -> Result<String, Box<dyn Error>> {
    match action {
        KeyAction::List => list(&keys.list().await?, json),
        KeyAction::Create { business, kind, mode } => {
            tell(&keys.create(business.as_ref(), kind, mode).await?, json)
        }
        KeyAction::Roll { fingerprint, overlap } => {
            tell(&keys.roll(&fingerprint, overlap).await?, json)
        }
        KeyAction::RollSecret { business } => {
            let secret = keys.roll_wallet_secret(business.as_ref()).await?;
            tell_secret(secret.expose_secret(), json)
        }
        KeyAction::Revoke { fingerprint } => {
            keys.revoke(&fingerprint).await?;
            if json { Ok("{}\n".to_owned()) } else { Ok(format!("{fingerprint} is revoked.\n")) }
        }
    }
}

fn list(keys: &[StoredKey], json: bool) -> Result<String, Box<dyn Error>> {
    let rows: Vec<_> = keys.iter().map(Row::of).collect();
    if json {
        return Ok(to_json(&rows)? + "\n");
    }
    let mut text = String::new();
    for Row { fingerprint, kind, mode, state, created, business } in rows {
        let line = format!("{fingerprint}  {kind:<8}  {mode}  {business}  {created}  {state}\n");
        text.push_str(&line);
    }
    Ok(text)
}

/// Formats a new key for printing. This is the only time that it is shown.
fn tell(key: &AnyKey, json: bool) -> Result<String, Box<dyn Error>> {
    let (text, kind, mode) = (key.expose_secret(), key.kind(), key.mode());
    if json {
        let told = Told { key: text, kind: kind.to_string(), mode: mode.to_string() };
        return Ok(to_json(&told)? + "\n");
    }
    let note = if mode == mileston_keys::ModeName::Live {
        " It works only with `serve --live`."
    } else {
        ""
    };
    Ok(format!("{text}\nA {kind} key for {mode} mode. It is shown only this once.{note}\n"))
}

fn tell_secret(secret: &str, json: bool) -> Result<String, Box<dyn Error>> {
    if json {
        let told = BTreeMap::from([("walletSecret", secret)]);
        return Ok(to_json(&told)? + "\n");
    }
    Ok(format!("{secret}\nThe wallet secret, for both modes. It is shown only this once.\n"))
}

#[derive(Serialize)]
struct Told<'a> {
    key: &'a str,
    kind: String,
    mode: String,
}

#[derive(Serialize)]
struct Row<'a> {
    fingerprint: &'a str,
    kind: String,
    mode: String,
    business: &'a str,
    created: String,
    state: String,
}

impl<'a> Row<'a> {
    fn of(key: &'a StoredKey) -> Self {
        Row {
            fingerprint: &key.fingerprint,
            kind: key.kind.to_string(),
            mode: key.mode.to_string(),
            business: key.business.as_str(),
            created: key.created.to_string(),
            state: match key.state {
                KeyState::Active => "active".to_owned(),
                KeyState::Expires(time) => format!("expires {time}"),
                KeyState::Expired(time) => format!("expired {time}"),
                KeyState::Revoked(time) => format!("revoked {time}"),
                _ => "unknown".to_owned(),
            },
        }
    }
}
