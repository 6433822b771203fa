//! `serve`: starts a sandbox, says so, waits for a signal, stops.

use std::error::Error;
use std::io::{self, Write};

use mileston_sandbox::Sandbox;

use super::arguments::Options;
use super::banner;
use super::signals;

/// Runs until it is told to stop. An error is a sentence for people.
pub(super) fn run(options: Options) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| format!("cannot start: {error}"))?;
    runtime.block_on(serve(options)).map_err(|error| with_causes(&*error))
}

async fn serve(options: Options) -> Result<(), Box<dyn Error>> {
    // Before the banner: whoever has read it may send a signal at once.
    let signal = signals::listen()?;
    let builder = Sandbox::builder().port(options.port).live_keys(options.live);
    let sandbox = builder.start().await?;
    let text =
        if options.json { banner::for_programs(&sandbox)? } else { banner::for_people(&sandbox) };
    print(&text).map_err(|error| format!("cannot write to standard output: {error}"))?;
    signal.await;
    sandbox.stop().await;
    Ok(())
}

fn print(text: &str) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(text.as_bytes())?;
    stdout.flush()
}

fn with_causes(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(&format!(": {cause}"));
        source = cause.source();
    }
    text
}
