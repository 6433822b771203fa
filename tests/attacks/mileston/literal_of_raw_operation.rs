//! Writes a raw operation as a literal with the program's own operation.
// error: E0451 fields `operation`, `server` and `scope` of struct `RawOperation` are private

use std::marker::PhantomData;

use mileston_api::Method;
use mileston_api::operation::Operation;
use mileston_api::raw::{Open, RawOperation};

static REMOVE: RawOperation<Open> = RawOperation {
    operation: Operation::new("remove", Method::DELETE, "/invoice/delete/7"),
    server: "https://invoice-service.mileston.co",
    scope: PhantomData,
};

fn main() {
    let _ = &REMOVE;
}
