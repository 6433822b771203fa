//! The error for a sandbox that could not start.

use std::fmt;
use std::io;
use std::net::SocketAddr;

use mileston_keys::write_report;

use crate::credentials::Failure;
use crate::store::{StoreError, StoreErrorKind};

/// A sandbox could not start. The message says why and, where possible, what to do.
pub struct StartError {
    kind: StartErrorKind,
    address: SocketAddr,
    source: Option<io::Error>,
    // The store error is in a `Box`, because it is large and rare.
    store: Option<Box<StoreError>>,
    /// The complete message, for kinds with more than one cause.
    reason: Option<String>,
}

/// Why a sandbox could not start. A program can match on this kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StartErrorKind {
    /// The port is already in use.
    PortInUse,
    /// The operating system refused the port for a different reason.
    Listen,
    /// The operating system provided no random bytes for the keys.
    Random,
    /// The store can't be used.
    Store(StoreErrorKind),
    /// There is no tokio runtime.
    NoRuntime,
    /// An option is invalid: for example, an allowed host isn't a host name, a fixed credential isn't from a sandbox,
    /// or keys should be derived from a seed, but no seed is set.
    InvalidOption,
    /// The store wasn't created with the fixed credentials.
    OtherCredentials,
    /// A fixture record was rejected.
    Fixtures,
    /// A bug in the sandbox: the generated keys aren't valid.
    Internal,
}

impl StartError {
    pub(crate) fn new(kind: StartErrorKind, address: SocketAddr) -> Self {
        StartError { kind, address, source: None, store: None, reason: None }
    }

    pub(crate) fn because(
        kind: StartErrorKind,
        address: SocketAddr,
        reason: impl fmt::Display,
    ) -> Self {
        StartError { reason: Some(reason.to_string()), ..StartError::new(kind, address) }
    }

    pub(crate) fn listening(address: SocketAddr, error: io::Error) -> Self {
        let kind = match error.kind() {
            io::ErrorKind::AddrInUse => StartErrorKind::PortInUse,
            _ => StartErrorKind::Listen,
        };
        StartError { source: Some(error), ..StartError::new(kind, address) }
    }

    pub(crate) fn keys(address: SocketAddr, failure: Failure) -> Self {
        let (kind, source) = match failure {
            Failure::Random(error) => (StartErrorKind::Random, io::Error::other(error.to_string())),
            Failure::Malformed(error) => (StartErrorKind::Internal, io::Error::other(error)),
        };
        StartError { source: Some(source), ..StartError::new(kind, address) }
    }

    pub(crate) fn store(address: SocketAddr, error: StoreError) -> Self {
        let kind = StartErrorKind::Store(error.kind());
        StartError { store: Some(Box::new(error)), ..StartError::new(kind, address) }
    }

    /// Returns the kind of error, which a program can match on.
    pub fn kind(&self) -> StartErrorKind {
        self.kind
    }
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let address = self.address;
        if let Some(store) = &self.store {
            return store.fmt(f);
        }
        if let Some(reason) = &self.reason {
            return f.write_str(reason);
        }
        match self.kind {
            StartErrorKind::PortInUse => write!(
                f,
                "cannot listen on {address}: port {} is already in use; stop the program that \
                 uses it, or choose another port (0 picks a free one)",
                address.port()
            ),
            StartErrorKind::Listen => write!(f, "cannot listen on {address}"),
            StartErrorKind::Random => {
                f.write_str("cannot create keys: the operating system provided no random bytes")
            }
            StartErrorKind::NoRuntime => f.write_str(
                "a sandbox runs on tokio: start it inside a tokio runtime, e.g. in a \
                 `#[tokio::test]`",
            ),
            StartErrorKind::Store(_) => f.write_str("cannot use the store"),
            StartErrorKind::InvalidOption => f.write_str("an option is invalid"),
            StartErrorKind::OtherCredentials => f.write_str(
                "the store was created with different credentials: use another file, or start without fixed \
                 credentials",
            ),
            StartErrorKind::Fixtures => f.write_str("a fixture record was rejected"),
            StartErrorKind::Internal => {
                f.write_str("the generated keys aren't valid; this is a bug")
            }
        }
    }
}

/// Prints the message and its causes, or the fields with `{:#?}`.
impl fmt::Debug for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match f.alternate() {
            true => f
                .debug_struct("StartError")
                .field("kind", &self.kind)
                .field("address", &self.address)
                .field("source", &self.source)
                .field("store", &self.store)
                .field("reason", &self.reason)
                .finish(),
            false => write_report(self, f),
        }
    }
}

impl std::error::Error for StartError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.store {
            Some(store) => store.source(),
            None => self.source.as_ref().map(|source| source as _),
        }
    }
}
