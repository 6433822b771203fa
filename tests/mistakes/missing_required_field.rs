//! An invoice without the date on which it is due.
use mileston_api::types;

fn main() -> Result<(), mileston_api::Error> {
    let _ = types::CreateInvoice::new("250.00".parse()?, "Consulting", "customer@shop.example".parse()?);
    Ok(())
}
