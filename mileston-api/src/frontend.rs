//! Reads the settings of a page that takes payments: its Checkout key, its business id and, for the sandbox, an origin.
//! The settings are read at run time.
//!
//! A frontend is built once and deployed many times, so the key often isn't known at build time. The page's server
//! can then add the settings to the page:
//!
//! ```html
//! <meta name="mileston-checkout-key" content="Mileston_TEST_CHECKOUTKEY_…">
//! <meta name="mileston-business-id" content="…">
//! <!-- only for the sandbox: -->
//! <meta name="mileston-origin" content="http://127.0.0.1:7357">
//! ```
//!
//! or serve them separately as `/config.json`, which may also have other fields:
//!
//! ```json
//! { "checkoutKey": "Mileston_TEST_CHECKOUTKEY_…", "businessId": "…", "origin": "http://127.0.0.1:7357" }
//! ```
//!
//! `Settings::from_meta()` reads the `meta` elements, and `Settings::fetch("/config.json").await` reads the file. Both
//! functions exist only in browsers. If the key is known at build time, use [`checkout_key!`](crate::checkout_key),
//! which checks the key when the program is compiled.

mod error;

use mileston_keys::{BusinessId, CheckoutKey, KeyError, Live, Mode, ModeName, Test};
use openapi_keys_runtime::json::read;
use serde::Deserialize;

pub use self::error::{SettingsError, SettingsErrorKind};
use crate::CheckoutClient;

/// The settings of a page: its Checkout key, its business id and, optionally, an origin.
///
/// ```
/// use mileston_api::frontend::Settings;
/// use mileston_api::keys::ModeName;
/// use mileston_api::{CheckoutClient, Live, Test};
///
/// # fn show<M: mileston_api::keys::Mode>(_: CheckoutClient<M>) {}
/// let json = r#"{"checkoutKey": "Mileston_TEST_CHECKOUTKEY_fake0123", "businessId": "my-business"}"#;
/// let settings = Settings::from_json(json)?;
/// match settings.mode() {
///     ModeName::Test => show(settings.client::<Test>()?),
///     ModeName::Live => show(settings.client::<Live>()?),
/// }
/// # Ok::<(), mileston_api::frontend::SettingsError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Settings {
    key: Key,
    business_id: BusinessId,
    origin: Option<String>,
    source: Source,
}

#[derive(Clone, Debug)]
enum Key {
    Test(CheckoutKey<Test>),
    Live(CheckoutKey<Live>),
}

/// Where the settings come from, so that an error can say where to fix them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    #[cfg(target_family = "wasm")]
    Meta,
    Json,
}

/// The name of a setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Name {
    CheckoutKey,
    BusinessId,
    Origin,
}

/// The settings before they are checked.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Written {
    checkout_key: Option<String>,
    business_id: Option<String>,
    origin: Option<String>,
}

impl Settings {
    /// Reads the settings from JSON: `checkoutKey`, `businessId` and, optionally, `origin`. If there is an `origin`,
    /// the client sends its requests there and not to the platform's servers. Other fields are ignored.
    ///
    /// # Errors
    ///
    /// Returns a [`SettingsError`] if the text isn't JSON, or if a setting is missing or invalid, e.g. because the key
    /// is a Normal key. The error never quotes a key.
    ///
    /// ```
    /// use mileston_api::frontend::{Settings, SettingsErrorKind};
    ///
    /// let json = r#"{"checkoutKey": "Mileston_TEST_fake0123", "businessId": "my-business"}"#;
    /// let error = Settings::from_json(json).unwrap_err();
    /// assert_eq!(error.kind(), SettingsErrorKind::BackendKey);
    /// ```
    pub fn from_json(json: &str) -> Result<Self, SettingsError> {
        let written = read(json).map_err(|failure| {
            let (line, column) = failure.position();
            SettingsError::not_json(line, column)
        })?;
        Settings::check(written, Source::Json)
    }

    /// Reads the settings from the page: `<meta name="mileston-checkout-key">`, `mileston-business-id` and, optionally,
    /// `mileston-origin`. If there is an origin, the client sends its requests there and not to the platform's servers.
    ///
    /// # Errors
    ///
    /// Returns a [`SettingsError`] if a setting is missing or invalid, e.g. because the key is a Normal key. The error
    /// never quotes a key.
    #[cfg(target_family = "wasm")]
    pub fn from_meta() -> Result<Self, SettingsError> {
        use openapi_keys_runtime::page::meta;

        let written = Written {
            checkout_key: meta(Name::CheckoutKey.in_meta()),
            business_id: meta(Name::BusinessId.in_meta()),
            origin: meta(Name::Origin.in_meta()),
        };
        Settings::check(written, Source::Meta)
    }

