//! Asks the platform about a delivery, and compares.

use mileston_keys::{ModeName, scope};

use crate::types::{
    Environment, Invoice, InvoiceStatus, PaymentLink, PaymentStatus, RecurringPayment,
    RecurringPaymentStatus, WebhookPayment,
};
use crate::webhook::confirmation::{Confirmation, Verdict};
use crate::webhook::event::{Delivery, Event};
use crate::{Client, Error, ErrorKind, ReportedAmount};

impl Delivery {
    /// Asks the platform whether what the delivery says is so: by the id, with a Checkout key.
    ///
    /// A Checkout key, since status and environment are known from checkout alone (`mileston-payment-client` 0.9.3,
    /// `dist/index.d.ts`). Compared are existence, amount, environment and status, as far as both sides say;
    /// [`Confirmation`] says what that is worth. Where the delivery names no id, or its event is not known, nothing
    /// is sent and every fact is [`Unsaid`](Verdict::Unsaid).
    ///
    /// # Errors
    ///
    /// Those of the client. They say nothing about the delivery: answer
    /// [`SEND_AGAIN`](crate::webhook::SEND_AGAIN) and ask again next time. The exception is the platform's own 404
    /// ([`Error::is_not_found`]), which isn't an error: it contradicts the existence. That the platform answers so for
    /// unknown ids is a guess. A 404 of a proxy is an error.
    ///
    /// ```no_run
    /// use mileston_api::webhook::{Advice, Delivery, RECEIVED, SEND_AGAIN};
    /// use mileston_api::{CheckoutClient, Live, StatusCode};
    ///
    /// async fn on_invoice(delivery: Delivery, client: CheckoutClient<Live>) -> StatusCode {
    ///     match delivery.confirm(&client).await {
    ///         Ok(found) => match found.advice() {
    ///             Advice::Serve => RECEIVED, // after the order was served, once for its id
    ///             // An invoice has a status, so this answer is odd.
    ///             Advice::LookFurther | Advice::DontServe => {
    ///                 eprintln!("not paid, as far as the platform says: {found}");
    ///                 SEND_AGAIN
    ///             }
    ///         },
    ///         Err(error) => {
    ///             eprintln!("could not ask: {error}");
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
            return Ok(nothing_asked());
        };
        let mode = client.credential().mode();
        match fetch(&self.event, id, client).await {
            Ok(record) => {
                let existence = match &record {
                    None => Verdict::Unsaid,
                    Some(record) => verdict(record.id == id),
                };
                Ok(compare(payment, existence, record.unwrap_or_default(), mode))
            }
            Err(error) if error.is_not_found() => {
                Ok(compare(payment, Verdict::Contradicts, Record::default(), mode))
            }
            Err(error) if error.kind() == ErrorKind::NoRecord => {
                Ok(compare(payment, Verdict::Unsaid, Record::default(), mode))
            }
            Err(error) => Err(error),
        }
    }
}

/// What the three kinds of payment have in common.
#[derive(Default)]
struct Record {
    id: String,
    amount: Option<ReportedAmount>,
    env: Option<Environment>,
    paid: Option<bool>,
}

/// `None`: an answer without data.
async fn fetch<K: scope::Checkout>(
    event: &Event,
    id: &str,
    client: &Client<K>,
) -> Result<Option<Record>, Error> {
    let checkout = client.checkout();
    Ok(match event {
        Event::PaymentLinkPaid(_) => {
            checkout.fetch_payment_link(&id.into()).await?.payment_data.map(Record::from)
        }
        Event::InvoicePaid(_) => {
            checkout.fetch_invoice(&id.into()).await?.invoice_data.map(Record::from)
        }
        Event::RecurringPaid(_) => checkout
            .fetch_recurring_payment(&id.into())
            .await?
            .recurring_payment_data
            .map(Record::from),
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

fn nothing_asked() -> Confirmation {
    Confirmation {
        existence: Verdict::Unsaid,
        amount: Verdict::Unsaid,
        environment: Verdict::Unsaid,
        status: Verdict::Unsaid,
        platform_amount: None,
    }
}

fn compare(
    told: &WebhookPayment,
    existence: Verdict,
    record: Record,
    mode: Option<ModeName>,
) -> Confirmation {
    Confirmation {
        existence,
        amount: match (&told.amount, &record.amount) {
            (Some(told), Some(record)) => verdict(told.is_same_number(record)),
            (None, _) | (_, None) => Verdict::Unsaid,
        },
        environment: both(
            told.env.as_ref().map(|env| fits(env, mode)),
            record.env.as_ref().map(|env| fits(env, mode)),
        ),
        status: both(
            told.status.as_ref().map(|status| *status == PaymentStatus::Paid),
            record.paid,
        ),
        platform_amount: record.amount,
    }
}

/// Whether what each side says is right. It takes the platform to match, and either to contradict.
fn both(told: Option<bool>, record: Option<bool>) -> Verdict {
    match (told, record) {
        (Some(false), _) | (_, Some(false)) => Verdict::Contradicts,
        (_, Some(true)) => Verdict::Matches,
        (_, None) => Verdict::Unsaid,
    }
}

fn fits(env: &Environment, mode: Option<ModeName>) -> bool {
    match mode {
        Some(ModeName::Test) => *env == Environment::Test,
        Some(ModeName::Live) => *env == Environment::Prod,
        None => false,
    }
}

fn verdict(same: bool) -> Verdict {
    if same { Verdict::Matches } else { Verdict::Contradicts }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_platform_can_make_a_match() {
        assert_eq!(both(Some(true), Some(true)), Verdict::Matches);
        assert_eq!(both(None, Some(true)), Verdict::Matches);
        assert_eq!(both(Some(true), None), Verdict::Unsaid);
        assert_eq!(both(None, None), Verdict::Unsaid);
        for (told, record) in [(false, true), (true, false), (false, false)] {
            assert_eq!(both(Some(told), Some(record)), Verdict::Contradicts);
        }
        assert_eq!(both(Some(false), None), Verdict::Contradicts);
        assert_eq!(both(None, Some(false)), Verdict::Contradicts);
    }

    /// Over HTTP only a test key can be tested: a live key never goes to this machine.
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
