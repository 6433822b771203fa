//! The boundary between the store and HTTP: converts callers to owners, and rejections by the store to responses.

use crate::credentials;
use crate::runtime::{Identity, Refusal};
use crate::store::{Failure, Owner, Rejection};

impl From<&Identity> for Owner {
    fn from(identity: &Identity) -> Self {
        Owner { business: identity.business.clone(), mode: identity.mode }
    }
}

impl From<Rejection> for Refusal {
    fn from(rejection: Rejection) -> Self {
        match rejection {
            Rejection::NotFound(name) => Refusal::not_found(format!(
                "This business has no {name} with this id in the key's mode."
            )),
            Rejection::AddressNotFound(chain) => Refusal::not_found(format!(
                "This sandbox has no wallet with the address in `to` on {chain}: use an address from \
                 getPaymentWallet, the list of wallets or the list of sub wallets."
            )),
            Rejection::WebhookNotFound
            | Rejection::DeliveryNotFound
            | Rejection::BusinessNotFound
            | Rejection::KeyNotFound
            | Rejection::NoBusiness => Refusal::not_found(sentence(&rejection)),
            Rejection::AlreadyPaid(_)
            | Rejection::AmountIsFinal(_)
            | Rejection::ReportedDifferently
            | Rejection::PaidSomethingElse
            | Rejection::WalletExists(_)
            | Rejection::TooManyWebhooks(_)
            | Rejection::SameWebhook
            | Rejection::KeyEnded
            | Rejection::ClockBackwards => Refusal::conflict(sentence(&rejection)),
            Rejection::WrongAmount { due, of } => {
                Refusal::invalid([format!("amount must be {due}, the amount of the {of}")])
            }
            Rejection::OtherCardPayment => Refusal::invalid([
                "amount, chain and recipientWalletAddress must be those the payment was started with".to_owned(),
            ]),
            Rejection::NotEnough { .. }
            | Rejection::NoWallet(_)
            | Rejection::ClockBeyond(_) => Refusal::bad_request(sentence(&rejection)),
            Rejection::Failed(failure) => Refusal::internal(failed(&failure)),
        }
    }
}

impl From<credentials::Failure> for Refusal {
    fn from(failure: credentials::Failure) -> Self {
        Rejection::from(failure).into()
    }
}

/// Returns the message for a store failure, with its cause.
fn failed(failure: &Failure) -> String {
    match failure {
        // SQLite's messages contain table and column names, but no values.
        Failure::Sqlite(error) => {
            format!("The sandbox's store failed: {error}. Nothing was changed.")
        }
        Failure::Unreadable(error) => {
            format!("The sandbox's store contains unreadable data: {error}.")
        }
        Failure::Key(error) => format!("The generated key isn't valid: {error}."),
        Failure::Clock(error) => format!("The machine's clock can't be used: {error}."),
        Failure::Aborted => "The sandbox's store aborted the transaction, maybe because a disk is full. Nothing was changed."
            .to_owned(),
        Failure::Panicked => {
            "This is a bug: the sandbox panicked. Nothing was changed.".to_owned()
        }
        Failure::NoAccount
        | Failure::Random(_)
        | Failure::Skipped
        | Failure::Unfinished
        | Failure::Closed => sentence(failure),
    }
}

/// Writes an error as a sentence: with a capital letter and a full stop.
fn sentence(error: &impl std::error::Error) -> String {
    let text = error.to_string();
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).chain(['.']).collect()
}
