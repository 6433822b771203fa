//! What this client sends differently from the vendor's SDKs, as far as the page shows it.

use std::collections::BTreeSet;

use serde_json::json;

use crate::sent::Sent;

/// A difference, as the page says it.
pub(crate) struct Difference {
    /// The first cell of its row on the page.
    pub(crate) text: &'static str,
    /// Makes the vendor's request ours. Returns whether it applied.
    translate: fn(&mut Sent) -> bool,
}

pub(crate) const DIFFERENCES: &[Difference] = &[Difference {
    text: "an unsigned GET or DELETE of a backend has the body `{}`",
    translate: without_body,
}];

/// Turns the vendor's request into the one that this client sends, and notes which differences it needed.
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
