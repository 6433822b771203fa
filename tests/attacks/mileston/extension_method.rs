//! Adds a method to the client with a trait, to reach the client's private field.
// error: E0616 field `core` of struct `Client` is private

use mileston_api::operations::FetchInvoiceCall;
use mileston_api::runtime::generated::CallCore;
use mileston_api::{CheckoutClient, Test, catalogue, types};

trait Remove {
    fn remove(&self) -> CallCore<types::Acknowledgement>;
}

impl Remove for CheckoutClient<Test> {
    fn remove(&self) -> CallCore<types::Acknowledgement> {
        CallCore::new(&self.core, &catalogue::DELETE_INVOICE)
    }
}

fn main() {
    let _: Option<FetchInvoiceCall> = None;
}
