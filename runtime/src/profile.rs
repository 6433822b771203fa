//! Defines what a client needs to know about an API in addition to the API's OpenAPI document.

use crate::envelope::Envelope;
use crate::operation::{SecurityRequirement, SecurityScheme};
use crate::request::Request;
use crate::wording::Wording;

/// A function that changes each request to an API before options and credentials are added.
///
/// The second argument is `None` if anyone may call the operation.
pub type Shape = fn(&mut Request, Option<&'static SecurityRequirement>);

/// What a client needs to know about an API in addition to the API's OpenAPI document. A generated crate stores its
/// profile in a static.
///
/// ```
/// use openapi_keys_runtime::{Envelope, Profile, Wording};
///
/// pub static PROFILE: Profile = Profile::new("library-client/1.0")
///     .package("library-client")
///     .envelope(Envelope::with_status("statusCode"))
///     .wording(Wording::plain().after_not_found("check the shelf mark"));
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Profile {
    pub(crate) user_agent: &'static str,
    pub(crate) package: &'static str,
    pub(crate) security_schemes: &'static [SecurityScheme],
    pub(crate) envelope: Envelope,
    pub(crate) wording: Wording,
    pub(crate) shape: Shape,
}

impl Profile {
    /// Creates the profile of an API without special settings. `user_agent` is the `User-Agent` header, e.g.
    /// `client/1.0`.
    #[must_use]
    pub const fn new(user_agent: &'static str) -> Self {
        Profile {
            user_agent,
            package: "the client",
            security_schemes: &[],
            envelope: Envelope::NONE,
            wording: Wording::plain(),
            shape: as_it_is,
        }
    }

    /// Sets the name of the package in error messages. The error for a build without TLS says to enable the `rustls` or
    /// `native-tls` feature of the package. So the package must have these features, and each must enable the feature
    /// with the same name in this crate.
    #[must_use]
    pub const fn package(mut self, package: &'static str) -> Self {
        self.package = package;
        self
    }

    /// Sets the security schemes of the OpenAPI document. A call can't set the headers, query parameters or cookies of
    /// these schemes itself.
    #[must_use]
    pub const fn security_schemes(mut self, schemes: &'static [SecurityScheme]) -> Self {
        self.security_schemes = schemes;
        self
    }

    /// Sets the envelope of responses.
    #[must_use]
    pub const fn envelope(mut self, envelope: Envelope) -> Self {
        self.envelope = envelope;
        self
    }

    /// Sets the advice that error messages give.
    #[must_use]
    pub const fn wording(mut self, wording: Wording) -> Self {
        self.wording = wording;
        self
    }

    /// Sets a function that changes each request, e.g. to add a missing body.
    #[must_use]
    pub const fn shape(mut self, shape: Shape) -> Self {
        self.shape = shape;
        self
    }
}

fn as_it_is(_: &mut Request, _: Option<&'static SecurityRequirement>) {}
