//! Creates the core of a call from a client instead of from the client's private core.
// error: E0308 expected `&ClientCore<_>`, found `&Client<CheckoutKey<Test>>`

use mileston_api::runtime::generated::CallCore;
use mileston_api::{CheckoutClient, Test, catalogue, types};

fn remove(client: &CheckoutClient<Test>) -> CallCore<types::Acknowledgement> {
    CallCore::new(client, &catalogue::DELETE_INVOICE)
}

fn main() {
    let _ = remove;
}
