//! Defines the advice in an API's error messages.

/// The advice at the end of an error message, in words that fit the API. To set the advice, use
/// [`Profile::wording`](crate::Profile::wording).
///
/// Each piece of advice is a clause in lower case without a full stop, e.g. "check the id". The message shows it after
/// a semicolon.
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
    /// The advice after a 401 or 403, or `None` if the API has no special advice.
    pub(crate) unauthorized: Option<&'static str>,
    pub(crate) not_found: &'static str,
}

impl Wording {
    /// Creates general advice that suits any API.
    #[must_use]
    pub const fn plain() -> Self {
        Wording { unauthorized: None, not_found: "check the id" }
    }

    /// Sets the advice after a 401 or 403. The message may also name the credential that was sent, and its scopes.
    #[must_use]
    pub const fn after_unauthorized(mut self, advice: &'static str) -> Self {
        self.unauthorized = Some(advice);
        self
    }

    /// Sets the advice after a 404.
    #[must_use]
    pub const fn after_not_found(mut self, advice: &'static str) -> Self {
        self.not_found = advice;
        self
    }
}
