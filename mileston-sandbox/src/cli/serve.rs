//! `serve`: starts a sandbox, prints the banner, and stops the sandbox on a signal or when standard input is closed.

use std::error::Error;
use std::future::poll_fn;
use std::io;
use std::path::PathBuf;
use std::pin::pin;
use std::task::Poll;

use clap::Args;

use super::banner::Ready;
use super::executor::block_on;
use super::failure::Failure;
use super::output::print;
use super::port::DEFAULT_PORT;
use super::reach_arguments::ReachArguments;
use super::{signals, stdin};
use crate::{
    FixedCredentials, Fixtures, RateLimits, Readings, Sandbox, SandboxBuilder, Settlement,
    WebhookSettings,
};

/// Start a sandbox and run it until Ctrl-C or SIGTERM.
///
/// When the sandbox is ready, its URL, a business id, keys and a wallet secret are printed. By default only this
/// machine can reach the sandbox, all data is in memory and lost on exit, and each start creates new keys. Use --store
/// to keep the data and the keys.
#[derive(Args)]
#[command(after_help = EXAMPLES, after_long_help = MORE)]
pub(super) struct Serve {
    /// Listen on this port; 0 picks a free one
    #[arg(short, long, value_name = "PORT", default_value_t = DEFAULT_PORT)]
    port: u16,
    /// Print one line of JSON when ready
    ///
    /// The line contains url, businessId, normalKey, checkoutKey and walletSecret; with --live also liveNormalKey and
    /// liveCheckoutKey. With an existing file it contains only url and businessId, unless the keys are set by
    /// --seed-keys or --keys-from-env. With --fixtures it also contains fixtures: the ids of the records. A generated
    /// token is in sandboxToken.
    #[arg(long)]
    json: bool,
    /// Also stop when standard input is closed
    ///
    /// Use this if a program starts the sandbox with a pipe as standard input. The sandbox then stops when that program
    /// ends, even if that program is killed.
    #[arg(long)]
    until_stdin_closes: bool,
    #[command(flatten)]
    reach: ReachArguments,
    #[command(flatten)]
    data: Data,
    #[command(flatten)]
    limits: Limits,
    #[command(flatten)]
    webhooks: Webhooks,
    #[command(flatten)]
    readings: OpenQuestions,
}

#[derive(Args)]
#[command(next_help_heading = "Data")]
struct Data {
    /// Keep data and keys in this file; it is created if it doesn't exist
    ///
    /// A write is on the disk before its response is sent. Keys and the wallet secret are shown only when the file is
    /// created; with --seed-keys or --keys-from-env each start shows them. The file has only hashes of the keys, but
    /// contains the wallet secret in plain text, so on Unix a file that others can read is rejected. Only one `serve`
    /// can use a file at a time.
    #[arg(long, value_name = "FILE")]
    store: Option<PathBuf>,
    /// Also create and accept live keys
    ///
    /// Live data is separate from test data. No real money moves in either mode.
    #[arg(long)]
    live: bool,
    /// Derive ids and addresses from this number, and stop the clock
    ///
    /// The clock is at 2025-01-01T00:00:00.000Z until it is advanced. The same requests in the same order then get the
    /// same responses. Keys are still random. A file keeps the seed that it was created with.
    #[arg(long, value_name = "NUMBER")]
    seed: Option<u64>,
    /// Derive the test keys and the wallet secret from the seed as well
    ///
    /// These credentials are then the same at each start, and anyone who knows the seed knows them. Live keys are
    /// always random.
    #[arg(long, requires = "seed")]
    seed_keys: bool,
    /// Use test credentials from the environment, such as those that an earlier start printed
    ///
    /// The variables are MILESTON_BUSINESS_ID, MILESTON_KEY, MILESTON_CHECKOUT_KEY and MILESTON_WALLET_SECRET. At
    /// least one must be set; for the others, new credentials are created. Live keys and keys from the
    /// real platform are rejected.
    #[arg(long, conflicts_with = "seed_keys")]
    keys_from_env: bool,
    /// Create the records in this YAML or JSON file before the first request
    ///
    /// The file has a list for each kind of record (paymentLinks, invoices, recurringPayments, subWallets and
    /// webhooks). The clock field sets the time at startup. Each entry has the fields of the operation that creates
    /// such a record. With --store, the records are created only when the store file is created.
    #[arg(long, value_name = "FILE")]
    fixtures: Option<PathBuf>,
}

#[derive(Args)]
#[command(next_help_heading = "Faults and limits")]
struct Limits {
    /// Respond with 429 above the documented rate limits
    ///
    /// The limits are 100 requests per minute, 1000 per hour and 10000 per day, for each key. By default there are no
    /// limits.
    #[arg(long)]
    rate_limits: bool,
    /// Ignore the `x-sandbox-fault` header, which lets a request choose its fault
    ///
    /// The faults are latency=250, 429, 503, reset, answer-lost and others; see the README.
    #[arg(long)]
    no_fault_header: bool,
}

