//! Takes the core from a call that the client may make.
// error: E0616 field `call` of struct `FetchInvoiceCall` is private

use mileston_api::operations::FetchInvoiceCall;
use mileston_api::runtime::generated::CallCore;
use mileston_api::types::InvoiceEnvelope;

fn core(call: FetchInvoiceCall) -> CallCore<InvoiceEnvelope> {
    call.call
}

fn main() {
    let _ = core;
}
