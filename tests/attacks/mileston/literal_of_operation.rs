//! Redefines an operation of the catalogue without its security.
// error: E0639 cannot create non-exhaustive struct using struct expression

use mileston_api::catalogue::DELETE_INVOICE;
use mileston_api::operation::Operation;

static OPEN: Operation = Operation { security: &[], ..DELETE_INVOICE };

fn main() {
    let _ = &OPEN;
}
