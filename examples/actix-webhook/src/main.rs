//! Starts the endpoint at the address in `ENDPOINT_ADDRESS`, or at 127.0.0.1:3000.

use std::error::Error;
use std::net::TcpListener;
use std::process::ExitCode;

use actix_webhook::{Endpoint, start};

/// Uses tokio's runtime instead of actix's, so that all workers of the server share one runtime and
/// can share a client.
#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("actix-webhook: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    let endpoint = Endpoint::from_env()?;
    let address = match std::env::var_os("ENDPOINT_ADDRESS") {
        Some(address) => address.to_string_lossy().into_owned(),
        None => "127.0.0.1:3000".to_owned(),
    };
    let listener = TcpListener::bind(&address).map_err(|error| format!("{address}: {error}"))?;
    println!("Listening at http://{address}/mileston");
    start(endpoint, listener)?.await?;
    Ok(())
}
