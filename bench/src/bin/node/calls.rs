//! Makes the Rust clients' calls. Each client is a separate process that runs this binary. As in Node.js, one thread
//! makes all calls.

use std::hint::black_box;
use std::io::BufRead as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use mileston_api::types::{CreateInvoice, SendPayment};
use mileston_api::{Client, NormalKey, Test, WalletClient};
use mileston_bench::by_hand::{Body, ByHand};
use mileston_bench::{Failure, answers};
use tokio::task::JoinSet;

use crate::{CREATE, GET, SEND};

/// If this is the first argument, the binary acts as a client. The next two arguments are the way to make calls and the
/// server's origin.
pub(crate) const ARGUMENT: &str = "calls";
/// The argument that selects the typed client.
pub(crate) const TYPED: &str = "typed";
/// The argument that selects hand-written reqwest requests.
pub(crate) const BY_HAND: &str = "by-hand";

/// Reads lines from standard input until it ends, and makes the calls that each line requests.
pub(crate) fn serve(way: &str, origin: &str) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let caller = Arc::new(Caller::new(way, origin)?);
    println!("{way}");
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let mut words = line.split(' ');
        let mut word = || words.next().ok_or("an incomplete line");
        let (operation, concurrency, calls) = (word()?, word()?.parse()?, word()?.parse()?);
        let start = Instant::now();
        runtime.block_on(run(&caller, operation, concurrency, calls))?;
        println!("{}", start.elapsed().as_nanos());
    }
    Ok(())
}

async fn run(
    caller: &Arc<Caller>,
    operation: &str,
    concurrency: usize,
    calls: usize,
) -> Result<(), Failure> {
    let left = Arc::new(AtomicUsize::new(calls));
    let mut tasks = JoinSet::new();
    for _ in 0..concurrency {
        let (caller, left, operation) =
            (Arc::clone(caller), Arc::clone(&left), operation.to_owned());
        tasks.spawn(async move {
            while left.load(Ordering::Relaxed) > 0 {
                left.fetch_sub(1, Ordering::Relaxed);
                caller.call(&operation).await?;
            }
            Ok::<(), Failure>(())
        });
    }
    while let Some(ended) = tasks.join_next().await {
        ended??;
    }
    Ok(())
}

enum Way {
    Typed(WalletClient<Test>),
    ByHand(ByHand),
}

struct Caller {
    way: Way,
    invoice: CreateInvoice,
    payment: SendPayment,
}

impl Caller {
    fn new(way: &str, origin: &str) -> Result<Self, Failure> {
        let way = match way {
            TYPED => {
                let key: NormalKey<Test> = answers::KEY.parse()?;
                let key = key.with_wallet_secret(answers::SECRET.parse()?);
                let builder = Client::builder(key, answers::BUSINESS)?;
                Way::Typed(builder.origin(origin)?.build()?)
            }
            BY_HAND => Way::ByHand(ByHand::new(origin, Body::Json)?),
            _ => return Err("unknown way".into()),
        };
        Ok(Caller { way, invoice: answers::new_invoice()?, payment: answers::new_payment()? })
    }

    async fn call(&self, operation: &str) -> Result<(), Failure> {
        match (&self.way, operation) {
            (Way::Typed(client), GET) => {
                black_box(client.payment_links().get(answers::LINK).await?);
            }
            (Way::Typed(client), CREATE) => {
                black_box(client.invoices().create_from(answers::SHOP, &self.invoice).await?);
            }
            (Way::Typed(client), SEND) => {
                black_box(client.wallets().send_payment_from(&self.payment).await?);
            }
            (Way::ByHand(client), GET) => {
                black_box(client.payment_link(answers::LINK).await?);
            }
            (Way::ByHand(client), CREATE) => {
                black_box(client.create_invoice(answers::SHOP, &self.invoice).await?);
            }
            (Way::ByHand(client), SEND) => {
                black_box(client.send_payment(&self.payment).await?);
            }
            _ => return Err("unknown operation".into()),
        }
        Ok(())
    }
}
