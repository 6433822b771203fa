//! The assets of the pages: style sheet, scripts, logo. The assets are part of the binary, and nothing is loaded from
//! elsewhere.

use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;

use crate::runtime::Response;

/// A file and its path.
pub(super) struct Asset {
    pub(super) path: &'static str,
    kind: &'static str,
    text: &'static str,
}

impl Asset {
    /// Returns the file as a response.
    pub(super) async fn answer(&self) -> Response {
        ([(CONTENT_TYPE, self.kind)], self.text).into_response()
    }
}

/// All assets that are served.
pub(super) static ALL: [Asset; 7] = [STYLE, LOGO, CHECKOUT, CALLS, PAYER, COPY, LIVE];

const SCRIPT: &str = "text/javascript; charset=utf-8";

/// The style sheet for all pages.
pub(super) const STYLE: Asset = Asset {
    path: "/_sandbox/assets/style.css",
    kind: "text/css; charset=utf-8",
    text: include_str!("../../assets/style.css"),
};

/// The sandbox's own logo, not the vendor's.
pub(super) const LOGO: Asset = Asset {
    path: "/_sandbox/assets/logo.svg",
    kind: "image/svg+xml",
    text: include_str!("../../assets/logo.svg"),
};

/// The script of the checkout page.
pub(super) const CHECKOUT: Asset = Asset {
    path: "/_sandbox/assets/checkout.js",
    kind: SCRIPT,
    text: include_str!("../../assets/checkout.js"),
};

/// The script that makes the checkout page's API calls.
const CALLS: Asset = Asset {
    path: "/_sandbox/assets/calls.js",
    kind: SCRIPT,
    text: include_str!("../../assets/calls.js"),
};

/// The script for the checkout page's simulated payer.
const PAYER: Asset = Asset {
    path: "/_sandbox/assets/payer.js",
    kind: SCRIPT,
    text: include_str!("../../assets/payer.js"),
};

/// The script for the buttons that copy a value.
pub(super) const COPY: Asset = Asset {
    path: "/_sandbox/assets/copy.js",
    kind: SCRIPT,
    text: include_str!("../../assets/copy.js"),
};

/// The script that keeps lists up to date.
pub(super) const LIVE: Asset = Asset {
    path: "/_sandbox/assets/live.js",
    kind: SCRIPT,
    text: include_str!("../../assets/live.js"),
};
