//! Encrypts the body of a write that an outbox stores.

use std::error::Error;
use std::fmt;

/// Encrypts the bodies that an [`Outbox`](super::Outbox) stores until their writes are decided. Bodies can contain
/// names and e-mail addresses.
///
/// All instances of a backend need the same encryption key. What [`encrypt`](Cipher::encrypt) returns is stored in a
/// column of type `text`, so encode encrypted bytes as text, for example as Base64.
pub trait Cipher: fmt::Debug + Send + Sync {
    /// Encrypts JSON.
    ///
    /// # Errors
    ///
    /// Returns an error if the text can't be encrypted. Then the write isn't stored and isn't sent.
    fn encrypt(&self, plain: &str) -> Result<String, Box<dyn Error + Send + Sync>>;

    /// Decrypts what [`encrypt`](Self::encrypt) returned.
    ///
    /// # Errors
    ///
    /// Returns an error if the text can't be decrypted, for example because the key service is unavailable. A worker
    /// keeps trying for about a day.
    fn decrypt(&self, encrypted: &str) -> Result<String, Box<dyn Error + Send + Sync>>;
}
