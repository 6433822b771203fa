//! Uses the private path of the operations, to bypass the method with the bound.
// error: E0603 module `generated` is private

use mileston_api::generated::operations::invoices::delete::DeleteInvoiceCall;

fn main() {
    let _: Option<DeleteInvoiceCall> = None;
}
