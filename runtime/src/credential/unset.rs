//! Defines the type for a credential that a client doesn't have.

use super::Part;
use crate::authenticate::Outgoing;
use crate::error::Error;
use crate::eventually::Eventually;
use crate::operation::RequiredScheme;
use crate::redact::Redactor;

/// The absence of a credential for a security scheme, as in `Credentials<Unset, AppKey>`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unset;

impl Part for Unset {
    fn name(&self) -> Option<&'static str> {
        None
    }

    fn holds(&self, _: &RequiredScheme) -> bool {
        false
    }

    fn add<'a>(&'a self, _: &'a mut Outgoing<'_>) -> Eventually<'a, Result<(), Error>> {
        Eventually::Now(Err(Error::missing_credential("the client holds no credential")))
    }

    fn redact(&self, _: &mut Redactor) {}
}
