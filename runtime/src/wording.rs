//! What an error advises, in the words of an API.

/// What an error's sentence ends with, in the words of an API. [`Profile::wording`](crate::Profile::wording) takes it.
///
/// Each is a clause in lower case, without a full stop: "check the id". An error shows it after a semicolon.
///
/// ```
/// use openapi_keys_runtime::Wording;
///
/// const WORDING: Wording = Wording::plain().after_not_found("check the shelf mark");
/// # let _ = WORDING;
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Wording {
    pub(crate) unauthorized: &'static str,
    pub(crate) not_found: &'static str,
}

impl Wording {
    /// The words for an API of which nothing is known.
    #[must_use]
    pub const fn plain() -> Self {
        Wording {
            unauthorized: "check that the credential is right and hasn't been revoked",
            not_found: "check the id",
        }
    }

    /// Sets what to do after a 401 or 403.
    #[must_use]
    pub const fn after_unauthorized(mut self, advice: &'static str) -> Self {
        self.unauthorized = advice;
        self
    }

    /// Sets what to do after a 404.
    #[must_use]
    pub const fn after_not_found(mut self, advice: &'static str) -> Self {
        self.not_found = advice;
        self
    }
}
