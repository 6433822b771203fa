//! Reads the settings from the environment. Keys are never printed, and never part of an error.

use std::error::Error;

use mileston_api::keys::WebhookToken;
use mileston_api::{BusinessId, CheckoutKey, NormalKey, Test};

/// What the shop needs to start. `Test` is the mode of its keys; for real money, replace it with `Live` in this crate.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Creates the invoices.
    pub key: NormalKey<Test>,
    /// Asks whether an invoice is paid: only checkout reports that.
    pub checkout_key: CheckoutKey<Test>,
    /// The business that both keys belong to.
    pub business_id: BusinessId,
    /// The token that was registered together with the URL of the webhook.
    pub webhook_token: WebhookToken,
    /// The sandbox, or `None` for the real platform.
    pub origin: Option<String>,
    /// Where to listen.
    pub address: String,
}

impl Settings {
    /// Reads the environment.
    ///
    /// # Errors
    ///
    /// A variable is missing or invalid. The error names it.
    pub fn from_env() -> Result<Self, Box<dyn Error>> {
        Ok(Settings {
            key: NormalKey::from_env("MILESTON_KEY")?,
            checkout_key: CheckoutKey::from_env("MILESTON_CHECKOUT_KEY")?,
            business_id: BusinessId::from_env("MILESTON_BUSINESS_ID")?,
            webhook_token: WebhookToken::from_env("MILESTON_WEBHOOK_TOKEN")?,
            origin: text("MILESTON_URL")?,
            address: text("SHOP_ADDRESS")?.unwrap_or_else(|| "127.0.0.1:3000".to_owned()),
        })
    }
}

/// Returns a variable that isn't secret.
fn text(name: &str) -> Result<Option<String>, String> {
    let value = std::env::var_os(name).map(|value| value.into_string());
    value.transpose().map_err(|_| format!("{name} isn't UTF-8"))
}
