//! Names the operations by the private path, to get around the method with the bound.
// error: E0603 module `generated` is private

use mileston_api::generated::operations::invoices::delete::DeleteInvoiceCall;

fn main() {
    let _: Option<DeleteInvoiceCall> = None;
}
