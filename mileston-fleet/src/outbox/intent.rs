//! The operations that an outbox needs for a write.

use std::future::Future;

use mileston_api::{Client, Error};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A write that an [`Outbox`](super::Outbox) can store. The trait is sealed.
pub trait Write: sealed::Sealed + Serialize + DeserializeOwned + Send + Sync {}

/// A write that a client with this credential can send, and look for afterwards. The trait is sealed.
pub trait Intent<K>: Write {
    /// Sends the write.
    #[doc(hidden)]
    fn send(&self, client: &Client<K>) -> impl Future<Output = Result<Sent, Error>> + Send;

    /// Looks for the write's record.
    #[doc(hidden)]
    fn look(&self, client: &Client<K>) -> impl Future<Output = Result<Look, Error>> + Send;
}

pub(super) mod sealed {
    pub trait Sealed {
        /// The kind, as it is stored in the table.
        const KIND: &'static str;

        /// The name by which the write's record can be found.
        fn name(&self) -> Name<'_>;
    }

    /// How a write's record can be found.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Name<'a> {
        /// The record has this name.
        Of(&'a str),
        /// The write should have a name, but has none.
        Missing,
        /// The platform has no list of such records.
        NoList,
    }
}

/// The result of a write that the platform executed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// The id of the record, if the response contains it.
    pub record: Option<String>,
}

/// What a look at the platform's list found.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Look {
    /// This record is the one that the write created.
    Found(String),
    /// Each of these records could be the write's record.
    Candidates(Vec<String>),
    /// No record could be the write's record.
    NotSeen {
        /// Whether the list was complete, as far as the client can determine.
        complete: bool,
    },
    /// There is no list of such records.
    NoList,
}
