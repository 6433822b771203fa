//! What is printed once a sandbox is ready. The one place that shows keys: whoever started it is to use them.

use mileston_sandbox::Sandbox;
use serde::Serialize;

/// For people: what it is, and lines to paste into a shell.
pub(super) fn for_people(sandbox: &Sandbox) -> String {
    let keys = Keys::of(sandbox);
    let mut text = format!(
        "Mileston sandbox, ready at {}\nIt is an emulation: no real money. Ctrl-C stops it, and its data is gone then.\n\n",
        keys.url
    );
    for (label, _, value) in keys.lines() {
        text.push_str(&format!("  {label:<18} {value}\n"));
    }
    text.push_str("\nPaste into the shell of your program:\n\n");
    for (_, variable, value) in keys.lines() {
        text.push_str(&format!("export {variable}={value}\n"));
    }
    text
}

/// For programs: a line of JSON.
pub(super) fn for_programs(sandbox: &Sandbox) -> Result<String, serde_json::Error> {
    Ok(serde_json::to_string(&Keys::of(sandbox))? + "\n")
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Keys<'a> {
    url: &'a str,
    business_id: &'a str,
    normal_key: &'a str,
    checkout_key: &'a str,
    wallet_secret: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    live_normal_key: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    live_checkout_key: Option<&'a str>,
}

impl<'a> Keys<'a> {
    fn of(sandbox: &'a Sandbox) -> Self {
        Keys {
            url: sandbox.url(),
            business_id: sandbox.business_id().as_str(),
            normal_key: sandbox.normal_key().expose_secret(),
            checkout_key: sandbox.checkout_key().expose_secret(),
            wallet_secret: sandbox.wallet_secret().expose_secret(),
            live_normal_key: sandbox.live_normal_key().map(|key| key.expose_secret()),
            live_checkout_key: sandbox.live_checkout_key().map(|key| key.expose_secret()),
        }
    }

    /// Label, name of the environment variable, value. The values are letters, digits and `-_:/.`: safe in a shell.
    fn lines(&self) -> Vec<(&'static str, &'static str, &'a str)> {
        let mut lines = vec![
            ("url", "MILESTON_URL", self.url),
            ("business id", "MILESTON_BUSINESS_ID", self.business_id),
            ("Normal key", "MILESTON_KEY", self.normal_key),
            ("Checkout key", "MILESTON_CHECKOUT_KEY", self.checkout_key),
            ("wallet secret", "MILESTON_WALLET_SECRET", self.wallet_secret),
        ];
        let normal = self.live_normal_key.map(|key| ("live Normal key", "MILESTON_LIVE_KEY", key));
        let checkout = self
            .live_checkout_key
            .map(|key| ("live Checkout key", "MILESTON_LIVE_CHECKOUT_KEY", key));
        lines.extend(normal);
        lines.extend(checkout);
        lines
    }
}
