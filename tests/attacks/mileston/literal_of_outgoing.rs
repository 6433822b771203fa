//! Writes an authenticator's request as a literal, for a different operation.
// error: E0451 of struct `Outgoing` are private

use mileston_api::catalogue::DELETE_INVOICE;
use mileston_api::runtime::Outgoing;

fn turn(request: Outgoing<'_>) -> Outgoing<'_> {
    Outgoing { operation: &DELETE_INVOICE, ..request }
}

fn main() {
    let _ = turn;
}
