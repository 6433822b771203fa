//! Implements mutual TLS, where the connection itself authenticates the client.

/// A declaration that the HTTP client presents a certificate.
///
/// Mutual TLS adds nothing to a request, so this type can't check that there is a certificate. If there is none, the
/// server rejects the connection or the request.
// This type isn't `Copy`, because generated types clone every credential, and clippy warns about cloning a `Copy` type.
#[derive(Clone, Debug)]
pub struct Certificate(());

impl Certificate {
    /// Declares that the certificate is presented by the program's own transport, or by the HTTP client that
    /// `ClientBuilder::configure_http` sets up.
    #[must_use]
    pub const fn presented() -> Self {
        Certificate(())
    }
}
