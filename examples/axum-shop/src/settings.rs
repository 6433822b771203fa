//! Reads the settings from environment variables. Keys are never printed and never part of an error.

use std::error::Error;

use mileston_api::keys::WebhookToken;
use mileston_api::{BusinessId, CheckoutKey, NormalKey, Test};

/// The shop's settings. `Test` is the mode of its keys; for real money, replace it with `Live` throughout this crate.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The key that creates invoices.
    pub key: NormalKey<Test>,
    /// The key that confirms payments. Only the checkout operations report whether an invoice is paid.
    pub checkout_key: CheckoutKey<Test>,
    /// The id of the business that both keys belong to.
    pub business_id: BusinessId,
    /// The token that was registered together with the webhook's URL. Every genuine delivery contains it.
    pub webhook_token: WebhookToken,
    /// The origin of the sandbox, or `None` for the real platform.
    pub origin: Option<String>,
    /// The host and port to listen on.
    pub address: String,
}

impl Settings {
    /// Reads the settings from environment variables.
    ///
    /// # Errors
    ///
    /// Returns an error if a variable is missing or invalid. The error names the variable.
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

/// Returns the value of an environment variable that contains no secret.
fn text(name: &str) -> Result<Option<String>, String> {
    let value = std::env::var_os(name).map(|value| value.into_string());
    value.transpose().map_err(|_| format!("{name} isn't UTF-8"))
}
