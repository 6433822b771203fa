//! Sends the flow's requests with the client.

use std::future::Future;
use std::pin::Pin;

use mileston_api::types::{Chain, EvmChain, PaymentLink, PaymentWalletEnvelope};
use mileston_api::{Address, CheckoutClient, Error, Family, Mode, Wait, WaitError};

use crate::flow::{Event, NotVerified, Request, Trouble};

/// A client of either mode. It makes the rest of the page independent of the mode, so that it is compiled once.
pub trait Platform {
    /// Sends a request. Dropping the future ends it.
    fn send(&self, request: Request) -> Pin<Box<dyn Future<Output = Event>>>;
}

impl<M: Mode> Platform for CheckoutClient<M> {
    fn send(&self, request: Request) -> Pin<Box<dyn Future<Output = Event>>> {
        let client = self.clone();
        Box::pin(async move { result_of(&client, request).await })
    }
}

async fn result_of<M: Mode>(client: &CheckoutClient<M>, request: Request) -> Event {
    match request {
        Request::Link(id) => {
            let link = client.checkout().fetch_payment_link(&id).await;
            let link = link.and_then(|response| {
                // The accessor's error says which field is missing.
                response.payment_data().cloned()
            });
            Event::Link(link.map_err(|error| Trouble::of_link(&error)))
        }
        Request::Business => {
            let business = match client.business_id() {
                Some(id) => client.checkout().get_business(id).await,
                None => Err(Error::missing_credential("the client has no business id")),
            };
            Event::Business(business.map_err(|error| Trouble::from(&error)))
        }
        Request::Wallet(chain, merchant) => {
            let wallet = wallet(client, &chain, merchant).await;
            let wallet = wallet.and_then(|response| response.public_key().map(str::to_owned));
            Event::Wallet(wallet.map_err(|error| Trouble::from(&error)))
        }
        Request::Payment(question) => {
            let result = Wait::new().until_verified::<PaymentLink, _>(client, &question).await;
            Event::Payment(result.map_err(|error| match error {
                WaitError::Deadline { failure, .. } => {
                    NotVerified::TimedOut(failure.map(|failure| failure.to_string()))
                }
                WaitError::Refused(error) => NotVerified::Trouble(Trouble::from(&error)),
                other => NotVerified::Trouble(Trouble::unexpected(other.to_string())),
            }))
        }
    }
}

async fn wallet<M: Mode>(
    client: &CheckoutClient<M>,
    chain: &Chain,
    merchant: Option<Address>,
) -> Result<PaymentWalletEnvelope, Error> {
    let checkout = client.checkout();
    match Family::of(chain) {
        Some(Family::Solana) => checkout.get_solana_payment_wallet().await,
        Some(Family::Sui) => checkout.get_sui_payment_wallet().await,
        _ => {
            let call = checkout.get_evm_payment_wallet().evm_chain(EvmChain::from(chain.as_str()));
            match merchant {
                Some(merchant) => call.merchant(merchant).await,
                None => call.await,
            }
        }
    }
}
