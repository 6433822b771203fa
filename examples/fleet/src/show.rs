//! Starts everything, and shows in three steps what the copies share.

use std::error::Error;
use std::time::{Duration, Instant};

use mileston_api::{NormalClient, Test, reqwest};
use mileston_fleet::postgres::{Tables, migrate};
use mileston_sandbox::{DeliveryState, Fault, RateLimits, Sandbox};
use serde::Deserialize;
use serde_json::json;
use tokio::process::{Child, Command};
use tools::servers::{Servers, free_port, wait_for};

use crate::shop::{COPIES, LIMIT, Order, TABLE};

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// A plainly fake token.
const TOKEN: &str = "fake-webhook-token";

/// Everything that the example starts. Dropping this value kills the copies.
struct Fleet {
    sandbox: Sandbox,
    copies: Vec<(String, Child)>,
    http: reqwest::Client,
    /// The Redis and PostgreSQL servers. This is the last field, so that they are dropped after the copies.
    _servers: Servers,
}

/// Runs the steps. With `stay`, the two remaining copies keep running until Ctrl-C.
pub(crate) async fn run(stay: bool) -> Result<()> {
    tokio::select! {
        result = steps(stay) => result,
        _ = tokio::signal::ctrl_c() => Ok(()),
    }
}

async fn steps(stay: bool) -> Result<()> {
    let mut fleet = Fleet::start().await?;
    fleet.a_webhook_is_handled_once().await?;
    fleet.a_limit_is_shared().await?;
    fleet.a_killed_copy_loses_nothing().await?;
    if stay {
        println!(
            "Copies 1 and 2 keep running until you press Ctrl-C. The platform is {}.",
            fleet.sandbox.url()
        );
        std::future::pending::<()>().await;
    }
    Ok(())
}

impl Fleet {
    async fn start() -> Result<Fleet> {
        let servers = Servers::start(&[])?;
        let limits = RateLimits::new(LIMIT.0, LIMIT.1);
        let sandbox = Sandbox::builder().rate_limits(limits).start().await?;
        let (database, connection) = connect(&servers.database_url()).await?;
        tokio::spawn(connection);
        migrate(&database, &Tables::default()).await?;
        database.batch_execute(TABLE).await?;
        let mut copies = Vec::new();
        for _ in 0..COPIES {
            let port = free_port()?;
            let address = format!("127.0.0.1:{port}");
            let child = copy(&servers, &sandbox, &address).spawn()?;
            wait_for(port)?;
            copies.push((format!("http://{address}"), child));
        }
        println!(
            "Three copies of a shop share one Redis server, one PostgreSQL server and one key:"
        );
        for ((url, _), number) in copies.iter().zip(1..) {
            println!("  copy {number}: {url}");
        }
        let http = reqwest::Client::builder().no_proxy().build()?;
        Ok(Fleet { sandbox, copies, http, _servers: servers })
    }

    async fn a_webhook_is_handled_once(&self) -> Result<()> {
        for (url, _) in &self.copies[..2] {
            let url = format!("{url}/mileston");
            self.sandbox.webhooks().register(&url, &TOKEN.parse()?, &[]).await?;
        }
        let order: Order = self.post(0, "orders/1").await?;
        let invoice = order.invoice.ok_or("the invoice of order 1 wasn't created")?;
        let trigger = format!("{}/_sandbox/trigger", self.sandbox.url());
        let body = json!({ "event": "invoice-paid", "id": invoice }).to_string();
        let request = self.http.post(trigger).header("mileston-sandbox", "fleet");
        let request = request.header("content-type", "application/json");
        request.body(body).send().await?.error_for_status()?;
        let started = Instant::now();
        loop {
            let deliveries = self.sandbox.webhooks().deliveries(50).await?;
            if deliveries.len() == 2
                && deliveries.iter().all(|it| it.state == DeliveryState::Delivered)
            {
                break;
            }
            wait(started, "the webhooks weren't delivered").await?;
        }
        let order: Order = self.get(2, "orders/1").await?;
        expect(order.fulfilled == 1, &format!("order 1 was fulfilled {} times", order.fulfilled))?;
        println!(
            "1. Order 1 was paid. The webhook reached copies 1 and 2, and the order was fulfilled once."
        );
        Ok(())
    }

    async fn a_limit_is_shared(&self) -> Result<()> {
        const REQUESTS: usize = 60;
        let started = Instant::now();
        let mut tasks = Vec::new();
        for number in 0..REQUESTS {
            let url = format!("{}/invoices", self.copies[number % self.copies.len()].0);
            tasks.push(tokio::spawn(self.http.get(url).send()));
        }
        for task in tasks {
            task.await??.error_for_status()?;
        }
        let rejected = self.rejected().await?;
        expect(rejected == 0, &format!("the platform rejected {rejected} requests"))?;
        println!(
            "2. The copies sent {REQUESTS} requests in {:.1} s. The platform allows {} in {} s, and rejected none.",
            started.elapsed().as_secs_f64(),
            LIMIT.0,
            LIMIT.1.as_secs()
        );
        Ok(())
    }

