//! Invoices: create, read, update, delete, and checkout's view of them.

use mileston_api::types::{
    Acknowledgement, CreateInvoice, Invoice, InvoiceEnvelope, InvoiceList, InvoiceStatus,
    UpdateInvoice,
};

use super::{Emulation, acknowledge, lists, merge};
use crate::environment::environment;
use crate::mistakes::Mistakes;
use crate::runtime::{Answer, Identity, Refusal};
use crate::store::{Account, Kept};

/// Creates an invoice. On the platform, the business name goes into an e-mail. The sandbox sends none, and shows the
/// name on the checkout page.
pub(super) async fn create(
    platform: &Emulation,
    caller: &Identity,
    business_name: &str,
    body: CreateInvoice,
) -> Result<Answer<InvoiceEnvelope>, Refusal> {
    let mut mistakes = Mistakes::default();
    mistakes.expect_text("businessName", business_name);
    mistakes.expect_text("itemName", &body.item_name);
    mistakes.refuse()?;
    let name = business_name.to_owned();
    let add = move |account: &Account<'_>| {
        let invoice = new(account.draw().uuid()?, body);
        account.add(&Kept::new(invoice.clone()), Some(&name))?;
        Ok(invoice)
    };
    let invoice = platform.store.write(caller, add).await?;
    Ok(Answer::created(envelope(platform, invoice, 201, "Invoice created")))
}

fn new(id: String, body: CreateInvoice) -> Invoice {
    let mut invoice = Invoice::new(id.into());
    invoice.amount = Some(body.amount.into());
    invoice.item_name = Some(body.item_name);
    invoice.customer_email = Some(body.customer_email.into());
    invoice.due_date = Some(body.due_date);
    invoice.add_pdf = body.add_pdf;
    invoice
}

pub(super) async fn list(
    platform: &Emulation,
    caller: &Identity,
    limit: Option<u32>,
) -> Result<Answer<InvoiceList>, Refusal> {
    let list = InvoiceList::new().with_status_code(200).with_message("Invoices found");
    let envelope = |invoices| list.with_invoice_data(invoices);
    let shown = |kept: Kept<Invoice>| kept.data;
    Ok(Answer::ok(lists::list(&platform.store, caller, limit, shown, envelope).await?))
}

pub(super) async fn update(
    platform: &Emulation,
    caller: &Identity,
    body: UpdateInvoice,
) -> Result<Answer<InvoiceEnvelope>, Refusal> {
    check_update(&body)?;
    let id = body.invoice_id.clone();
    let change = move |kept: &mut Kept<Invoice>| {
        kept.change_amount(body.amount)?;
        merge(&mut kept.data.item_name, body.item_name);
        merge(&mut kept.data.customer_email, body.customer_email);
        merge(&mut kept.data.due_date, body.due_date);
        merge(&mut kept.data.add_pdf, body.add_pdf);
        Ok(())
    };
    let update = move |account: &Account<'_>| account.change(id.as_str(), change);
    let invoice = platform.store.write(caller, update).await?.data;
    Ok(Answer::ok(envelope(platform, invoice, 200, "Invoice updated")))
}

fn check_update(body: &UpdateInvoice) -> Result<(), Refusal> {
    let mut mistakes = Mistakes::default();
    if let Some(name) = &body.item_name {
        mistakes.expect_text("itemName", name);
    }
    mistakes.refuse()
}

pub(super) async fn delete(
    platform: &Emulation,
    caller: &Identity,
    id: &str,
) -> Result<Answer<Acknowledgement>, Refusal> {
    let id = id.to_owned();
    platform.store.write(caller, move |account| account.remove::<Invoice>(&id)).await?;
    Ok(acknowledge("Invoice deleted"))
}

/// Returns an invoice without `status` and `env`, because the types of the backend SDK have neither.
pub(super) async fn get(
    platform: &Emulation,
    caller: &Identity,
    id: &str,
) -> Result<Answer<InvoiceEnvelope>, Refusal> {
    let kept = find(platform, caller, id).await?;
    Ok(Answer::ok(envelope(platform, kept.data, 200, "Invoice found")))
}

/// Returns the same as [`get`], plus `status` and `env`.
pub(super) async fn fetch(
    platform: &Emulation,
    caller: &Identity,
    id: &str,
) -> Result<Answer<InvoiceEnvelope>, Refusal> {
    let kept = find(platform, caller, id).await?;
    let status = if kept.is_paid() { InvoiceStatus::Paid } else { InvoiceStatus::Pending };
    let invoice = kept.data.with_status(status).with_env(environment(caller.mode));
    Ok(Answer::ok(envelope(platform, invoice, 200, "Invoice found")))
}

async fn find(platform: &Emulation, caller: &Identity, id: &str) -> Result<Kept<Invoice>, Refusal> {
    let id = id.to_owned();
    Ok(platform.store.read(caller, move |account| account.find::<Invoice>(&id)).await?)
}

fn envelope(platform: &Emulation, invoice: Invoice, status: u16, message: &str) -> InvoiceEnvelope {
    InvoiceEnvelope::new()
        .with_status_code(status)
        .with_message(message)
        .with_invoice_link(platform.page_of(&invoice))
        .with_invoice_data(invoice)
}