    /// Fetches the settings as JSON from the page's own server, e.g. from `/config.json`, and reads them like
    /// [`from_json`](Settings::from_json).
    ///
    /// # Errors
    ///
    /// Returns the same errors as [`from_json`](Settings::from_json). Also returns an error if the file can't be
    /// fetched within 10 seconds.
    #[cfg(target_family = "wasm")]
    pub async fn fetch(path: &str) -> Result<Self, SettingsError> {
        let json = openapi_keys_runtime::page::fetch_text(path).await;
        Settings::from_json(&json.map_err(SettingsError::not_fetched)?)
    }

    fn check(written: Written, source: Source) -> Result<Self, SettingsError> {
        let required = |value: Option<String>, name: Name| match value {
            Some(value) if !value.is_empty() => Ok(value),
            _ => Err(SettingsError::missing(source.place(name))),
        };
        let key = required(written.checkout_key, Name::CheckoutKey)?;
        let key = read_key(key)
            .map_err(|error| SettingsError::key(source.place(Name::CheckoutKey), error))?;
        let business_id = required(written.business_id, Name::BusinessId)?;
        let business_id = BusinessId::try_from(business_id)
            .map_err(|error| SettingsError::key(source.place(Name::BusinessId), error))?;
        let origin = written.origin.filter(|origin| !origin.is_empty());
        Ok(Settings { key, business_id, origin, source })
    }

    /// Returns the mode of the key: test or live.
    #[must_use]
    pub fn mode(&self) -> ModeName {
        match self.key {
            Key::Test(_) => ModeName::Test,
            Key::Live(_) => ModeName::Live,
        }
    }

    /// Creates the page's client. Nothing is sent.
    ///
    /// # Errors
    ///
    /// Returns a [`SettingsError`] if the key isn't for the mode `M` (match on [`mode`](Settings::mode) first), or if
    /// the key may not be sent to the `origin` (see [`Client::with_origin`](crate::Client::with_origin)).
    pub fn client<M: Mode>(&self) -> Result<CheckoutClient<M>, SettingsError> {
        self.client_at(CheckoutClient::with_origin)
    }

    /// Creates a client for a page in test mode. Unlike [`client`](Settings::client), this method also accepts a plain
    /// http `origin` on any host, e.g. a sandbox in another container (see
    /// [`Client::with_plain_http_origin`](crate::Client::with_plain_http_origin)). Nothing is sent.
    ///
    /// # Errors
    ///
    /// Returns an error if the key isn't for test mode, or the `origin` doesn't have the form `http(s)://host[:port]`.
    pub fn plain_http_client(&self) -> Result<CheckoutClient<Test>, SettingsError> {
        self.client_at(CheckoutClient::with_plain_http_origin)
    }

    fn client_at<M: Mode>(
        &self,
        at: fn(CheckoutClient<M>, &str) -> Result<CheckoutClient<M>, crate::Error>,
    ) -> Result<CheckoutClient<M>, SettingsError> {
        let text = match &self.key {
            Key::Test(key) => key.expose_secret(),
            Key::Live(key) => key.expose_secret(),
        };
        let key = CheckoutKey::<M>::try_from(text)
            .map_err(|error| SettingsError::key(self.source.place(Name::CheckoutKey), error))?;
        let client = CheckoutClient::new(key, self.business_id.clone());
        let client = client.map_err(SettingsError::client)?;
        match &self.origin {
            None => Ok(client),
            Some(origin) => at(client, origin)
                .map_err(|error| SettingsError::origin(self.source.place(Name::Origin), error)),
        }
    }
}

fn read_key(text: String) -> Result<Key, KeyError> {
    // A parsing error names the mode of the requested key type, `Test` or `Live`. The type is selected by the
    // text's prefix, so the error names the right mode.
    match text.starts_with(CheckoutKey::<Live>::PREFIX) {
        true => text.try_into().map(Key::Live),
        false => text.try_into().map(Key::Test),
    }
}

impl Source {
    /// Describes the location of a setting, for error messages.
    fn place(self, name: Name) -> String {
        match self {
            #[cfg(target_family = "wasm")]
            Source::Meta => format!("`<meta name=\"{}\">` in the page", name.in_meta()),
            Source::Json => format!("`{}` in the page's settings", name.in_json()),
        }
    }
}

