//! `keys`: lists, creates, rolls and revokes keys in a file that no sandbox is using.

use std::error::Error;
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Subcommand};
use mileston_keys::{AnyKey, BusinessId, KeyKind, ModeName};
use serde::Serialize;

use super::executor::block_on;
use super::failure::Failure;
use super::length::Length;
use super::output::print;
use crate::text::to_json;
use crate::{KeyState, KeyStore, StoredKey};

/// List, create, roll and revoke the keys in a stopped sandbox's file.
///
/// `serve --store` creates such a file. A running sandbox has the same actions on its Developers page.
#[derive(Args)]
pub(super) struct Keys {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// List the keys: fingerprint, kind, mode, business, creation time and state
    ///
    /// A fingerprint isn't secret. The keys aren't shown, because the file has only their hashes.
    List {
        #[command(flatten)]
        file: File,
    },
    /// Create a key and print it
    ///
    /// Without options, the key is a Normal key for test mode, for the first business. With --json, prints {"key",
    /// "kind", "mode", "store"}.
    Create {
        #[command(flatten)]
        file: File,
        /// Create a Checkout key instead of a Normal key
        #[arg(long)]
        checkout: bool,
        /// Create a key for live mode instead of test mode
        #[arg(long)]
        live: bool,
        /// Create the key for this business instead of the first one
        #[arg(long, value_name = "ID")]
        business: Option<BusinessId>,
    },
    /// Replace a key and print the new one
    ///
    /// With --json, prints {"key", "kind", "mode", "store"}.
    Roll {
        /// The fingerprint of the key, from `keys list`
        fingerprint: String,
        #[command(flatten)]
        file: File,
        /// How long the old key stays valid: seconds, or a duration such as 1h30m [default: 0]
        #[arg(long, value_name = "TIME")]
        overlap: Option<Length>,
    },
    /// Disable a key at once
    ///
    /// With --json, prints {"fingerprint", "store"}.
    Revoke {
        /// The fingerprint of the key, from `keys list`
        fingerprint: String,
        #[command(flatten)]
        file: File,
    },
    /// Replace the wallet secret and print the new one; the old one stops working at once
    ///
    /// With --json, prints {"walletSecret", "store"}.
    RollSecret {
        #[command(flatten)]
        file: File,
        /// Replace the secret of this business instead of the first one
        #[arg(long, value_name = "ID")]
        business: Option<BusinessId>,
    },
}

#[derive(Args)]
struct File {
    /// The file with the keys
    #[arg(long, value_name = "FILE")]
    store: PathBuf,
    /// Print JSON instead of text
    #[arg(long, help_heading = "Output")]
    json: bool,
}

impl Action {
    fn file(&self) -> &File {
        match self {
            Action::List { file }
            | Action::Create { file, .. }
            | Action::Roll { file, .. }
            | Action::Revoke { file, .. }
            | Action::RollSecret { file, .. } => file,
        }
    }
}

/// Runs the command.
pub(super) fn run(Keys { action }: Keys) -> Result<(), Failure> {
    Ok(block_on(work(action))?)
}

async fn work(action: Action) -> Result<(), Box<dyn Error>> {
    let File { store, json } = action.file();
    let (path, json) = (store.display().to_string(), *json);
    let keys = KeyStore::open(store.clone()).await?;
    let outcome = perform(&keys, action).await;
    keys.close().await;
    let done = outcome?;
    if json {
        return print(&(to_json(&Named { done, store: &path })? + "\n"));
    }
    print(&format!("{done}\n"))
}

async fn perform(keys: &KeyStore, action: Action) -> Result<Done, Box<dyn Error>> {
    Ok(match action {
        Action::List { .. } => {
            Done::Listed { keys: keys.list().await?.iter().map(Row::of).collect() }
        }
        Action::Create { checkout, live, business, .. } => {
            let kind = if checkout { KeyKind::Checkout } else { KeyKind::Normal };
            let mode = if live { ModeName::Live } else { ModeName::Test };
            Done::created(&keys.create(business.as_ref(), kind, mode).await?)
        }
        Action::Roll { fingerprint, overlap, .. } => {
            let overlap = overlap.map_or(Duration::ZERO, |Length(time)| time);
            Done::created(&keys.roll(&fingerprint, overlap).await?)
        }
        Action::Revoke { fingerprint, .. } => {
            keys.revoke(&fingerprint).await?;
            Done::Revoked { fingerprint }
        }
        Action::RollSecret { business, .. } => {
            let secret = keys.roll_wallet_secret(business.as_ref()).await?;
            Done::Secret { wallet_secret: secret.expose_secret().to_owned() }
        }
    })
}

/// The result, and the file that was changed or read.
#[derive(Serialize)]
struct Named<'a> {
    #[serde(flatten)]
    done: Done,
    store: &'a str,
}

/// The result. It has no `Debug`, because it may contain a new credential.
#[derive(Serialize)]
#[serde(untagged, rename_all_fields = "camelCase")]
enum Done {
    Listed { keys: Vec<Row> },
    Created { key: String, kind: String, mode: String },
    Revoked { fingerprint: String },
    Secret { wallet_secret: String },
}

impl Done {
    fn created(key: &AnyKey) -> Self {
        let (kind, mode) = (key.kind().to_string(), key.mode().to_string());
        Done::Created { key: key.expose_secret().to_owned(), kind, mode }
    }
}

impl fmt::Display for Done {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Done::Listed { keys } => {
                let lines: Vec<_> = keys.iter().map(ToString::to_string).collect();
                f.write_str(&lines.join("\n"))
            }
            Done::Created { key, kind, mode } => {
                write!(f, "{key}\nA {kind} key for {mode} mode. It won't be shown again.")?;
                let live = *mode == ModeName::Live.to_string();
                f.write_str(if live { " It works only with `serve --live`." } else { "" })
            }
            Done::Revoked { fingerprint } => write!(f, "Revoked key {fingerprint}."),
            Done::Secret { wallet_secret } => write!(
                f,
                "{wallet_secret}\nThe wallet secret, for both modes. It won't be shown again."
            ),
        }
    }
}

/// A key in the list.
#[derive(Serialize)]
struct Row {
    fingerprint: String,
    kind: String,
    mode: String,
    state: String,
    created: String,
    business: String,
}

impl Row {
    fn of(key: &StoredKey) -> Self {
        Row {
            fingerprint: key.fingerprint.clone(),
            kind: key.kind.to_string(),
            mode: key.mode.to_string(),
            business: key.business.to_string(),
            created: key.created.to_string(),
            state: match key.state {
                KeyState::Active => "active".to_owned(),
                KeyState::Expires(time) => format!("expires {time}"),
                KeyState::Expired(time) => format!("expired {time}"),
                KeyState::Revoked(time) => format!("revoked {time}"),
            },
        }
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Row { fingerprint, kind, mode, state, created, business } = self;
        write!(f, "{fingerprint}  {kind:<8}  {mode}  {business}  {created}  {state}")
    }
}
