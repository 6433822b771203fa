//! The text printed once a sandbox is ready. It shows the keys, because the user needs them to call the API.

use std::net::SocketAddr;
use std::path::Path;

use super::reach_arguments::TOKEN;
use crate::reach::Reach;
use crate::text::{plain, to_json, word};
use crate::{Credentials, FixtureRecords, Sandbox, StoredSandbox};
use serde::Serialize;

/// The pages to open in a browser, except the checkout pages.
const PAGES: [(&str, &str); 4] = [
    ("keys", "/"),
    ("payments", "/payments"),
    ("webhooks", "/webhooks"),
    ("requests", "/requests"),
];

/// What the banner shows about a sandbox that is ready.
pub(super) struct Ready<'a> {
    url: &'a str,
    business_id: &'a str,
    /// `None` if the credentials were shown when the file was created.
    credentials: Option<&'a Credentials>,
    /// Whether the keys stay the same if the sandbox is restarted with the same options.
    are_keys_fixed: bool,
    /// The file with the sandbox's data, or `None` if the data is in memory.
    store: Option<&'a Path>,
    address: SocketAddr,
    reach: &'a Reach,
    fixtures: &'a FixtureRecords,
}

impl<'a> Ready<'a> {
    pub(super) fn in_memory(sandbox: &'a Sandbox) -> Self {
        Ready::of(sandbox, Some(sandbox.credentials()))
    }

    pub(super) fn in_file(sandbox: &'a StoredSandbox) -> Self {
        Ready::of(sandbox, sandbox.credentials())
    }

    fn of<C>(sandbox: &'a Sandbox<C>, credentials: Option<&'a Credentials>) -> Self {
        Ready {
            url: sandbox.url(),
            business_id: sandbox.business_id().as_str(),
            credentials,
            are_keys_fixed: sandbox.are_keys_fixed(),
            store: sandbox.file(),
            address: sandbox.address(),
            reach: sandbox.reach(),
            fixtures: sandbox.fixtures(),
        }
    }

    /// Returns the human-readable text: a summary, and `export` lines to paste into a shell.
    pub(super) fn for_people(&self) -> String {
        let keys = Keys::of(self);
        let mut text = format!("Mileston sandbox, ready at {}\n{}\n\n", self.url, self.ending());
        for (label, _, value) in keys.lines() {
            text.push_str(&format!("  {label:<18} {value}\n"));
        }
        if self.reach.is_exposed() {
            text.push_str(&self.about_reach());
        }
        text.push_str(&self.about_fixtures());
        text.push_str("\nPages:\n\n");
        for (label, path) in PAGES {
            text.push_str(&format!("  {label:<18} {}{path}\n", self.url));
        }
        text.push_str("\nPaste into your program's shell:\n\n");
        for (_, variable, value) in keys.lines() {
            text.push_str(&format!("export {variable}={}\n", shell_value(value)));
        }
        if let Some(path) = self.store {
            text.push_str(&self.about_keys(path));
        }
        text
    }

    /// Returns the machine-readable text: one line of JSON.
    pub(super) fn for_programs(&self) -> Result<String, serde_json::Error> {
        Ok(to_json(&Keys::of(self))? + "\n")
    }

    fn ending(&self) -> String {
        let start = "This is an emulation; no real money moves. Press Ctrl-C to stop it.";
        match self.store {
            None => format!("{start} Its data is in memory and lost on exit."),
            Some(path) => {
                format!("{start} Its data is kept in {}.", plain(&path.to_string_lossy()))
            }
        }
    }

    /// Describes what other machines can do.
    fn about_reach(&self) -> String {
        let token = match self.reach.generated_token() {
            Some(_) => "the token, which won't be shown again",
            None => "the token that you set",
        };
        format!(
            "\nOther machines may be able to reach this sandbox. It listens on {} and accepts requests addressed to:\n  {}.\nThose \
             machines can call the API with a key, and open checkout pages without one. To control the sandbox\nand to open \
             developers' pages, they need {token}.\n",
            self.address,
            self.reach.served(),
        )
    }

    /// Lists what the fixtures created.
    fn about_fixtures(&self) -> String {
        let made = self.fixtures;
        if made.is_empty() {
            return String::new();
        }
        let mut text =
            "\nRecords created from the fixtures, by kind and in file order:\n\n".to_owned();
        let mut list = |label: &str, ids: Vec<&str>| {
            for id in ids {
                text.push_str(&format!("  {label:<18} {id}\n"));
            }
        };
        list("payment link", made.payment_links.iter().map(|id| id.as_str()).collect());
        list("invoice", made.invoices.iter().map(|id| id.as_str()).collect());
        list("recurring payment", made.recurring_payments.iter().map(|id| id.as_str()).collect());
        list("sub wallet", made.sub_wallets.iter().map(|id| id.as_str()).collect());
        list("webhook", made.webhooks.iter().map(String::as_str).collect());
        text
    }