impl Name {
    #[cfg(target_family = "wasm")]
    fn in_meta(self) -> &'static str {
        match self {
            Name::CheckoutKey => "mileston-checkout-key",
            Name::BusinessId => "mileston-business-id",
            Name::Origin => "mileston-origin",
        }
    }

    fn in_json(self) -> &'static str {
        match self {
            Name::CheckoutKey => "checkoutKey",
            Name::BusinessId => "businessId",
            Name::Origin => "origin",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(json: &str, kind: SettingsErrorKind, text: &str) {
        let error = Settings::from_json(json).unwrap_err();
        assert_eq!(error.kind(), kind, "{error}");
        assert_eq!(error.to_string(), text);
    }

    #[test]
    fn the_key_decides_the_mode() {
        for (key, mode) in [("TEST", ModeName::Test), ("LIVE", ModeName::Live)] {
            let json = format!(
                r#"{{"checkoutKey": "Mileston_{key}_CHECKOUTKEY_fake0123", "businessId": "b", "theme": 1}}"#
            );
            let settings = Settings::from_json(&json).unwrap();
            assert_eq!(settings.mode(), mode);
            assert_eq!(settings.client::<Test>().is_ok(), mode == ModeName::Test);
            assert_eq!(settings.client::<Live>().is_ok(), mode == ModeName::Live);
            assert!(!format!("{settings:?}").contains("fake0123"));
        }
    }

    #[test]
    fn a_missing_setting_is_named() {
        check(
            r#"{"businessId": "b"}"#,
            SettingsErrorKind::Missing,
            "`checkoutKey` in the page's settings is missing or empty",
        );
        check(
            r#"{"checkoutKey": "Mileston_TEST_CHECKOUTKEY_fake0123", "businessId": ""}"#,
            SettingsErrorKind::Missing,
            "`businessId` in the page's settings is missing or empty",
        );
    }

    #[test]
    fn a_normal_key_is_rejected_and_must_be_replaced() {
        for key in ["Mileston_TEST_fake0123", "Mileston_LIVE_fake0123"] {
            let json = format!(r#"{{"checkoutKey": "{key}", "businessId": "b"}}"#);
            let error = Settings::from_json(&json).unwrap_err();
            assert_eq!(error.kind(), SettingsErrorKind::BackendKey);
            let text = error.to_string();
            assert!(
                text.starts_with("`checkoutKey` in the page's settings: expected a Checkout key")
            );
            assert!(text.contains("a Normal key must never reach a frontend"), "{text}");
            assert!(
                text.ends_with("; replace the Normal key: anyone could read it on this page"),
                "{text}"
            );
            assert!(!text.contains("fake0123") && !format!("{error:#?}").contains("fake0123"));
        }
    }

    #[test]
    fn other_text_is_rejected_without_being_quoted() {
        check(
            "<!doctype html>hunter2",
            SettingsErrorKind::NotJson,
            "the page's settings aren't the expected JSON (line 1, column 1)",
        );
        check(
            r#"{"checkoutKey": 1234567}"#,
            SettingsErrorKind::NotJson,
            "the page's settings aren't the expected JSON (line 1, column 23)",
        );
        let json = r#"{"checkoutKey": "hunter2", "businessId": "b"}"#;
        let error = Settings::from_json(json).unwrap_err();
        assert_eq!(error.kind(), SettingsErrorKind::Invalid);
        assert!(!format!("{error} {error:?} {error:#?}").contains("hunter2"));
    }

    #[test]
    fn an_origin_is_checked_as_in_the_client() {
        let with = |origin: &str, mode: &str| {
            let json = format!(
                r#"{{"checkoutKey": "Mileston_{mode}_CHECKOUTKEY_fake0123", "businessId": "b", "origin": "{origin}"}}"#
            );
            Settings::from_json(&json).unwrap()
        };
        let client = with("http://127.0.0.1:7357", "TEST").client::<Test>().unwrap();
        assert_eq!(client.origin(), Some("http://127.0.0.1:7357"));
        let named = with("http://sandbox:7357", "TEST");
        assert_eq!(named.client::<Test>().unwrap_err().kind(), SettingsErrorKind::Invalid);
        let client = named.plain_http_client().unwrap();
        assert_eq!(client.origin(), Some("http://sandbox:7357"));
        let live = with("http://sandbox:7357", "LIVE");
        assert_eq!(live.plain_http_client().unwrap_err().kind(), SettingsErrorKind::Invalid);
        let error = with("https://gateway.example", "LIVE").client::<Live>().unwrap_err();
        assert_eq!(error.kind(), SettingsErrorKind::Invalid);
        assert!(error.to_string().starts_with("`origin` in the page's settings: "), "{error}");
    }
}
