//! Creates an invoice, waits until it is paid, and reports the payment. The exit code shows the result.

mod failure;
mod order;
mod seller;

use std::process::ExitCode;

use failure::Failure;
use order::Order;
use seller::Seller;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("blocking-script: {failure}");
            failure.exit_code()
        }
    }
}

fn run() -> Result<(), Failure> {
    let order = Order::from_arguments(std::env::args().skip(1))?;
    let seller = Seller::from_env()?;
    let invoice = seller.bill(&order)?;
    match &invoice.link {
        Some(link) => println!("pay here: {link}"),
        None => println!("no response arrived, but invoice {} was created and emailed", invoice.id),
    }
    let paid = seller.wait(&invoice.id, order.deadline)?;
    match paid.amount {
        Some(amount) => println!("paid: {amount}"),
        None => println!("paid"),
    }
    Ok(())
}
