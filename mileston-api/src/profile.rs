//! What is Mileston's own about requests and responses, beyond the document.

use openapi_keys_runtime::{Envelope, Method, Profile, Request, SecurityRequirement, Wording};

use crate::catalogue::SECURITY_SCHEMES;
use crate::credentials::SIGNATURE_SCHEME;

/// The platform's responses are `{statusCode, message, …}`, with the record beside these or in `data`.
///
/// Two types are whole without a record. Sending money: whether an id comes along is not known (`TransferEnvelope` of the
/// document, contradiction 11). Deleting a sub wallet: its `data` is always empty.
const ENVELOPE: Envelope = Envelope::with_status("statusCode")
    .data("data")
    .record_is_optional(&["DeletedSubwalletEnvelope", "TransferEnvelope"]);

const WORDING: Wording = Wording::plain()
    .after_unauthorized(
        "check that key and business id belong together, and that the key has not been withdrawn",
    )
    .after_not_found("check the id, and that it was made in the mode of this key");

/// What the runtime has to know of the platform.
pub(crate) static PROFILE: Profile =
    Profile::new(concat!("mileston-rs/", env!("CARGO_PKG_VERSION")))
        .package(env!("CARGO_PKG_NAME"))
        .security_schemes(SECURITY_SCHEMES)
        .envelope(ENVELOPE)
        .wording(WORDING)
        .shape(shape);

/// What the vendor's SDK sends, and signs, where there is no payload.
///
/// It sends it with every GET and DELETE too. Here those get it only when they are signed, since then it is what the
/// signature is of; else a body with GET has no meaning, and some proxies refuse it. POST, PUT and PATCH always get
/// it: together with `Content-Type: application/json` some servers refuse an empty body.
const EMPTY_PAYLOAD: &str = "{}";

/// Every request is labelled as JSON, also one without a body, as the vendor's SDKs do.
fn shape(request: &mut Request, requirement: Option<&'static SecurityRequirement>) {
    let signed = requirement.is_some_and(|requirement| requirement.asks_for(SIGNATURE_SCHEME));
    if request.body().is_empty() && (signed || takes_body(request.method())) {
        request.set_body(EMPTY_PAYLOAD);
    }
    request.set_json();
}

fn takes_body(method: &Method) -> bool {
    [Method::POST, Method::PUT, Method::PATCH].contains(method)
}
