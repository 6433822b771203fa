//! Implements mutual TLS, where the connection itself authenticates the client.

/// The declaration that the client's HTTP client presents a certificate.
///
/// Mutual TLS adds nothing to a request, so this is only a claim of the program. If it isn't true, the server closes
/// the connection.
// It isn't `Copy` because generated types clone every credential.
#[derive(Clone, Debug)]
pub struct Certificate(());

impl Certificate {
    /// Declares that the HTTP client, which `ClientBuilder::configure_http` sets up, or the program's own transport
    /// presents the certificate.
    #[must_use]
    pub const fn presented() -> Self {
        Certificate(())
    }
}
