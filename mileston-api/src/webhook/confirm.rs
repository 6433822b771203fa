//! Compares a delivery with the platform's own data.

use mileston_keys::{ModeName, scope};

use crate::types::{
    Environment, Invoice, InvoiceStatus, PaymentLink, PaymentStatus, RecurringPayment,
    RecurringPaymentStatus, WebhookPayment,
};
use crate::webhook::confirmation::{Confirmation, FactCheck};
use crate::webhook::event::{Delivery, Event};
use crate::{Client, Error, ErrorKind, ReportedAmount};

impl Delivery {
    /// Fetches the paid record, using the id in the delivery, and compares the record with the delivery.
    ///
    /// This method needs a Checkout key because only the checkout service reports the status and the environment. The
    /// method compares existence, amount, environment and status, as far as they are reported. If the delivery contains
    /// no id, or its event isn't known, nothing is sent and every fact is [`NotReported`](FactCheck::NotReported).
    ///
    /// # Errors
    ///
    /// Returns the client's errors. They say nothing about the delivery, so respond with
    /// [`SEND_AGAIN`](crate::webhook::SEND_AGAIN), and confirm the delivery when it arrives again. The platform's own
    /// 404 ([`Error::is_not_found`]) isn't treated as an error. It means that the record doesn't exist, which
    /// contradicts the delivery. The vendor doesn't document that the platform responds to unknown ids with 404, so
    /// this is a guess. A 404 from a proxy is an error.
    ///
    /// ```no_run
    /// use mileston_api::webhook::{Advice, Delivery, RECEIVED, SEND_AGAIN};
    /// use mileston_api::{CheckoutClient, Live, StatusCode};
    ///
    /// async fn on_invoice(delivery: Delivery, client: CheckoutClient<Live>) -> StatusCode {
    ///     match delivery.confirm(&client).await {
    ///         Ok(found) => match found.advice() {
    ///             Advice::Fulfil => RECEIVED, // before this, fulfil the order if you haven't already
    ///             // Either the invoice isn't paid yet, or the delivery doesn't match it.
    ///             Advice::CheckFurther | Advice::DontFulfil => {
    ///                 eprintln!("the platform doesn't confirm the delivery: {found}");
    ///                 SEND_AGAIN
    ///             }
    ///         },
    ///         Err(error) => {
    ///             eprintln!("the platform can't be reached: {error}");
    ///             SEND_AGAIN
    ///         }
    ///     }
    /// }
    /// ```
    pub async fn confirm<K>(&self, client: &Client<K>) -> Result<Confirmation, Error>
    where
        K: scope::Checkout,
    {
        let (Some(payment), Some(id)) = (self.event.payment(), self.paid_id()) else {
            return Ok(nothing_compared());
        };
        let mode = client.credential().mode();
        match fetch(&self.event, id, client).await {
            Ok(record) => {
                let existence = match &record {
                    None => FactCheck::NotReported,
                    Some(record) => check(record.id == id),
                };
                Ok(compare(payment, existence, record.unwrap_or_default(), mode))
            }
            Err(error) if error.is_not_found() => {
                Ok(compare(payment, FactCheck::Contradicts, Record::default(), mode))
            }
            Err(error) if error.kind() == ErrorKind::NoRecord => {
                Ok(compare(payment, FactCheck::NotReported, Record::default(), mode))
            }
            Err(error) => Err(error),
        }
    }
}

/// The fields that the records of all three kinds of payment have in common.
#[derive(Default)]
struct Record {
    id: String,
    amount: Option<ReportedAmount>,
    env: Option<Environment>,
    paid: Option<bool>,
}

/// Fetches the record. Returns `None` if the response doesn't contain a record.
async fn fetch<K: scope::Checkout>(
    event: &Event,
    id: &str,
    client: &Client<K>,
) -> Result<Option<Record>, Error> {
    let checkout = client.checkout();
    Ok(match event {
        Event::PaymentLinkPaid(_) => {
            checkout.fetch_payment_link(id).await?.payment_data.map(Record::from)
        }
        Event::InvoicePaid(_) => checkout.fetch_invoice(id).await?.invoice_data.map(Record::from),
        Event::RecurringPaid(_) => {
            checkout.fetch_recurring_payment(id).await?.recurring_payment_data.map(Record::from)
        }
        Event::Unknown { .. } => None,
    })
}

