//! `serve`: starts a sandbox, prints the banner, waits for a signal, stops.

use std::error::Error;

use mileston_sandbox::{RateLimits, Sandbox, Settlement, WebhookSettings};

use super::arguments::Options;
use super::banner::Ready;
use super::output::{print, with_causes};
use super::signals;

/// Runs the sandbox until a signal stops it. An error is a sentence to print.
pub(super) fn run(options: Options) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| format!("cannot start: {error}"))?;
    runtime.block_on(serve(options)).map_err(|error| with_causes(&*error))
}

async fn serve(options: Options) -> Result<(), Box<dyn Error>> {
    // Before the banner, because a reader of the banner may send a signal at once.
    let signal = signals::listen()?;
    let mut webhooks = WebhookSettings::new().anywhere(options.webhooks_anywhere);
    if let Some(seed) = options.webhooks_adversarial {
        webhooks = webhooks.adversary(seed);
    }
    let mut builder = Sandbox::builder().port(options.port).live_keys(options.live);
    builder = builder.webhooks(webhooks);
    builder = builder.settlement(Settlement::WithClock);
    builder = builder.faults_by_header(options.faults_by_header);
    builder = builder.readings(options.readings);
    if let Some(seed) = options.seed {
        builder = builder.seed(seed);
    }
    if options.rate_limits {
        builder = builder.rate_limits(RateLimits::documented());
    }
    match options.store {
        None => {
            let sandbox = builder.start().await?;
            announce(&Ready::in_memory(&sandbox), options.json)?;
            signal.await;
            sandbox.stop().await;
        }
        Some(path) => {
            let sandbox = builder.store(&path).start().await?;
            announce(&Ready::in_file(&sandbox, &path), options.json)?;
            signal.await;
            sandbox.stop().await;
        }
    }
    Ok(())
}

fn announce(ready: &Ready<'_>, json: bool) -> Result<(), Box<dyn Error>> {
    print(&if json { ready.for_programs()? } else { ready.for_people() })
}
