//! Mutual TLS: the connection itself authenticates the client.

/// The declaration that the client's HTTP client presents a certificate.
///
/// Requests carry nothing for mutual TLS, so it is a claim of the program: the server closes the connection if it isn't true.
// Not `Copy`: generated types clone every credential.
#[derive(Clone, Debug)]
pub struct Certificate(());

impl Certificate {
    /// Declares that the HTTP client, which `ClientBuilder::configure_http` sets up, or the program's own transport presents the
    /// certificate.
    #[must_use]
    pub const fn presented() -> Self {
        Certificate(())
    }
}
