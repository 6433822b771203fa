//! Takes payments from start to finish, with an embedded sandbox, the real client and real HTTP.
//!
//! Every step checks its result. If anything isn't as expected, the program reports it and exits with code 1.

mod check;
mod expected;
mod lossy;
mod parties;
mod printer;
mod show;
mod steps;
mod wrap;

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;
use std::time::Duration;

use mileston_sandbox::Sandbox;

use check::Failure;
use parties::Parties;
use printer::Printer;
use show::Show;

/// The time limit. The demo takes less than a second; a machine that needs this long has stalled.
const LIMIT: Duration = Duration::from_secs(50);

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            // If even this message can't be written, only the exit code reports the failure.
            let _ = writeln!(io::stderr(), "mileston-demo: {}", with_causes(&*failure));
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let in_time = tokio::time::timeout(LIMIT, demo()).await;
        in_time.unwrap_or_else(|_| {
            Err(format!("not done after {} seconds: something hangs", LIMIT.as_secs()).into())
        })
    })
}

async fn demo() -> Result<(), Failure> {
    let sandbox = Sandbox::start().await?;
    let parties = Parties::of(&sandbox)?;
    let mut show = Show::new(Printer::stdout());
    steps::opening(&mut show, &sandbox, &parties);
    steps::all(&mut show, &sandbox, &parties).await?;
    sandbox.stop().await;
    steps::closing(&mut show);
    show.finish()
}

fn with_causes(failure: &dyn Error) -> String {
    let mut text = failure.to_string();
    let mut source = failure.source();
    while let Some(cause) = source {
        text.push_str(&format!(": {cause}"));
        source = cause.source();
    }
    text
}
