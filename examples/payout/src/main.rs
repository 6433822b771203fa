//! Sends money from a wallet to the recipients in a file, once. The exit code shows the result.

mod failure;
mod journal;
mod list;
mod payer;

use std::path::Path;
use std::process::ExitCode;

use mileston_api::TransactionId;
use mileston_api::types::{Chain, SendBatchPayment};

use failure::Failure;
use journal::Journal;
use payer::Payer;

const USAGE: &str = "usage: payout send FILE CHAIN\n       payout status ID";

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match arguments[..] {
        ["send", file, chain] => send(Path::new(file), chain.into()).await,
        ["status", id] => status(id.into()).await,
        _ => Err(Failure::Usage(USAGE.to_owned())),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("payout: {failure}");
            failure.exit_code()
        }
    }
}

async fn send(file: &Path, chain: Chain) -> Result<(), Failure> {
    if let Chain::Unknown(name) = chain {
        return Err(Failure::Usage(format!("there is no chain {name:?}\n{USAGE}")));
    }
    let batch = SendBatchPayment::from_pairs(chain, list::read(file)?);
    let total = batch.total().ok_or_else(|| {
        Failure::Usage("the file has no payments, or their sum is too large".to_owned())
    })?;
    let payer = Payer::from_env()?;
    // From here on, the file can't be sent a second time.
    let journal = Journal::open(file)?;
    println!("sending {total} to {} recipients", batch.payments().len());
    let id = payer.send(batch, &journal).await?;
    println!("accepted as {id}");
    payer.wait(&id).await
}

async fn status(id: TransactionId) -> Result<(), Failure> {
    Payer::from_env()?.wait(&id).await
}
