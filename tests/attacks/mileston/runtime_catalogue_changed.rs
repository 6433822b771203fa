//! Removes the security of an operation from the catalogue.
// error: E0594 cannot assign to `DELETE_INVOICE.security`, as `DELETE_INVOICE` is an immutable static item

use mileston_api::catalogue;

fn main() {
    catalogue::DELETE_INVOICE.security = &[];
}