    fn about_keys(&self, path: &Path) -> String {
        let (path, url) = (word(path.as_os_str().as_encoded_bytes()), self.url);
        let has_live_keys = self.credentials.is_some_and(|it| it.live_normal_key().is_some());
        match self.credentials {
            Some(_) if self.are_keys_fixed && has_live_keys => {
                "\nThe live keys won't be shown again: save them.\n".to_owned()
            }
            Some(_) if self.are_keys_fixed => String::new(),
            Some(_) => {
                "\nThe keys and the wallet secret won't be shown again: save them.\n".to_owned()
            }
            None => format!(
                "\nThe keys and the wallet secret were shown when {path} was created. To replace them, open \
                 {url} in a browser, or stop this sandbox and run:\n\n  \
                 mileston-sandbox keys list --store {path}\n  \
                 mileston-sandbox keys roll FINGERPRINT --store {path}\n  \
                 mileston-sandbox keys roll-secret --store {path}\n"
            ),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Keys<'a> {
    url: &'a str,
    business_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    normal_key: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    checkout_key: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    wallet_secret: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    live_normal_key: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    live_checkout_key: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sandbox_token: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fixtures: Option<&'a FixtureRecords>,
}

impl<'a> Keys<'a> {
    fn of(ready: &Ready<'a>) -> Self {
        let shown = ready.credentials;
        let live_normal = shown.and_then(Credentials::live_normal_key);
        let live_checkout = shown.and_then(Credentials::live_checkout_key);
        Keys {
            url: ready.url,
            business_id: ready.business_id,
            normal_key: shown.map(|shown| shown.normal_key().expose_secret()),
            checkout_key: shown.map(|shown| shown.checkout_key().expose_secret()),
            wallet_secret: shown.map(|shown| shown.wallet_secret().expose_secret()),
            live_normal_key: live_normal.map(|key| key.expose_secret()),
            live_checkout_key: live_checkout.map(|key| key.expose_secret()),
            sandbox_token: ready.reach.generated_token().map(|token| token.expose_secret()),
            fixtures: Some(ready.fixtures).filter(|made| !made.is_empty()),
        }
    }

    /// Returns the label, environment variable and value of each line.
    fn lines(&self) -> Vec<(&'static str, &'static str, &'a str)> {
        let lines = [
            ("url", "MILESTON_URL", Some(self.url)),
            ("business id", "MILESTON_BUSINESS_ID", Some(self.business_id)),
            ("Normal key", "MILESTON_KEY", self.normal_key),
            ("Checkout key", "MILESTON_CHECKOUT_KEY", self.checkout_key),
            ("wallet secret", "MILESTON_WALLET_SECRET", self.wallet_secret),
            ("live Normal key", "MILESTON_LIVE_KEY", self.live_normal_key),
            ("live Checkout key", "MILESTON_LIVE_CHECKOUT_KEY", self.live_checkout_key),
            ("sandbox token", TOKEN, self.sandbox_token),
        ];
        let known = |(label, variable, value): (_, _, Option<_>)| Some((label, variable, value?));
        lines.into_iter().filter_map(known).collect()
    }
}

/// Returns the value as a shell reads it. Only a fixed wallet secret can need quotes, because its characters aren't
/// restricted.
fn shell_value(value: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/._-:[]~".contains(&byte);
    match value.bytes().all(is_plain) {
        true => value.to_owned(),
        false => word(value.as_bytes()),
    }
}

#[cfg(test)]
mod tests {
    use super::shell_value;

    #[test]
    fn a_pasted_value_runs_no_command() {
        for plain in ["http://[::1]:7357/a~b", "Mileston_TEST_fake0123", "my-business"] {
            assert_eq!(shell_value(plain), plain);
        }
        for (value, expected) in [
            ("sandboxwalletsecret; id", "'sandboxwalletsecret; id'"),
            ("sandboxwalletsecret$(id)", "'sandboxwalletsecret$(id)'"),
            ("sandboxwalletsecret'a", r"'sandboxwalletsecret'\''a'"),
        ] {
            assert_eq!(shell_value(value), expected);
        }
    }
}
