//! The reasons why the store rejects a request.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use mileston_api::types::Chain;
use mileston_api::{Timestamp, TimestampError};
use mileston_keys::KeyError;

use crate::credentials;
use crate::money::Money;

/// Why the store rejected a request. A rejected request changes nothing.
///
/// The messages don't name request fields, because Rust callers also see these messages. The `platform` module converts
/// rejections into error responses.
#[derive(Clone, Debug)]
pub(crate) enum Rejection {
    /// The account has no record of this kind (such as a payment link) with this id.
    NotFound(&'static str),
    /// The account has no webhook with this id.
    WebhookNotFound,
    /// The account has no delivery with this number.
    DeliveryNotFound,
    /// No wallet of any account has this address on this chain.
    AddressNotFound(Chain),
    /// No business has this id.
    BusinessNotFound,
    /// No key has this fingerprint.
    KeyNotFound,
    /// The store has no business yet.
    NoBusiness,
    /// The amount isn't the amount due.
    WrongAmount {
        /// The amount due.
        due: String,
        /// The kind of record to pay, such as a payment link.
        of: &'static str,
    },
    /// The record was already paid, and can be paid only once.
    AlreadyPaid(&'static str),
    /// The record is paid, so its amount can't change.
    AmountIsFinal(&'static str),
    /// The transaction was reported before, with different details.
    ReportedDifferently,
    /// The transaction has already paid for something else.
    PaidSomethingElse,
    /// The details differ from those that the card payment was started with.
    OtherCardPayment,
    /// The wallet's balance is too low.
    NotEnough {
        /// The balance.
        balance: Money,
        /// The chain of the wallet.
        chain: Chain,
    },
    /// The sub wallet already has a wallet on this chain.
    WalletExists(Chain),
    /// The sub wallet has no wallet on this chain.
    NoWallet(Chain),
    /// The account already has the maximum number of webhooks.
    TooManyWebhooks(u32),
    /// Another webhook has the same URL and events.
    SameWebhook,
    /// The key was revoked, or it was rolled and its overlap has ended.
    KeyEnded,
    /// The clock would go back.
    ClockBackwards,
    /// The clock would pass the latest time that it supports.
    ClockBeyond(Timestamp),
    /// The store itself failed.
    Failed(Failure),
}

/// What failed in the store.
#[derive(Clone, Debug)]
pub(crate) enum Failure {
    /// SQLite could not read or write.
    Sqlite(Arc<rusqlite::Error>),
    /// A column has a value that this version can't read.
    Unreadable(Arc<dyn Error + Send + Sync>),
    /// A valid key has no account, although both are created together.
    NoAccount,
    /// The operating system provided no random bytes.
    Random(getrandom::Error),
    /// A generated key isn't valid.
    Key(KeyError),
    /// The machine's clock is out of range.
    Clock(TimestampError),
    /// SQLite aborted the transaction, for example because a disk is full.
    Aborted,
    /// The job panicked.
    Panicked,
    /// The job was not run.
    Skipped,
    /// The read was not finished.
    Unfinished,
    /// The store is closed, because the sandbox is stopping.
    Closed,
}

impl Rejection {
    /// Creates the rejection for data that this version can't read or write.
    pub(crate) fn unreadable(problem: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Failure::Unreadable(problem.into().into()).into()
    }
}

impl From<Failure> for Rejection {
    fn from(failure: Failure) -> Self {
        Rejection::Failed(failure)
    }
}

impl From<rusqlite::Error> for Rejection {
    fn from(error: rusqlite::Error) -> Self {
        Failure::Sqlite(Arc::new(error)).into()
    }
}

impl From<credentials::Failure> for Rejection {
    fn from(failure: credentials::Failure) -> Self {
        Rejection::Failed(match failure {
            credentials::Failure::Random(error) => Failure::Random(error),
            credentials::Failure::Malformed(error) => Failure::Key(error),
        })
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Rejection::NotFound(name) => {
                write!(f, "this business has no {name} with this id in this mode")
            }
            Rejection::WebhookNotFound => {
                f.write_str("this business has no webhook with this id in this mode")
            }
            Rejection::DeliveryNotFound => {
                f.write_str("this business has no webhook delivery with this number in this mode")
            }
            Rejection::AddressNotFound(chain) => {
                write!(f, "this sandbox has no wallet with this address on {chain}")
            }
            Rejection::BusinessNotFound => f.write_str("no business has this id"),
            Rejection::KeyNotFound => f.write_str("no key has this fingerprint"),
            Rejection::NoBusiness => {
                f.write_str("this file has no business yet: start a sandbox with this file first")
            }
            Rejection::WrongAmount { due, of } => {
                write!(f, "the amount must be {due}, the amount of the {of}")
            }
            Rejection::AlreadyPaid(name) => write!(f, "this {name} is already paid"),
            Rejection::AmountIsFinal(name) => {
                write!(f, "this {name} is paid: its amount can't be changed")
            }
            Rejection::ReportedDifferently => {
                f.write_str("this transaction was already reported, with different details")
            }
            Rejection::PaidSomethingElse => {
                f.write_str("this transaction has already paid for something else")
            }
            Rejection::OtherCardPayment => f.write_str(
                "the amount, chain and recipient must be those the payment was started with",
            ),
            Rejection::NotEnough { balance, chain } => {
                write!(f, "not enough balance: this wallet has {balance} on {chain}")
            }
            Rejection::WalletExists(chain) => {
                write!(f, "this sub wallet already has a wallet on {chain}")
            }
            Rejection::NoWallet(chain) => write!(f, "this sub wallet has no wallet on {chain}"),
            Rejection::TooManyWebhooks(most) => write!(
                f,
                "this business already has {most} webhooks in this mode, which is the maximum: remove one"
            ),
            Rejection::SameWebhook => f.write_str(
                "another webhook has this URL and these events: change that one, or remove it",
            ),
            Rejection::KeyEnded => f.write_str("this key is no longer valid: create a new one"),
            Rejection::ClockBackwards => f.write_str("the sandbox's clock can only go forward"),
            Rejection::ClockBeyond(end) => {
                write!(f, "the sandbox's clock can't go beyond {end}")
            }
            Rejection::Failed(failure) => failure.fmt(f),
        }
    }
}

impl Error for Rejection {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Rejection::Failed(failure) => failure.source(),
            _ => None,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Sqlite(_) => f.write_str("the sandbox's store failed, and nothing was changed"),
            Failure::Unreadable(_) => {
                f.write_str("the sandbox's store contains unreadable data")
            }
            Failure::NoAccount => f.write_str("the sandbox's store has no account for this key"),
            Failure::Random(error) => {
                write!(f, "the operating system provided no random bytes: {error}")
            }
            Failure::Key(_) => f.write_str("the generated key isn't valid"),
            Failure::Clock(_) => f.write_str("the machine's clock can't be used"),
            Failure::Aborted => f.write_str(
                "the sandbox's store aborted the transaction, maybe because a disk is full; nothing was changed",
            ),
            Failure::Panicked => {
                f.write_str("this is a bug: the sandbox panicked; nothing was changed")
            }
            Failure::Skipped => f.write_str("the sandbox's store did not run this request"),
            Failure::Unfinished => f.write_str("the sandbox's store did not finish reading"),
            Failure::Closed => f.write_str("the sandbox is stopping: its store is closed"),
        }
    }
}

impl Error for Failure {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Failure::Sqlite(error) => Some(&**error),
            Failure::Unreadable(error) => Some(&**error),
            Failure::Key(error) => Some(error),
            Failure::Clock(error) => Some(error),
            _ => None,
        }
    }
}
