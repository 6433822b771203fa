//! The amount has more decimal places than USDC.
use mileston_api::{Amount, amount};

const PRICE: Amount = amount!("0.0000001");

fn main() {
    let _ = PRICE;
    let _ = amount!("12,50");
}