#[derive(Args)]
#[command(next_help_heading = "Webhooks")]
struct Webhooks {
    /// Also deliver webhooks to other machines
    ///
    /// By default webhooks go only to this machine's addresses.
    #[arg(long)]
    webhooks_anywhere: bool,
    /// Also deliver webhooks to this host; repeat for more hosts
    ///
    /// The host is a name or an IP address, such as the name of another container.
    #[arg(long, value_name = "HOST")]
    webhooks_to: Vec<String>,
    /// Disrupt webhook deliveries
    ///
    /// Some webhooks are delivered twice, late, out of order or after lost attempts, and forged webhooks are added. The
    /// same seed produces the same faults.
    #[arg(long, value_name = "SEED")]
    webhooks_adversarial: Option<u64>,
}

#[derive(Args)]
#[command(next_help_heading = "What the vendor leaves open")]
struct OpenQuestions {
    /// Return a sub wallet in `data` instead of at the top level
    ///
    /// The vendor's types have both forms.
    #[arg(long)]
    wrapped_sub_wallets: bool,
    /// Call the ids in webhooks `invoiceId` and `recurringPaymentId`
    ///
    /// By default, all ids are called `paymentLinkId`. The vendor documents the payload for payment links only.
    #[arg(long)]
    own_ids_in_webhooks: bool,
}

const EXAMPLES: &str = "\
Examples:
  mileston-sandbox serve
  mileston-sandbox serve --port 0 --json
  mileston-sandbox serve --store shop.db";

const MORE: &str = "\
Examples:
  An in-memory sandbox, with lines to paste into a shell:
    mileston-sandbox serve
  For a script: a free port, and one line of JSON when it is ready:
    mileston-sandbox serve --port 0 --json
  Data and keys in a file:
    mileston-sandbox serve --store shop.db
  The same ids, addresses and times in each run, and the same test keys:
    mileston-sandbox serve --seed 7 --seed-keys
  For other containers, which know this one as `sandbox`:
    mileston-sandbox serve --host 0.0.0.0 --allow-host sandbox

Transfers from wallets stay pending for a few seconds, as on a real chain:
6 on eth, 2 on sui and solana, 3 on the other chains.";

/// Runs the sandbox until a signal or the end of standard input stops the program.
pub(super) fn run(arguments: Serve) -> Result<(), Failure> {
    let builder = arguments.reach.apply(builder(&arguments))?;
    let builder = arguments.data.apply(builder)?;
    Ok(block_on(serve(arguments, builder))?)
}

async fn serve(arguments: Serve, builder: SandboxBuilder) -> Result<(), Box<dyn Error>> {
    // Listen for signals before printing the banner, because a program that reads the banner may send a signal at once.
    let stop = stop(arguments.until_stdin_closes)?;
    let Serve { json, data, .. } = arguments;
    match data.store {
        None => {
            let sandbox = builder.start().await?;
            announce(&Ready::in_memory(&sandbox), json)?;
            stop.await;
            sandbox.stop().await;
        }
        Some(path) => {
            let sandbox = builder.store(path).start().await?;
            announce(&Ready::in_file(&sandbox), json)?;
            stop.await;
            sandbox.stop().await;
        }
    }
    Ok(())
}

/// Returns a future that completes when the sandbox must stop. The call itself starts listening for signals, even
/// before the future is awaited.
fn stop(until_stdin_closes: bool) -> io::Result<impl Future<Output = ()>> {
    let signal = signals::listen()?;
    Ok(async move {
        let (mut signal, mut closed) = (pin!(signal), pin!(stdin::closed()));
        poll_fn(|context| {
            let signalled = signal.as_mut().poll(context).is_ready();
            let closed = until_stdin_closes && closed.as_mut().poll(context).is_ready();
            if signalled || closed { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
    })
}

fn builder(Serve { port, data, limits, webhooks, readings, .. }: &Serve) -> SandboxBuilder {
    let mut settings = WebhookSettings::new().anywhere(webhooks.webhooks_anywhere);
    for host in &webhooks.webhooks_to {
        settings = settings.to_host(host);
    }
    if let Some(seed) = webhooks.webhooks_adversarial {
        settings = settings.adversary(seed);
    }
    let readings = Readings::new()
        .wrapped_sub_wallets(readings.wrapped_sub_wallets)
        .own_ids_in_webhooks(readings.own_ids_in_webhooks);
    let mut builder = Sandbox::builder()
        .port(*port)
        .live_keys(data.live)
        .webhooks(settings)
        .settlement(Settlement::WithClock)
        .faults_by_header(!limits.no_fault_header)
        .readings(readings);
    if limits.rate_limits {
        builder = builder.rate_limits(RateLimits::documented());
    }
    builder
}

impl Data {
    /// Applies the options for the sandbox's initial state.
    fn apply(&self, mut builder: SandboxBuilder) -> Result<SandboxBuilder, Failure> {
        builder = builder.seed_keys(self.seed_keys);
        if let Some(seed) = self.seed {
            builder = builder.seed(seed);
        }
        if self.keys_from_env {
            let fixed = FixedCredentials::from_env();
            builder =
                builder.credentials(fixed.map_err(|error| Failure::Misused(error.to_string()))?);
        }
        if let Some(file) = &self.fixtures {
            let fixtures = Fixtures::read(file);
            builder =
                builder.fixtures(fixtures.map_err(|error| Failure::Failed(error.to_string()))?);
        }
        Ok(builder)
    }
}

fn announce(ready: &Ready<'_>, json: bool) -> Result<(), Box<dyn Error>> {
    print(&if json { ready.for_programs()? } else { ready.for_people() })
}
