//! Writes a raw request as a literal.
// error: E0451 of struct `RawRequest` are private

use mileston_api::raw::RawRequest;
use mileston_api::{CheckoutClient, CheckoutKey, Test, catalogue};

fn remove(client: &CheckoutClient<Test>) -> RawRequest<'_, CheckoutKey<Test>> {
    RawRequest {
        client,
        operation: &catalogue::DELETE_INVOICE,
        server: "https://invoice-service.mileston.co",
        values: Vec::new(),
        body: None,
    }
}

fn main() {
    let _ = remove;
}
