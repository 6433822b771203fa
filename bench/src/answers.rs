//! The contents of the measured requests and responses, which are the same in every call.

use mileston_api::types::{
    CreateInvoice, Invoice, InvoiceEnvelope, PaymentLink, PaymentLinkEnvelope, PaymentLinkList,
    SendPayment, TransferEnvelope, WalletType,
};

use crate::Failure;

/// The client's key. It isn't a real key.
pub const KEY: &str = "Mileston_TEST_golden0123456789abcdef";
/// The client's business id.
pub const BUSINESS: &str = "golden-business-id";
/// The secret that signs payments. It isn't a real secret.
pub const SECRET: &str = "golden-wallet-secret";
/// The id of the requested payment link.
pub const LINK: &str = "5f0c8a52-3a0e-4f0b-9c58-0d4f1f6c2a11";
/// The number of payment links in the list.
pub const ITEMS: u32 = 50;
/// The business name of an invoice. It contains a character that needs escaping.
pub const SHOP: &str = "Tom & Jerry";

/// Returns the body of `createInvoice`.
///
/// # Errors
///
/// Returns an error if a value can't be parsed.
pub fn new_invoice() -> Result<CreateInvoice, Failure> {
    let invoice = CreateInvoice::new(
        "200.00",
        "Example service fee",
        "customer@example.com",
        "2031-01-31T00:00:00.000Z",
    )?;
    Ok(invoice.add_pdf(true))
}

/// Returns the body of `sendPayment`.
///
/// # Errors
///
/// Returns an error if the amount or the address can't be parsed.
pub fn new_payment() -> Result<SendPayment, Failure> {
    let recipient = "0x1111111111111111111111111111111111111111";
    Ok(SendPayment::new("100.00", recipient, WalletType::Eth)?)
}

/// Returns the response to `getPaymentLink` as JSON.
///
/// # Errors
///
/// Returns an error if the response can't be written as JSON.
pub fn payment_link() -> Result<String, Failure> {
    let envelope = PaymentLinkEnvelope::new()
        .with_status_code(200)
        .with_message("Payment link retrieved")
        .with_payment_link(format!("https://checkout.example/pay/{LINK}"))
        .with_payment_data(link(LINK.to_owned()));
    Ok(serde_json::to_string(&envelope)?)
}

/// Returns the response to `listPaymentLinks` as JSON.
///
/// # Errors
///
/// Returns an error if the response can't be written as JSON.
pub fn payment_links() -> Result<String, Failure> {
    let links = (0..ITEMS).map(|number| link(format!("{LINK}-{number}"))).collect();
    let list = PaymentLinkList::new()
        .with_status_code(200)
        .with_message("Payment links retrieved")
        .with_payment_data(links);
    Ok(serde_json::to_string(&list)?)
}

/// Returns the response to `createInvoice` as JSON.
///
/// # Errors
///
/// Returns an error if the date can't be parsed or the response can't be written as JSON.
pub fn invoice() -> Result<String, Failure> {
    let invoice = Invoice::new("inv-5f0c8a52".into())
        .with_amount("200.00".into())
        .with_item_name("Example service fee")
        .with_customer_email("customer@example.com")
        .with_due_date("2031-01-31T00:00:00.000Z".parse()?)
        .with_add_pdf(true);
    let envelope = InvoiceEnvelope::new()
        .with_status_code(201)
        .with_message("Invoice created")
        .with_invoice_link("https://checkout.example/invoice/inv-5f0c8a52")
        .with_invoice_data(invoice);
    Ok(serde_json::to_string(&envelope)?)
}

/// Returns the response to `sendPayment` as JSON.
///
/// # Errors
///
/// Returns an error if the response can't be written as JSON.
pub fn transfer() -> Result<String, Failure> {
    let envelope = TransferEnvelope::new()
        .with_status_code(200)
        .with_message("Payment sent")
        .with_transaction_uuid("0d4f1f6c-3a0e-4f0b-9c58-5f0c8a522a11".into());
    Ok(serde_json::to_string(&envelope)?)
}

fn link(id: String) -> PaymentLink {
    PaymentLink::new(id.into())
        .with_amount("100.00".into())
        .with_title("Example subscription")
        .with_description("One month of the example subscription")
        .with_redirect_url("https://shop.example/thanks")
        .with_logo_url("https://shop.example/logo.png")
        .with_banner_url("https://shop.example/banner.png")
        .with_sub_wallet_uuid("0d4f1f6c-3a0e-4f0b-9c58-5f0c8a522a11".into())
        .with_sub_wallet_user_name("example")
}
