//! Makes a call over a real connection, and checks what the server received.

use std::collections::BTreeSet;

use openapi_keys_runtime::credential::Authorization;
use openapi_keys_runtime::{Eventually, Outgoing, Redactor, SecretText};
use other_api::Error;
use other_api::archive::Client;
use other_api::archive::credentials::Credential;
use other_api::archive::types::Receipt;
use other_server::archive::{Entry, Running};

/// The result of a call.
pub(crate) struct Seen {
    receipt: Receipt,
    /// The request as it arrived.
    pub(crate) entry: Entry,
}

impl Seen {
    /// Checks that the request met this alternative, and that the server received the credentials of exactly these
    /// schemes.
    #[track_caller]
    pub(crate) fn is(&self, met: &str, schemes: &[&str]) {
        assert_eq!(self.receipt.met, met);
        assert_eq!(self.entry.schemes(), schemes.iter().copied().collect::<BTreeSet<_>>());
    }
}

/// Calls an operation with a client that holds these credentials.
pub(crate) async fn visit<K, F>(
    server: &Running,
    credentials: K,
    call: impl FnOnce(&Client<K>) -> F,
) -> Seen
where
    K: Credential,
    F: Future<Output = Result<Receipt, Error>>,
{
    let builder = Client::builder(credentials).origin(&server.origin()).unwrap();
    let before = server.requests().len();
    let receipt = call(&builder.build().unwrap()).await.unwrap();
    let mut requests = server.requests();
    assert_eq!(requests.len(), before + 1, "one request");
    Seen { receipt, entry: requests.pop().unwrap() }
}

/// Creates the header value for the `seal` scheme.
pub(crate) struct Wax(pub(crate) String);

impl Authorization for Wax {
    fn value<'a>(&'a self, request: &'a Outgoing<'_>) -> Eventually<'a, Result<SecretText, Error>> {
        let _ = request;
        Eventually::Now(Ok(SecretText::new(format!("Seal {}", self.0))))
    }

    fn redact(&self, redactor: &mut Redactor) {
        redactor.add(&self.0);
    }
}
