//! Selects the business and mode that a request names in its query. The default is the first business in test mode.

use std::sync::Arc;

use axum::extract::FromRef;
use mileston_keys::{BusinessId, KeyKind, ModeName};

use super::state::Control;
use crate::issuer::Issuer;
use crate::runtime::{Identity, Incoming, Refusal};
use crate::store::Store;

/// The businesses and modes that a request may select.
#[derive(Clone)]
pub(super) struct Accounts {
    store: Arc<Store>,
    issuer: Arc<Issuer>,
}

impl FromRef<Control> for Accounts {
    fn from_ref(control: &Control) -> Self {
        Accounts { store: Arc::clone(&control.store), issuer: Arc::clone(&control.issuer) }
    }
}

impl Accounts {
    /// Reads the `business` and `mode` query parameters.
    pub(super) async fn of(&self, incoming: &Incoming) -> Result<Identity, Refusal> {
        let wanted: Option<BusinessId> = incoming.optional_query("business")?;
        let mode = match incoming.optional_query::<String>("mode")?.as_deref() {
            None | Some("test") => ModeName::Test,
            Some("live") if self.issuer.has_live_mode() => ModeName::Live,
            Some("live") => {
                return Err(unfit("live requires a sandbox that was started with --live"));
            }
            Some(_) => return Err(unfit("must be test or live")),
        };
        let business = match wanted {
            Some(business) if self.store.has_account(&business, mode).await? => Some(business),
            Some(_) => None,
            None => self.store.first_business().await?,
        };
        let business = business.ok_or_else(|| Refusal::not_found("No business has this id."))?;
        Ok(Identity { business, mode, kind: KeyKind::Normal })
    }
}

fn unfit(requirement: &str) -> Refusal {
    Refusal::invalid([format!("mode {requirement}")])
}
