//! A webhook endpoint with actix-web, for you to copy.
//!
//! The token in a delivery proves only that the sender has the token. So the endpoint confirms the payment with the
//! platform before it fulfils an order, and fulfils each order once.

use std::collections::HashSet;
use std::error::Error;
use std::io;
use std::net::TcpListener;
use std::sync::{Mutex, PoisonError};

use actix_web::dev::Server;
use actix_web::http::StatusCode;
use actix_web::web::{Bytes, Data, PayloadConfig, post};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};
use mileston_api::keys::WebhookToken;
use mileston_api::webhook::{
    Advice, Delivery, Event, MAX_BODY_BYTES, RECEIVED, SEND_AGAIN, SIGNATURE_HEADER, Verifier,
};
use mileston_api::{BusinessId, CheckoutClient, CheckoutKey, Client, Test};

/// The state of the endpoint, which all workers share.
pub struct Endpoint {
    /// Verifies the token in a delivery.
    verifier: Verifier,
    /// Confirms payments with the platform.
    client: CheckoutClient<Test>,
    /// The ids of the orders that were fulfilled. In a real service, they are in a database, with a
    /// unique index.
    fulfilled: Mutex<HashSet<String>>,
}

impl Endpoint {
    /// Creates an endpoint. The client needs a Checkout key, because only the checkout operations
    /// report whether something is paid.
    pub fn new(token: WebhookToken, client: CheckoutClient<Test>) -> Self {
        Endpoint { verifier: Verifier::new(token), client, fulfilled: Mutex::default() }
    }

    /// Creates an endpoint from the environment variables.
    ///
    /// # Errors
    ///
    /// Returns an error if a variable is missing or invalid. The error names the variable and contains no secret.
    pub fn from_env() -> Result<Self, Box<dyn Error>> {
        let token = WebhookToken::from_env("MILESTON_WEBHOOK_TOKEN")?;
        let key = CheckoutKey::from_env("MILESTON_CHECKOUT_KEY")?;
        let mut client = Client::new(key, BusinessId::from_env("MILESTON_BUSINESS_ID")?)?;
        if let Some(origin) = std::env::var_os("MILESTON_URL") {
            client = client.with_origin(&origin.to_string_lossy())?;
        }
        Ok(Endpoint::new(token, client))
    }

    /// Fulfils the order, unless it was already fulfilled. Returns whether this call fulfilled it.
    fn fulfil(&self, id: &str) -> bool {
        self.fulfilled.lock().unwrap_or_else(PoisonError::into_inner).insert(id.to_owned())
    }
}

/// Starts the server. Call this inside a multi-threaded tokio runtime, so that all workers share that runtime and can
/// share a client.
///
/// # Errors
///
/// Returns an error if the listener can't be used.
pub fn start(endpoint: Endpoint, listener: TcpListener) -> io::Result<Server> {
    let endpoint = Data::new(endpoint);
    let app = move || {
        let limit = PayloadConfig::new(MAX_BODY_BYTES);
        App::new().app_data(endpoint.clone()).app_data(limit).route("/mileston", post().to(hook))
    };
    Ok(HttpServer::new(app).workers(2).listen(listener)?.run())
}

async fn hook(endpoint: Data<Endpoint>, request: HttpRequest, body: Bytes) -> HttpResponse {
    let status = match verified(&endpoint.verifier, &request, &body) {
        Ok(delivery) => receive(&endpoint, &delivery).await,
        Err(status) => status,
    };
    // actix-web has its own status type.
    HttpResponse::new(
        StatusCode::from_u16(status.as_u16()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
    )
}

/// Verifies the token in the header, and reads the delivery from the body. Rejects a request that contains the header
/// twice, because servers don't agree on which of the two to use.
fn verified(
    verifier: &Verifier,
    request: &HttpRequest,
    body: &[u8],
) -> Result<Delivery, mileston_api::StatusCode> {
    let mut values = request.headers().get_all(SIGNATURE_HEADER);
    let value = values.next();
    if values.next().is_some() {
        return Err(mileston_api::StatusCode::BAD_REQUEST);
    }
    verifier.verify_parts(value.map(|value| value.as_bytes()), body).map_err(|error| {
        eprintln!("a delivery was rejected: {error}");
        error.status()
    })
}

/// Handles a delivery and returns the status to respond with. After any status except 200, the platform sends the delivery
/// again.
async fn receive(endpoint: &Endpoint, delivery: &Delivery) -> mileston_api::StatusCode {
    let name = delivery.event.name();
    if let Event::Unknown { .. } = delivery.event {
        println!("{name}: unknown event, ignored");
        return RECEIVED;
    }
    let id = delivery.paid_id().unwrap_or_default();
    let found = match delivery.confirm(&endpoint.client).await {
        Ok(found) => found,
        Err(error) => {
            eprintln!("{name} {id}: can't confirm the payment with the platform: {error}");
            return SEND_AGAIN;
        }
    };
    match found.advice() {
        Advice::Fulfil if endpoint.fulfil(id) => println!("{name} {id}: paid, and fulfilled"),
        Advice::Fulfil => println!("{name} {id}: already fulfilled"),
        // A real service stores the delivery and then looks for the payment on the chain.
        Advice::CheckFurther => println!("{name} {id}: nothing proves that it was paid"),
        Advice::DontFulfil => {
            eprintln!("{name} {id}: forged, or arrived too early: {found}");
            return SEND_AGAIN;
        }
    }
    RECEIVED
}
