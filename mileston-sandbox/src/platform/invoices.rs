//! Creates, reads, updates and deletes invoices, for the backend and the checkout.

use std::sync::Arc;

use mileston_api::InvoiceId;
use mileston_api::types::{
    Acknowledgement, CreateInvoice, Invoice, InvoiceEnvelope, InvoiceList, UpdateInvoice,
};

use super::lists;
use super::success::{Success, acknowledge, merge};
use crate::generated::server::answers::Answer;
use crate::generated::server::services;
use crate::links::Links;
use crate::mistakes::Mistakes;
use crate::runtime::{Identity, Refusal};
use crate::store::{Account, Kept, Store};

/// The invoices of all businesses.
#[derive(Clone)]
pub(crate) struct Invoices {
    pub(super) store: Arc<Store>,
    pub(super) links: Links,
}

impl services::Invoices for Invoices {
    /// Creates an invoice. The platform puts the business name into an e-mail. The sandbox sends no e-mail, but
    /// shows the name on the checkout page.
    async fn create_invoice(
        &self,
        caller: &Identity,
        business_name: String,
        body: CreateInvoice,
    ) -> Success<InvoiceEnvelope> {
        let mut mistakes = Mistakes::default();
        mistakes.expect_text("businessName", &business_name);
        mistakes.expect_text("itemName", &body.item_name);
        mistakes.refuse()?;
        let add = move |account: &Account<'_>| {
            let invoice = new(account.draw().uuid()?, body);
            account.add(&Kept::new(invoice.clone()), Some(&business_name))?;
            Ok(invoice)
        };
        let invoice = self.store.write(caller, add).await?;
        Ok(Answer::created(envelope(&self.links, invoice, 201, "Invoice created")))
    }

    async fn list_invoices(&self, caller: &Identity, limit: Option<u32>) -> Success<InvoiceList> {
        let list = InvoiceList::new().with_status_code(200).with_message("Invoices found");
        let envelope = |invoices| list.with_invoice_data(invoices);
        let shown = |kept: Kept<Invoice>| kept.data;
        Ok(Answer::ok(lists::list(&self.store, caller, limit, shown, envelope).await?))
    }

    async fn update_invoice(
        &self,
        caller: &Identity,
        body: UpdateInvoice,
    ) -> Success<InvoiceEnvelope> {
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
        let invoice = self.store.write(caller, update).await?.data;
        Ok(Answer::ok(envelope(&self.links, invoice, 200, "Invoice updated")))
    }

    async fn delete_invoice(
        &self,
        caller: &Identity,
        invoice_id: InvoiceId,
    ) -> Success<Acknowledgement> {
        let remove = move |account: &Account<'_>| account.remove::<Invoice>(invoice_id.as_str());
        self.store.write(caller, remove).await?;
        Ok(acknowledge("Invoice deleted"))
    }

    /// Returns an invoice without `status` and `env`, because the backend SDK's types have neither field.
    async fn get_invoice(
        &self,
        caller: &Identity,
        invoice_id: InvoiceId,
    ) -> Success<InvoiceEnvelope> {
        let kept = find(&self.store, caller, invoice_id).await?;
        Ok(Answer::ok(envelope(&self.links, kept.data, 200, "Invoice found")))
    }
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

fn check_update(body: &UpdateInvoice) -> Result<(), Refusal> {
    let mut mistakes = Mistakes::default();
    if let Some(name) = &body.item_name {
        mistakes.expect_text("itemName", name);
    }
    mistakes.refuse()
}

pub(super) async fn find(
    store: &Store,
    caller: &Identity,
    id: InvoiceId,
) -> Result<Kept<Invoice>, Refusal> {
    Ok(store.read(caller, move |account| account.find::<Invoice>(id.as_str())).await?)
}

pub(super) fn envelope(
    links: &Links,
    invoice: Invoice,
    status: u16,
    message: &str,
) -> InvoiceEnvelope {
    InvoiceEnvelope::new()
        .with_status_code(status)
        .with_message(message)
        .with_invoice_link(links.checkout::<Invoice>(invoice.invoice_id.as_str()))
        .with_invoice_data(invoice)
}
