//! Reads the order from the arguments.

use std::time::Duration;

use mileston_api::{Amount, Email};

use crate::failure::Failure;

const USAGE: &str = "usage: blocking-script AMOUNT ITEM EMAIL [SECONDS]";

/// The item for sale, the customer, and the time to wait for the payment.
#[derive(Debug)]
pub(crate) struct Order {
    /// The price in US dollars.
    pub(crate) amount: Amount,
    /// The name of the item, which the invoice shows.
    pub(crate) item: String,
    /// The email address that the platform sends the invoice to.
    pub(crate) email: Email,
    /// The time to wait for the payment. The default is ten minutes.
    pub(crate) deadline: Duration,
}

impl Order {
    pub(crate) fn from_arguments(arguments: impl Iterator<Item = String>) -> Result<Self, Failure> {
        let arguments: Vec<String> = arguments.collect();
        let (amount, item, email, seconds) = match &arguments[..] {
            [amount, item, email] => (amount, item, email, "600"),
            [amount, item, email, seconds] => (amount, item, email, seconds.as_str()),
            _ => return Err(Failure::Usage(USAGE.to_owned())),
        };
        Ok(Order {
            amount: amount.parse().map_err(|error| usage("AMOUNT", &error))?,
            item: item.clone(),
            email: email.parse().map_err(|error| usage("EMAIL", &error))?,
            deadline: Duration::from_secs(
                seconds.parse().map_err(|error| usage("SECONDS", &error))?,
            ),
        })
    }
}

fn usage(argument: &str, error: &dyn std::error::Error) -> Failure {
    Failure::Usage(format!("{argument}: {error}\n{USAGE}"))
}
