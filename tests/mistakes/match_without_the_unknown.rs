//! A status is matched without an arm for unknown values.
use mileston_api::types::InvoiceStatus;

fn paid(status: InvoiceStatus) -> bool {
    match status {
        InvoiceStatus::Paid => true,
        InvoiceStatus::Pending => false,
    }
}

fn main() {}
