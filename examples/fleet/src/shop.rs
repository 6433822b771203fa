//! One instance of the shop: a template for your own service. All instances share one database, one Redis server and
//! one key.
//!
//! * `POST /orders/7` creates an order and its invoice. The outbox stores the invoice before it is sent.
//! * `GET /orders/7` returns the invoice, and how many times the order was fulfilled.
//! * `POST /mileston` receives webhooks. The inbox recognises webhooks that another instance has already handled.

use std::env::var_os;
use std::error::Error;
use std::time::Duration;

use axum::extract::{FromRef, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use mileston_api::keys::WebhookToken;
use mileston_api::types::CreateInvoice;
use mileston_api::webhook::axum::Verified;
use mileston_api::webhook::{Advice, RECEIVED, SEND_AGAIN, Verifier};
use mileston_api::{
    BusinessId, CheckoutClient, CheckoutKey, Client, NormalClient, NormalKey, Test,
};
use mileston_fleet::postgres::Tables;
use mileston_fleet::{
    Begun, Decision, IfNotSeen, NewInvoice, Outbox, PostgresInbox, SharedRateLimit, Started,
    Worker, connect,
};
use serde::{Deserialize, Serialize};
use tokio::net::TcpListener;
use tokio_postgres::NoTls;

/// The number of instances.
pub(crate) const COPIES: u32 = 3;

/// The rate limit: the number of requests, and the period. The platform's documented periods are longer. This one is
/// short, so that the example finishes quickly.
pub(crate) const LIMIT: (u32, Duration) = (20, Duration::from_secs(2));

/// The shop's own table.
pub(crate) const TABLE: &str = "CREATE TABLE orders (number integer PRIMARY KEY, invoice text UNIQUE, fulfilled integer NOT NULL DEFAULT 0)";

/// The state that all handlers share.
#[derive(Clone)]
struct Shop {
    database: String,
    mileston: NormalClient<Test>,
    checkout: CheckoutClient<Test>,
    verifier: Verifier,
    inbox: PostgresInbox,
    outbox: Outbox,
}

/// An order, as `GET /orders/7` returns it.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Order {
    /// The id of the order's invoice, or `None` until the id is known.
    pub(crate) invoice: Option<String>,
    pub(crate) fulfilled: i32,
}

/// Runs an instance with the settings in its environment.
pub(crate) async fn run() -> Result<(), Box<dyn Error + Send + Sync>> {
    let key = NormalKey::<Test>::from_env("MILESTON_KEY")?;
    let business = BusinessId::from_env("MILESTON_BUSINESS_ID")?;
    let limit = SharedRateLimit::builder(connect(text("REDIS_URL")?)?, key.expose_secret(), COPIES)
        .quota(LIMIT.0, LIMIT.1)
        .build();
    let mileston = Client::builder(key, &business)?.governor(limit).build()?;
    let checkout = CheckoutClient::new(CheckoutKey::from_env("MILESTON_CHECKOUT_KEY")?, &business)?;
    let shop = Shop {
        database: text("DATABASE_URL")?,
        mileston: mileston.with_origin_from_env("MILESTON_URL")?,
        checkout: checkout.with_origin_from_env("MILESTON_URL")?,
        verifier: Verifier::new(WebhookToken::from_env("MILESTON_WEBHOOK_TOKEN")?),
        inbox: PostgresInbox::new(&Tables::default()),
        outbox: Outbox::new(&Tables::default()),
    };
    let listener = TcpListener::bind(text("SHOP_ADDRESS")?).await?;
    tokio::spawn(work(shop.clone()));
    let router = Router::new()
        .route("/orders/{number}", get(show).post(order))
        .route("/invoices", get(invoices))
        .route("/mileston", post(receive))
        .with_state(shop);
    Ok(axum::serve(listener, router).await?)
}

/// Returns the value of an environment variable. Keys are read with `from_env` instead.
fn text(name: &str) -> Result<String, String> {
    let value = var_os(name).ok_or_else(|| format!("{name} isn't set"))?;
    value.into_string().map_err(|_| format!("{name} isn't UTF-8"))
}

impl Shop {
    /// Connects to the database. In a real shop, take connections from a pool such as deadpool.
    async fn connect(&self) -> Result<tokio_postgres::Client, tokio_postgres::Error> {
        let (client, connection) = tokio_postgres::connect(&self.database, NoTls).await?;
        tokio::spawn(connection);
        Ok(client)
    }
}

