//! Receives a delivery in the backend, verifies it, and confirms it with the platform before goods
//! are shipped.

use mileston_api::keys::WebhookToken;
use mileston_api::types::{Environment, Invoice, PaymentStatus, WebhookPayment};
use mileston_api::webhook::{Event, Verifier, testing};

use crate::check::{Failure, same};
use crate::parties::Parties;
use crate::printer::Style;
use crate::show::Show;

/// Receives a delivery. The delivery doesn't come from the sandbox: this function builds it, in the
/// format that the vendor documents.
pub(super) async fn receive(
    show: &mut Show,
    parties: &Parties,
    invoice: &Invoice,
) -> Result<(), Failure> {
    show.printer.headline("A webhook");
    let token: WebhookToken = "fake-webhook-token".parse()?;
    let mut payment =
        WebhookPayment::new().with_env(Environment::Test).with_status(PaymentStatus::Paid);
    payment.payment_link_id = Some((&invoice.invoice_id).into());
    payment.amount.clone_from(&invoice.amount);
    let (headers, body) = testing::signed(&token, &Event::InvoicePaid(payment));
    show.printer.bullet("A delivery arrives: invoice-paid, with the token in X-Webhook-Signature.");
    let forged = Verifier::new("another-webhook-token".parse()?).verify(&headers, &body);
    same("`is_ok()` for a wrong token", forged.is_ok(), false)?;
    let delivery = Verifier::new(token).verify(&headers, &body)?;
    show.printer.detail(Style::Green, "ok: the token is right; a wrong one is rejected");
    let found = delivery.confirm(&parties.frontend).await?;
    same("`is_paid()` for the invoice", found.is_paid(), true)?;
    show.printer.detail(
        Style::Green,
        "ok: the platform confirms the payment; goods are shipped only now, because the token doesn't sign the body",
    );
    Ok(())
}
