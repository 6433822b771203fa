//! Stub until `mileston_api::frontend` exists.

use mileston_api::{BusinessId, CheckoutClient, CheckoutKey, Client, Mode, ModeName};

pub(super) type SettingsError = String;

pub(super) struct Settings { key: String, business: String, origin: Option<String> }

impl Settings {
    pub(super) async fn load() -> Result<Self, SettingsError> {
        let meta = |name: &str| {
            let document = web_sys::window()?.document()?;
            document.query_selector(&format!("meta[name=mileston-{name}]")).ok()??.get_attribute("content").filter(|it| !it.is_empty())
        };
        Ok(Settings {
            key: meta("checkout-key").ok_or("the page has no `<meta name=\"mileston-checkout-key\">`")?,
            business: meta("business-id").ok_or("the page has no `<meta name=\"mileston-business-id\">`")?,
            origin: meta("origin"),
        })
    }

    pub(super) fn mode(&self) -> ModeName {
        if self.key.starts_with("Mileston_LIVE") { ModeName::Live } else { ModeName::Test }
    }

    pub(super) fn client<M: Mode>(&self) -> Result<CheckoutClient<M>, SettingsError> {
        let key: CheckoutKey<M> = self.key.clone().try_into().map_err(|_| "bad key")?;
        let business: BusinessId = self.business.clone().try_into().map_err(|_| "bad business id")?;
        let client = Client::new(key, business).map_err(|error| error.to_string())?;
        match &self.origin {
            Some(origin) => client.with_origin(origin).map_err(|error| error.to_string()),
            None => Ok(client),
        }
    }
}