    /// Returns how many requests the platform rejected because there were too many.
    async fn rejected(&self) -> Result<usize> {
        #[derive(Deserialize)]
        struct Log {
            requests: Vec<Request>,
        }
        #[derive(Deserialize)]
        struct Request {
            status: Option<u16>,
        }
        let url = format!("{}/_sandbox/requests", self.sandbox.url());
        let response = self.http.get(url).header("mileston-sandbox", "fleet").send().await?;
        let log: Log = serde_json::from_str(&response.text().await?)?;
        Ok(log.requests.iter().filter(|request| request.status == Some(429)).count())
    }

    async fn a_killed_copy_loses_nothing(&mut self) -> Result<()> {
        self.sandbox.fault(Fault::AnswerLost).on("createInvoice").times(1)?;
        let order: Order = self.post(2, "orders/2").await?;
        expect(order.invoice.is_none(), "the response wasn't lost")?;
        self.copies[2].1.kill().await?;
        let (killed, started) = (Instant::now(), Instant::now());
        let invoice = loop {
            let order: Order = self.get(0, "orders/2").await?;
            if let Some(invoice) = order.invoice {
                break invoice;
            }
            wait(started, "nobody found the invoice of order 2").await?;
        };
        let key = self.sandbox.normal_key().clone();
        let client: NormalClient<Test> = NormalClient::new(key, self.sandbox.business_id())?;
        let client = client.with_origin(self.sandbox.url())?;
        // The copies have been nearly idle for a while. After this pause, the request below is within the limit.
        tokio::time::sleep(LIMIT.1).await;
        let all = client.invoices().list().await?.invoice_data;
        let count = all.iter().filter(|it| it.item_name.as_deref() == Some("Order 2")).count();
        expect(count == 1, &format!("order 2 has {count} invoices"))?;
        println!(
            "3. Copy 3 created the invoice of order 2, didn't get the response, and was killed. After {:.1} s another \
             copy had found the invoice, {invoice}. It exists once.",
            killed.elapsed().as_secs_f64()
        );
        Ok(())
    }

    async fn post<T: for<'a> Deserialize<'a>>(&self, copy: usize, path: &str) -> Result<T> {
        let request = self.http.post(format!("{}/{path}", self.copies[copy].0));
        Ok(serde_json::from_str(&request.send().await?.error_for_status()?.text().await?)?)
    }

    async fn get<T: for<'a> Deserialize<'a>>(&self, copy: usize, path: &str) -> Result<T> {
        let request = self.http.get(format!("{}/{path}", self.copies[copy].0));
        Ok(serde_json::from_str(&request.send().await?.error_for_status()?.text().await?)?)
    }
}

/// Returns the command that starts a copy.
fn copy(servers: &Servers, sandbox: &Sandbox, address: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap_or_else(|_| "fleet".into()));
    command.arg("copy").kill_on_drop(true);
    command.env("SHOP_ADDRESS", address);
    command.env("DATABASE_URL", servers.database_url()).env("REDIS_URL", servers.redis_url());
    command.env("MILESTON_URL", sandbox.url());
    command.env("MILESTON_BUSINESS_ID", sandbox.business_id().as_str());
    command.env("MILESTON_KEY", sandbox.normal_key().expose_secret());
    command.env("MILESTON_CHECKOUT_KEY", sandbox.checkout_key().expose_secret());
    command.env("MILESTON_WEBHOOK_TOKEN", TOKEN);
    command
}

/// Connects to PostgreSQL. Retries, because the server opens its port a little before it accepts connections.
async fn connect(
    url: &str,
) -> Result<(
    tokio_postgres::Client,
    tokio_postgres::Connection<tokio_postgres::Socket, tokio_postgres::tls::NoTlsStream>,
)> {
    let started = Instant::now();
    loop {
        match tokio_postgres::connect(url, tokio_postgres::NoTls).await {
            Ok(connected) => return Ok(connected),
            Err(_) => wait(started, "PostgreSQL doesn't accept connections").await?,
        }
    }
}

/// Waits a moment, or fails after 30 seconds.
async fn wait(started: Instant, problem: &str) -> Result<()> {
    expect(started.elapsed() < Duration::from_secs(30), problem)?;
    tokio::time::sleep(Duration::from_millis(50)).await;
    Ok(())
}

fn expect(condition: bool, problem: &str) -> Result<()> {
    if condition { Ok(()) } else { Err(problem.into()) }
}
