//! A status is matched as if no other could ever come.
use mileston_api::types::InvoiceStatus;

fn paid(status: InvoiceStatus) -> bool {
    match status {
        InvoiceStatus::Paid => true,
        InvoiceStatus::Pending => false,
    }
}

fn main() {}
