//! The files that pages are made of: style, scripts, logo. They are part of the binary; nothing comes from elsewhere.

use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;

use crate::runtime::Response;

/// A file and the address that it is served at.
pub(super) struct Asset {
    pub(super) path: &'static str,
    kind: &'static str,
    text: &'static str,
}

impl Asset {
    /// The file as an answer.
    pub(super) async fn answer(&self) -> Response {
        ([(CONTENT_TYPE, self.kind)], self.text).into_response()
    }
}

/// Every file that is served.
pub(super) static ALL: [Asset; 7] = [STYLE, LOGO, CHECKOUT, CALLS, PAYER, COPY, LIVE];

const SCRIPT: &str = "text/javascript; charset=utf-8";

/// How all pages look.
pub(super) const STYLE: Asset = Asset {
    path: "/_sandbox/assets/style.css",
    kind: "text/css; charset=utf-8",
    text: include_str!("../../assets/style.css"),
};

/// A logo of the sandbox's own, not of the vendor.
pub(super) const LOGO: Asset = Asset {
    path: "/_sandbox/assets/logo.svg",
    kind: "image/svg+xml",
    text: include_str!("../../assets/logo.svg"),
};

/// What happens on the checkout page.
pub(super) const CHECKOUT: Asset = Asset {
    path: "/_sandbox/assets/checkout.js",
    kind: SCRIPT,
    text: include_str!("../../assets/checkout.js"),
};

/// The calls of the API that the checkout page makes.
const CALLS: Asset = Asset {
    path: "/_sandbox/assets/calls.js",
    kind: SCRIPT,
    text: include_str!("../../assets/calls.js"),
};

/// The payer that the checkout page simulates.
const PAYER: Asset = Asset {
    path: "/_sandbox/assets/payer.js",
    kind: SCRIPT,
    text: include_str!("../../assets/payer.js"),
};

/// Buttons that copy a text.
pub(super) const COPY: Asset = Asset {
    path: "/_sandbox/assets/copy.js",
    kind: SCRIPT,
    text: include_str!("../../assets/copy.js"),
};

/// Lists that follow what happens.
pub(super) const LIVE: Asset = Asset {
    path: "/_sandbox/assets/live.js",
    kind: SCRIPT,
    text: include_str!("../../assets/live.js"),
};
