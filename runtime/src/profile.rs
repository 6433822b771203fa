//! What a client has to know of an API beyond its document: one value for each generated crate.

use crate::envelope::Envelope;
use crate::operation::{SecurityRequirement, SecurityScheme};
use crate::request::Request;
use crate::wording::Wording;

/// What changes each request of an API before options and credentials are added.
///
/// `None` in place of the requirement: the operation is open to anyone.
pub type Shape = fn(&mut Request, Option<&'static SecurityRequirement>);

/// What a client has to know of an API beyond its document. A generated crate has one, in a static.
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
    /// A profile of an API of which nothing else is known. `user_agent` is the header `User-Agent`, e.g. `client/1.0`.
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

    /// Sets the name of the package whose features `rustls` and `native-tls` lead to this crate's, for error messages.
    #[must_use]
    pub const fn package(mut self, package: &'static str) -> Self {
        self.package = package;
        self
    }

    /// Sets the security schemes of the document: a call can't set their headers by itself.
    #[must_use]
    pub const fn security_schemes(mut self, schemes: &'static [SecurityScheme]) -> Self {
        self.security_schemes = schemes;
        self
    }

    /// Sets what responses are wrapped in.
    #[must_use]
    pub const fn envelope(mut self, envelope: Envelope) -> Self {
        self.envelope = envelope;
        self
    }

    /// Sets what errors advise.
    #[must_use]
    pub const fn wording(mut self, wording: Wording) -> Self {
        self.wording = wording;
        self
    }

    /// Sets what changes each request, such as a body where there is none.
    #[must_use]
    pub const fn shape(mut self, shape: Shape) -> Self {
        self.shape = shape;
        self
    }
}

fn as_it_is(_: &mut Request, _: Option<&'static SecurityRequirement>) {}
