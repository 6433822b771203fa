//! Swaps the cores of two calls with the hidden method, without a permission.
// error: E0061 this method takes 1 argument but 0 arguments were supplied

use std::mem;

use mileston_api::operations::{FetchInvoiceCall, GetInvoiceCall};
use mileston_api::runtime::OperationCall;

fn swap(permitted: &mut FetchInvoiceCall, wanted: &mut GetInvoiceCall) {
    mem::swap(permitted.core(), wanted.core());
}

fn main() {
    let _ = swap;
}