async fn order(State(shop): State<Shop>, Path(number): Path<i32>) -> Result<Json<Order>, Failure> {
    let mut database = shop.connect().await?;
    // The order and the intent to send its invoice are stored together, or not at all.
    let transaction = database.transaction().await?;
    let insert = "INSERT INTO orders (number) VALUES ($1) ON CONFLICT DO NOTHING";
    transaction.execute(insert, &[&number]).await?;
    let started = shop.outbox.begin(&transaction, &key(number), invoice(number)?).await?;
    transaction.commit().await?;
    if let Started::First(pending) = started {
        pending.send(&database, &shop.mileston).await?;
    }
    note_invoice(&shop, &database, number).await?;
    Ok(Json(find(&database, number).await?))
}

fn key(number: i32) -> String {
    format!("order-{number}")
}

/// The item's name contains the order number, so the outbox can find the invoice in the platform's list.
fn invoice(number: i32) -> Result<NewInvoice, mileston_api::Error> {
    let (item, due) = (format!("Order {number}"), "2031-01-31T00:00:00.000Z");
    let body = CreateInvoice::new("12.50", item, "ada@shop.example", due)?;
    Ok(NewInvoice { business_name: "A shop".to_owned(), body })
}

async fn show(State(shop): State<Shop>, Path(number): Path<i32>) -> Result<Json<Order>, Failure> {
    Ok(Json(find(&shop.connect().await?, number).await?))
}

async fn find(
    database: &tokio_postgres::Client,
    number: i32,
) -> Result<Order, tokio_postgres::Error> {
    let select = "SELECT invoice, fulfilled FROM orders WHERE number = $1";
    let row = database.query_one(select, &[&number]).await?;
    Ok(Order { invoice: row.try_get(0)?, fulfilled: row.try_get(1)? })
}

/// Stores the id of an order's invoice, if the outbox knows it.
async fn note_invoice(
    shop: &Shop,
    database: &tokio_postgres::Client,
    number: i32,
) -> Result<(), Failure> {
    let decision = shop.outbox.decision(database, &key(number)).await?;
    if let Some(Decision::Done { record: Some(id) }) = decision {
        let update = "UPDATE orders SET invoice = $2 WHERE number = $1";
        database.execute(update, &[&number, &id]).await?;
    }
    Ok(())
}

/// Reads a list from the platform, within the shared limit.
async fn invoices(State(shop): State<Shop>) -> Result<StatusCode, Failure> {
    shop.mileston.invoices().list().limit(1).await?;
    Ok(StatusCode::OK)
}

impl FromRef<Shop> for Verifier {
    fn from_ref(shop: &Shop) -> Self {
        shop.verifier.clone()
    }
}

/// Fulfils an order once, even if several instances of the shop receive its webhook.
async fn receive(
    State(shop): State<Shop>,
    Verified(delivery): Verified,
) -> Result<StatusCode, Failure> {
    // The token proves only that the sender knows it, so ask the platform to confirm the payment.
    if delivery.confirm(&shop.checkout).await?.advice() != Advice::Fulfil {
        return Ok(SEND_AGAIN);
    }
    let mut database = shop.connect().await?;
    let transaction = database.transaction().await?;
    match shop.inbox.begin(&transaction, &delivery.dedupe_key()).await? {
        Begun::First => {}
        Begun::Done => return Ok(RECEIVED),
        Begun::Busy => return Ok(SEND_AGAIN),
    }
    let update = "UPDATE orders SET fulfilled = fulfilled + 1 WHERE invoice = $1";
    if transaction.execute(update, &[&delivery.paid_id()]).await? == 0 {
        // The webhook arrived before the invoice's id was stored. Dropping the transaction rolls it back.
        return Ok(SEND_AGAIN);
    }
    transaction.commit().await?;
    Ok(RECEIVED)
}

/// Checks the writes whose outcome is unknown, including those of instances that were killed.
async fn work(shop: Shop) {
    let worker = Worker::new(&shop.outbox, shop.mileston.clone(), IfNotSeen::AskPerson);
    loop {
        if let Err(Failure(error)) = work_once(&shop, &worker).await {
            eprintln!("the worker failed: {error}");
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

async fn work_once(shop: &Shop, worker: &Worker<NormalKey<Test>>) -> Result<(), Failure> {
    let database = shop.connect().await?;
    while worker.step(&database).await?.is_some() {}
    for row in database.query("SELECT number FROM orders WHERE invoice IS NULL", &[]).await? {
        note_invoice(shop, &database, row.try_get(0)?).await?;
    }
    Ok(())
}

/// Any error. The response is 500, so the platform sends the webhook again.
struct Failure(Box<dyn Error + Send + Sync>);

impl<E: Into<Box<dyn Error + Send + Sync>>> From<E> for Failure {
    fn from(error: E) -> Self {
        Failure(error.into())
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        eprintln!("{}", self.0);
        StatusCode::INTERNAL_SERVER_ERROR.into_response()
    }
}
