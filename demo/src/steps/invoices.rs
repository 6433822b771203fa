//! Runs the invoice steps: the backend creates and changes an invoice, a frontend pays it once, and
//! the backend deletes it.

use mileston_api::operations::CreateInvoiceArguments;
use mileston_api::types::{Environment, Invoice, InvoiceEnvelope, InvoiceStatus};

use super::payment;
use crate::check::{Failure, acknowledged, given, head, same};
use crate::expected::Expected;
use crate::parties::Parties;
use crate::show::Show;

const PRICE: &str = "250.50";
const ITEM: &str = "Annual maintenance";
const CUSTOMER: &str = "customer@shop.example";
const DUE: &str = "2030-01-31T12:00:00.000Z";
const LATER: &str = "2030-02-28T12:00:00.000Z";

/// Creates, gets, lists and changes an invoice.
pub(super) async fn offer(show: &mut Show, parties: &Parties) -> Result<Invoice, Failure> {
    show.printer.headline("An invoice, created by the backend");
    let invoice = create(show, parties).await?;
    show.done(
        "It gets the invoice.",
        &parties.backend,
        |client| client.invoices().get(&invoice.invoice_id),
        |answer| found(answer, &invoice),
    )
    .await?;
    show.done(
        "It lists its invoices.",
        &parties.backend,
        |client| client.invoices().list(),
        |answer| {
            let status = head(answer.status_code, &answer.message, 200)?;
            same("invoiceData", &*answer.invoice_data, std::slice::from_ref(&invoice))?;
            Ok(format!("{status}; 1 invoice, the one above"))
        },
    )
    .await?;
    update(show, parties, invoice).await
}

async fn create(show: &mut Show, parties: &Parties) -> Result<Invoice, Failure> {
    let due = DUE.parse()?;
    let arguments = CreateInvoiceArguments {
        business_name: "Demo shop".to_owned(),
        amount: PRICE.parse()?,
        item_name: ITEM.to_owned(),
        customer_email: CUSTOMER.parse()?,
        due_date: due,
    };
    let answer = show
        .done(
            "The backend creates an invoice for 250.50 for one customer.",
            &parties.backend,
            |client| client.invoices().create(arguments),
            |answer| {
                let invoice = answer.invoice_data()?;
                let expected = Invoice::new(invoice.invoice_id.clone())
                    .with_amount(PRICE.into())
                    .with_item_name(ITEM);
                same(
                    "invoiceData",
                    invoice,
                    &expected.with_customer_email(CUSTOMER).with_due_date(due),
                )?;
                let (status, id) =
                    (head(answer.status_code, &answer.message, 201)?, &invoice.invoice_id);
                let page = answer.invoice_link()?;
                let origin = parties.backend.origin().unwrap_or_default();
                same("invoiceLink", page, format!("{origin}/invoice/{id}").as_str())?;
                Ok(format!("{status}; pay at {page}"))
            },
        )
        .await?;
    Ok(answer.invoice_data()?.clone())
}

async fn update(show: &mut Show, parties: &Parties, invoice: Invoice) -> Result<Invoice, Failure> {
    let later = LATER.parse()?;
    let changed = invoice.with_due_date(later);
    show.done(
        "It gives the customer four more weeks.",
        &parties.backend,
        |client| client.invoices().update(&changed.invoice_id).due_date(later),
        |answer| found(answer, &changed),
    )
    .await?;
    Ok(changed)
}

/// Pays the invoice, and then tries to pay it again.
pub(super) async fn pay(
    show: &mut Show,
    parties: &Parties,
    invoice: &Invoice,
) -> Result<(), Failure> {
    show.printer.headline("The invoice, paid in the frontend");
    let frontend = &parties.frontend;
    let id = &invoice.invoice_id;
    let question = payment::question(id, PRICE)?;
    let (report, another) = (
        payment::report(id, PRICE, "0xdemo-invoice")?,
        payment::report(id, PRICE, "0xdemo-twice")?,
    );
    fetch(show, parties, invoice, InvoiceStatus::Pending, "The frontend fetches the invoice.")
        .await?;
    show.refused(
        "It tries to verify the payment before anyone has paid.",
        frontend,
        |client| client.checkout().verify_invoice_payment_from(&question),
        Expected::AWAITING,
    )
    .await?;
    show.done(
        "The customer pays; the frontend reports the transaction.",
        frontend,
        |client| client.checkout().save_invoice_payment(report),
        acknowledged,
    )
    .await?;
    fetch(show, parties, invoice, InvoiceStatus::Paid, "It fetches the invoice again.").await?;
    show.done(
        "It verifies the payment again.",
        frontend,
        |client| client.checkout().verify_invoice_payment_from(&question),
        |answer| Ok(format!("{}: paid", acknowledged(answer)?)),
    )
    .await?;
    show.refused(
        "It reports a second transaction for the same invoice.",
        frontend,
        |client| client.checkout().save_invoice_payment(another),
        Expected::conflict("is already paid"),
    )
    .await
}

async fn fetch(
    show: &mut Show,
    parties: &Parties,
    invoice: &Invoice,
    status: InvoiceStatus,
    what: &str,
) -> Result<(), Failure> {
    let seen = invoice.clone().with_status(status.clone()).with_env(Environment::Test);
    show.done(
        what,
        &parties.frontend,
        |client| client.checkout().fetch_invoice(&invoice.invoice_id),
        |answer| Ok(format!("{}, {status}", found(answer, &seen)?)),
    )
    .await?;
    Ok(())
}

/// Deletes the invoice, and then tries to get it.
pub(super) async fn delete(
    show: &mut Show,
    parties: &Parties,
    invoice: &Invoice,
) -> Result<(), Failure> {
    show.done(
        "The backend deletes the invoice.",
        &parties.backend,
        |client| client.invoices().delete(&invoice.invoice_id),
        acknowledged,
    )
    .await?;
    show.refused(
        "It tries to get the invoice again.",
        &parties.backend,
        |client| client.invoices().get(&invoice.invoice_id),
        Expected::not_found("no invoice with this id"),
    )
    .await
}

/// Checks that the response contains this invoice and nothing else.
fn found(answer: &InvoiceEnvelope, invoice: &Invoice) -> Result<String, Failure> {
    let status = head(answer.status_code, &answer.message, 200)?;
    let data = answer.invoice_data()?;
    same("invoiceData", data, invoice)?;
    let (amount, item) = (given("amount", &data.amount)?, given("itemName", &data.item_name)?);
    Ok(format!("{status}; {amount}, \"{item}\", due {}", given("dueDate", &data.due_date)?))
}