impl From<PaymentLink> for Record {
    fn from(link: PaymentLink) -> Self {
        Record { id: link.payment_link_id.into(), amount: link.amount, env: link.env, paid: None }
    }
}

impl From<Invoice> for Record {
    fn from(invoice: Invoice) -> Self {
        let paid = invoice.status.map(|status| status == InvoiceStatus::Paid);
        Record { id: invoice.invoice_id.into(), amount: invoice.amount, env: invoice.env, paid }
    }
}

impl From<RecurringPayment> for Record {
    fn from(payment: RecurringPayment) -> Self {
        let status = payment.current_payment_status;
        Record {
            id: payment.recurring_payment_id.into(),
            amount: payment.amount,
            env: payment.env,
            paid: status.map(|status| status == RecurringPaymentStatus::Paid),
        }
    }
}

fn nothing_compared() -> Confirmation {
    Confirmation {
        existence: FactCheck::NotReported,
        amount: FactCheck::NotReported,
        environment: FactCheck::NotReported,
        status: FactCheck::NotReported,
        platform_amount: None,
    }
}

fn compare(
    delivered: &WebhookPayment,
    existence: FactCheck,
    record: Record,
    mode: Option<ModeName>,
) -> Confirmation {
    Confirmation {
        existence,
        amount: match (&delivered.amount, &record.amount) {
            (Some(delivered), Some(record)) => check(delivered.is_same_number(record)),
            (None, _) | (_, None) => FactCheck::NotReported,
        },
        environment: both(
            delivered.env.as_ref().map(|env| fits(env, mode)),
            record.env.as_ref().map(|env| fits(env, mode)),
        ),
        status: both(
            delivered.status.as_ref().map(|status| *status == PaymentStatus::Paid),
            record.paid,
        ),
        platform_amount: record.amount,
    }
}

/// Combines the facts of both sides. Only the platform can make a fact match, but either side can contradict it.
fn both(delivered: Option<bool>, record: Option<bool>) -> FactCheck {
    match (delivered, record) {
        (Some(false), _) | (_, Some(false)) => FactCheck::Contradicts,
        (_, Some(true)) => FactCheck::Matches,
        (_, None) => FactCheck::NotReported,
    }
}

fn fits(env: &Environment, mode: Option<ModeName>) -> bool {
    match mode {
        Some(ModeName::Test) => *env == Environment::Test,
        Some(ModeName::Live) => *env == Environment::Prod,
        None => false,
    }
}

fn check(same: bool) -> FactCheck {
    if same { FactCheck::Matches } else { FactCheck::Contradicts }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_platform_can_make_a_match() {
        assert_eq!(both(Some(true), Some(true)), FactCheck::Matches);
        assert_eq!(both(None, Some(true)), FactCheck::Matches);
        assert_eq!(both(Some(true), None), FactCheck::NotReported);
        assert_eq!(both(None, None), FactCheck::NotReported);
        for (delivered, record) in [(false, true), (true, false), (false, false)] {
            assert_eq!(both(Some(delivered), Some(record)), FactCheck::Contradicts);
        }
        assert_eq!(both(Some(false), None), FactCheck::Contradicts);
        assert_eq!(both(None, Some(false)), FactCheck::Contradicts);
    }

    /// This is a unit test because a test over plain HTTP can only use a test key. A live key is never sent that way.
    #[test]
    fn each_mode_has_its_environment() {
        assert!(fits(&Environment::Test, Some(ModeName::Test)));
        assert!(fits(&Environment::Prod, Some(ModeName::Live)));
        assert!(!fits(&Environment::Prod, Some(ModeName::Test)));
        assert!(!fits(&Environment::Test, Some(ModeName::Live)));
        for mode in [Some(ModeName::Test), Some(ModeName::Live), None] {
            assert!(!fits(&Environment::from("production"), mode));
        }
    }
}
