//! Writes a call to an operation as a literal, with a core that the program created.
// error: E0451 fields `call` and `invoice_id` of struct `DeleteInvoiceCall` are private

use mileston_api::operations::DeleteInvoiceCall;
use mileston_api::runtime::generated::CallCore;
use mileston_api::types::Acknowledgement;

fn call(call: CallCore<Acknowledgement>) -> DeleteInvoiceCall {
    DeleteInvoiceCall { call, invoice_id: "7".into() }
}

fn main() {
    let _ = call;
}
