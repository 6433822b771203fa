//! Handles customers' requests.

use axum::extract::{Form, FromRef, Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Router, response};
use mileston_api::operations::CreateInvoiceArguments;
use mileston_api::webhook::Verifier;
use mileston_api::{
    Amount, CheckoutClient, Client, Email, Error, InvoiceId, NormalClient, Outcome, Test,
    Timestamp, amount,
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;

use crate::orders::Orders;
use crate::{Settings, pages, webhook};

const NAME: &str = "Example Theatre";
const ITEM: &str = "A ticket";
const PRICE: Amount = amount!("25.00");
const DAY: i64 = 24 * 60 * 60 * 1000;

/// The state that all routes share. Each client has its own key: the backend client can't read the status of a payment,
/// and the checkout client can't create an invoice. A call with the wrong client doesn't compile.
#[derive(Clone)]
pub struct Shop {
    /// Creates invoices.
    backend: NormalClient<Test>,
    /// Confirms that an invoice is paid.
    pub(crate) checkout: CheckoutClient<Test>,
    /// Verifies the token in a delivery.
    verifier: Verifier,
    /// The orders so far.
    pub(crate) orders: Orders,
}

impl Shop {
    /// Creates the clients from the settings.
    ///
    /// # Errors
    ///
    /// Returns an error if a setting is invalid, such as an origin that isn't a URL.
    pub fn new(settings: Settings) -> Result<Self, Error> {
        let mut backend = Client::new(settings.key, &settings.business_id)?;
        let mut checkout = Client::new(settings.checkout_key, &settings.business_id)?;
        if let Some(origin) = &settings.origin {
            backend = backend.with_origin(origin)?;
            checkout = checkout.with_origin(origin)?;
        }
        let verifier = Verifier::new(settings.webhook_token);
        Ok(Shop { backend, checkout, verifier, orders: Orders::default() })
    }
}

/// Provides the verifier to the extractor for webhooks.
impl FromRef<Shop> for Verifier {
    fn from_ref(shop: &Shop) -> Self {
        shop.verifier.clone()
    }
}

/// Returns all routes.
pub fn router(shop: Shop) -> Router {
    Router::new()
        .route("/", get(front))
        .route("/orders", post(buy))
        .route("/orders/{invoice}", get(order))
        .route("/mileston", post(webhook::receive))
        .with_state(shop)
}

async fn front() -> Html<String> {
    pages::front(NAME, ITEM, PRICE)
}

#[derive(Deserialize)]
struct Purchase {
    email: String,
}

/// Creates an order and its invoice. A payment link wouldn't work here, because the platform
/// doesn't report whether a link was paid.
async fn buy(
    State(shop): State<Shop>,
    Form(purchase): Form<Purchase>,
) -> Result<Redirect, Problem> {
    let customer_email: Email = purchase.email.parse().map_err(|_| Problem::Email)?;
    let due_date = Timestamp::now()
        .and_then(|now| Timestamp::from_millisecond(now.as_millisecond() + 7 * DAY))
        .map_err(|_| Problem::Clock)?;
    let arguments = CreateInvoiceArguments {
        business_name: NAME.to_owned(),
        amount: PRICE,
        item_name: ITEM.to_owned(),
        customer_email,
        due_date,
    };
    let response = shop.backend.invoices().create(arguments).await?;
    let invoice = response.invoice_data()?.invoice_id.clone();
    let path = utf8_percent_encode(invoice.as_str(), NON_ALPHANUMERIC).to_string();
    // The order is added even without a link, because the customer gets the invoice by email and
    // may pay it.
    shop.orders.add(invoice, response.invoice_link().ok().map(str::to_owned));
    Ok(Redirect::to(&format!("/orders/{path}")))
}

async fn order(
    State(shop): State<Shop>,
    Path(invoice): Path<String>,
) -> response::Result<Html<String>> {
    let order = shop.orders.find(&InvoiceId::from(invoice));
    let order = order.ok_or((StatusCode::NOT_FOUND, "There is no such order."))?;
    Ok(pages::order(NAME, ITEM, &order))
}

/// The reason why a purchase failed.
enum Problem {
    Email,
    Clock,
    Invoice(Error),
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        Problem::Invoice(error)
    }
}

/// Shows the customer what to do. If a call failed, also logs its error.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (status, text) = match self {
            Problem::Email => (
                StatusCode::BAD_REQUEST,
                "This isn't an email address. Please go back and correct it.",
            ),
            Problem::Clock => (StatusCode::INTERNAL_SERVER_ERROR, "This shop's clock is wrong."),
            Problem::Invoice(error) => {
                eprintln!("creating an invoice failed: {error}");
                let text = match error.outcome() {
                    Outcome::NotSent | Outcome::Refused => {
                        "No invoice was created. Please try again later."
                    }
                    _ => {
                        "An invoice may have been created. If you get it by email, please don't buy again."
                    }
                };
                (StatusCode::BAD_GATEWAY, text)
            }
        };
        (status, pages::problem(NAME, text)).into_response()
    }
}
