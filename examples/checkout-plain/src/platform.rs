//! Sends the flow's requests with the client.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use mileston_api::types::{
    BusinessEnvelope, EvmChain, PaymentLink, PaymentLinkEnvelope, PaymentWalletEnvelope,
};
use mileston_api::{CheckoutClient, Error, Family, Mode, Wait, WaitError};

use crate::flow::{Event, NotVerified, Request, Trouble};

/// The maximum duration of a wait. `index.html` states the same duration.
const PATIENCE: Duration = Duration::from_secs(600);

/// A client for either mode, test or live. With this trait, the page's code is compiled only once,
/// not once for each mode.
pub trait Platform {
    /// Sends a request. Dropping the future cancels it.
    fn send(&self, request: Request) -> Pin<Box<dyn Future<Output = Event>>>;
}

impl<M: Mode> Platform for CheckoutClient<M> {
    fn send(&self, request: Request) -> Pin<Box<dyn Future<Output = Event>>> {
        let client = self.clone();
        Box::pin(async move { result_of(&client, request).await })
    }
}

async fn result_of<M: Mode>(client: &CheckoutClient<M>, request: Request) -> Event {
    let checkout = client.checkout();
    match request {
        Request::Link(id) => link(checkout.fetch_payment_link(&id).await),
        Request::Business => match client.business_id() {
            Some(id) => business(checkout.get_business(id).await),
            None => business(Err(Error::missing_credential("the client has no business id"))),
        },
        Request::Wallet(chain, merchant) => wallet(match Family::of(&chain) {
            Some(Family::Solana) => checkout.get_solana_payment_wallet().await,
            Some(Family::Sui) => checkout.get_sui_payment_wallet().await,
            _ => {
                let chain = EvmChain::from(chain.as_str());
                let call = checkout.get_evm_payment_wallet().evm_chain(chain);
                match merchant {
                    Some(merchant) => call.merchant(merchant).await,
                    None => call.await,
                }
            }
        }),
        Request::Payment(question) => {
            let wait = Wait::new().deadline(PATIENCE);
            payment(wait.until_verified::<PaymentLink, _>(client, &question).await)
        }
    }
}

fn link(response: Result<PaymentLinkEnvelope, Error>) -> Event {
    // The accessor's error says what is missing.
    let link = response.and_then(|response| response.payment_data().cloned());
    Event::Link(link.map_err(|error| Trouble::of_link(&error)))
}

fn business(response: Result<BusinessEnvelope, Error>) -> Event {
    Event::Business(response.map_err(|error| Trouble::from(&error)))
}

fn wallet(response: Result<PaymentWalletEnvelope, Error>) -> Event {
    let wallet = response.and_then(|response| response.public_key().map(str::to_owned));
    Event::Wallet(wallet.map_err(|error| Trouble::from(&error)))
}

fn payment(result: Result<(), WaitError<()>>) -> Event {
    Event::Payment(result.map_err(|error| match error {
        WaitError::Deadline { failure, .. } => {
            NotVerified::TimedOut(failure.map(|failure| failure.to_string()))
        }
        WaitError::Refused(error) => NotVerified::Trouble(Trouble::from(&error)),
        other => NotVerified::Trouble(Trouble::unexpected(other.to_string())),
    }))
}
