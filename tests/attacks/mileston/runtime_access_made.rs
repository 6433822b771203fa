//! Creates an `Access`, which grants access to a call's core, and swaps the cores of two calls.
// error: E0423 cannot initialize a tuple struct which contains private fields
// error: E0624 associated function `new` is private

use std::marker::PhantomData;
use std::mem;

use mileston_api::operations::{FetchInvoiceCall, GetInvoiceCall};
use mileston_api::runtime::OperationCall;
use mileston_api::runtime::generated::Access;

fn swap(permitted: &mut FetchInvoiceCall, wanted: &mut GetInvoiceCall) {
    let core = permitted.core(Access(PhantomData));
    mem::swap(core, wanted.core(Access::new()));
}

fn main() {
    let _ = swap;
}
