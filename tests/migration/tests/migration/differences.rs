//! The differences between this client's requests and those of the vendor's SDKs, as listed in `docs/migration.md`.

use std::collections::BTreeSet;

use serde_json::json;

use crate::sent::Sent;

/// A difference that the page describes.
pub(crate) struct Difference {
    /// The first cell of the difference's row on the page.
    pub(crate) text: &'static str,
    /// Changes the vendor's request into ours. Returns whether the request had this difference.
    translate: fn(&mut Sent) -> bool,
}

pub(crate) const DIFFERENCES: &[Difference] = &[Difference {
    text: "an unsigned GET or DELETE of the backend SDK has the body `{}`",
    translate: without_body,
}];

/// Changes the vendor's request into the request that this client sends. Records in `used` which differences the
/// request had.
pub(crate) fn translate(mut sent: Sent, used: &mut BTreeSet<&'static str>) -> Sent {
    for difference in DIFFERENCES {
        if (difference.translate)(&mut sent) {
            used.insert(difference.text);
        }
    }
    sent
}

fn without_body(sent: &mut Sent) -> bool {
    let applies = ["GET", "DELETE"].contains(&sent.method.as_str())
        && sent.body == Some(json!({}))
        && !sent.credentials.contains("x-request-signature");
    if applies {
        sent.body = None;
    }
    applies
}
