//! Identifies the sandbox that a command acts on. The output names the sandbox, so that nobody resets the wrong one
//! without noticing.

use std::fmt;

use crate::text::plain;
use serde::{Deserialize, Serialize};

/// The response to `GET /_sandbox` from a sandbox of this version.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Information {
    name: String,
    version: String,
    business_id: String,
    store: Option<String>,
    since: String,
}

/// A running sandbox.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Identity {
    url: String,
    /// The business that the sandbox was started with.
    business_id: String,
    /// The file with the sandbox's data; `None` if the data is in memory.
    store: Option<String>,
    /// When the sandbox was started, by the machine's clock.
    since: String,
}

impl Identity {
    /// Returns the sandbox at this address, or `None` if the server isn't a sandbox of this version.
    pub(super) fn of(url: String, found: Information) -> Option<Self> {
        let ours = (env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
        if (found.name.as_str(), found.version.as_str()) != ours {
            return None;
        }
        let store = found.store.as_deref().map(|file| plain(file).into_owned());
        let [business_id, since] =
            [&found.business_id, &found.since].map(|text| plain(text).into_owned());
        Some(Identity { url, business_id, store, since })
    }

    /// Returns an error if a reset would delete data in a file and neither `--url` nor `--yes` was given. Data in
    /// memory is lost anyway when the sandbox stops.
    pub(super) fn may_be_emptied(&self, meant: bool) -> Result<(), String> {
        if meant || self.store.is_none() {
            return Ok(());
        }
        Err(format!(
            "nothing was removed: `reset` would permanently delete the data of {self}. If you want \
             that, add --yes or --url {}",
            self.url
        ))
    }
}

/// Writes, for example, `the sandbox at http://127.0.0.1:7357 (business …, data in memory, running since …)`.
impl fmt::Display for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Identity { url, business_id, store, since } = self;
        let place = store.as_ref().map_or("memory".to_owned(), |file| format!("the file {file}"));
        write!(
            f,
            "the sandbox at {url} (business {business_id}, data in {place}, running since {since})"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str, version: &str, store: Option<&str>) -> Option<Identity> {
        let text = |text: &str| text.to_owned();
        let (name, version, store) = (text(name), text(version), store.map(text));
        let (business_id, since) = (text("some-business"), text("then\x1b[2J"));
        let found = Information { name, version, business_id, store, since };
        Identity::of(text("http://127.0.0.1:1"), found)
    }

    #[test]
    fn a_sandbox_of_this_version_is_identified() {
        let (name, version) = (env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
        let shown = |store| of(name, version, store).map(|found| found.to_string());
        let start = "the sandbox at http://127.0.0.1:1 (business some-business, data in";
        let since = "running since then\\u{1b}[2J)";
        assert_eq!(shown(None), Some(format!("{start} memory, {since}")));
        let file = "/tmp/a\u{7}b.db";
        assert_eq!(
            shown(Some(file)),
            Some(format!("{start} the file /tmp/a\\u{{7}}b.db, {since}"))
        );
        assert_eq!(of("another", version, None), None);
        assert_eq!(of(name, "0.0.0", None), None);
    }

    #[test]
    fn a_file_is_reset_only_if_confirmed() {
        let (name, version) = (env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
        let of = |store| of(name, version, store).unwrap();
        assert_eq!(of(None).may_be_emptied(false), Ok(()));
        assert_eq!(of(Some("a.db")).may_be_emptied(true), Ok(()));
        let error = of(Some("a.db")).may_be_emptied(false).unwrap_err();
        let start = "nothing was removed: `reset` would permanently delete the data of the sandbox at \
             http://127.0.0.1:1 (business some-business, data in the file a.db";
        assert!(error.starts_with(start), "{error}");
        assert!(error.ends_with("add --yes or --url http://127.0.0.1:1"), "{error}");
    }
}
