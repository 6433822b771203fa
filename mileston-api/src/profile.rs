//! Describes the features of Mileston's requests and responses that an OpenAPI document can't express.

use openapi_keys_runtime::{Envelope, Method, Profile, Request, SecurityRequirement, Wording};

use crate::catalogue::SECURITY_SCHEMES;
use crate::credentials::SIGNATURE_SCHEME;

/// The form of the platform's responses: `{statusCode, message, …}`, with the record next to these fields or in `data`.
///
/// For two types, a response without a record is valid. `TransferEnvelope` is the response to a payment, and it is
/// unknown whether that response contains an id (contradiction 11 in the OpenAPI document). `DeletedSubwalletEnvelope`
/// is the response to the deletion of a sub wallet, and its `data` is always empty.
const ENVELOPE: Envelope = Envelope::with_status("statusCode")
    .data("data")
    .record_is_optional(&["DeletedSubwalletEnvelope", "TransferEnvelope"]);

const WORDING: Wording = Wording::plain()
    .after_unauthorized(
        "check that the key and the business id belong together, and that the key has not been \
        revoked",
    )
    .after_not_found("check the id, and that the record was created in this key's mode");

/// Everything that the runtime needs to know about the platform.
pub(crate) static PROFILE: Profile =
    Profile::new(concat!("mileston-rs/", env!("CARGO_PKG_VERSION")))
        .package(env!("CARGO_PKG_NAME"))
        .security_schemes(SECURITY_SCHEMES)
        .envelope(ENVELOPE)
        .wording(WORDING)
        .shape(shape);

/// The body that the vendor's SDK sends and signs if there is no payload.
///
/// The SDK also sends this body with every GET and DELETE. This client sends it with a GET or DELETE only if the
/// request is signed, because the signature covers the body. In an unsigned GET or DELETE, a body has no meaning, and
/// some proxies reject a GET or DELETE with a body. A POST, PUT or PATCH request without a payload always has this
/// body, because some servers reject an empty body with `Content-Type: application/json`.
const EMPTY_PAYLOAD: &str = "{}";

/// Sets the content type of every request to JSON, even without a body, like the vendor's SDKs. Also sets the empty
/// payload where one is needed.
fn shape(request: &mut Request, requirement: Option<&'static SecurityRequirement>) {
    let signed = requirement.is_some_and(|requirement| requirement.includes(SIGNATURE_SCHEME));
    if request.body().is_some_and(<[u8]>::is_empty) && (signed || takes_body(request.method())) {
        request.set_body(EMPTY_PAYLOAD);
    }
    request.set_json();
}

fn takes_body(method: &Method) -> bool {
    [Method::POST, Method::PUT, Method::PATCH].contains(method)
}
