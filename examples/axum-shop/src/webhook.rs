//! Receives deliveries. The token in a delivery proves only that the sender has the token, so the shop confirms the
//! payment with the platform.

use axum::extract::State;
use axum::http::StatusCode;
use mileston_api::InvoiceId;
use mileston_api::webhook::axum::Verified;
use mileston_api::webhook::{Advice, Event, RECEIVED, SEND_AGAIN};

use crate::Shop;
use crate::orders::Fulfilled;

/// Fulfils the order if the platform confirms that its invoice is paid.
///
/// `Verified` rejects a wrong token with 401 before this function runs. After any status except 200, the platform sends
/// the delivery again.
pub(crate) async fn receive(State(shop): State<Shop>, Verified(delivery): Verified) -> StatusCode {
    let Event::InvoicePaid(_) = delivery.event else { return RECEIVED };
    let Some(invoice) = delivery.paid_id().map(InvoiceId::from) else { return RECEIVED };
    if shop.orders.find(&invoice).is_none() {
        // A different program created the invoice for this business, or this shop created it but the response was lost.
        // A person has to check.
        eprintln!("{invoice}: not an order of this shop");
        return RECEIVED;
    }
    let found = match delivery.confirm(&shop.checkout).await {
        Ok(found) => found,
        Err(error) => {
            eprintln!("{invoice}: can't confirm the payment with the platform: {error}");
            return SEND_AGAIN;
        }
    };
    match found.advice() {
        Advice::Fulfil => {
            match shop.orders.fulfil(&invoice) {
                Fulfilled::Now => println!("{invoice}: paid, and fulfilled"),
                Fulfilled::Before => println!("{invoice}: already fulfilled"),
                Fulfilled::NoSuchOrder => println!("{invoice}: not an order of this shop"),
            }
            RECEIVED
        }
        // `DontFulfil` means that the delivery is forged, or arrived too early. `CheckFurther` means that the platform
        // doesn't report a status.
        Advice::DontFulfil | Advice::CheckFurther => {
            eprintln!("{invoice}: not paid: {found}");
            SEND_AGAIN
        }
    }
}
