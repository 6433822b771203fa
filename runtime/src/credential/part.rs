//! Defines a credential for one security scheme, and authenticates requests that need several credentials.

use std::fmt;

use crate::authenticate::Outgoing;
use crate::error::Error;
use crate::eventually::Eventually;
use crate::operation::{RequiredScheme, SecurityRequirement};
use crate::redact::Redactor;

/// The credential that a client holds for one security scheme. Generated newtypes implement this trait.
pub trait Part: Send + Sync + 'static {
    /// Returns the name of the Rust type, for `Debug`. Returns `None` if this holds no credential.
    fn name(&self) -> Option<&'static str>;

    /// Returns whether this is the credential for the scheme, with all required scopes.
    fn holds(&self, required: &RequiredScheme) -> bool;

    /// Returns whether the credential may depend on the complete request, e.g. because it is a signature. Such a
    /// credential is added last.
    fn is_last(&self) -> bool {
        false
    }

    /// Adds the credential to a request.
    ///
    /// # Errors
    ///
    /// Returns an error if the credential can't be added, e.g. because there is no token.
    fn add<'a>(&'a self, request: &'a mut Outgoing<'_>) -> Eventually<'a, Result<(), Error>>;

    /// Adds the credential's secrets to the secrets that are removed from responses.
    fn redact(&self, redactor: &mut Redactor);

    /// Handles a 401 response to a request that contained the credential, e.g. by dropping a cached token. By default,
    /// does nothing.
    fn rejected(&self) {}
}

#[doc(hidden)]
pub fn holds(parts: &[&dyn Part], required: &RequiredScheme) -> bool {
    parts.iter().any(|part| part.holds(required))
}

#[doc(hidden)]
pub fn redact(parts: &[&dyn Part], redactor: &mut Redactor) {
    parts.iter().for_each(|part| part.redact(redactor));
}

/// Calls `rejected` on each credential that the requirement needs.
#[doc(hidden)]
pub fn rejected(parts: &[&dyn Part], requirement: &SecurityRequirement) {
    let is_required = |part: &&dyn Part| requirement.schemes.iter().any(|it| part.holds(it));
    parts.iter().copied().filter(is_required).for_each(Part::rejected);
}

/// Writes the names of the types, e.g. `ApiKey and AppKey`.
#[doc(hidden)]
pub fn show(parts: &[&dyn Part], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut separator = "";
    for name in parts.iter().filter_map(|part| part.name()) {
        write!(f, "{separator}{name}")?;
        separator = " and ";
    }
    if separator.is_empty() { f.write_str("none") } else { Ok(()) }
}

/// Returns a label for metrics and spans: the type's name if there is one credential, `several` if there are more, or
/// `None` if there is none.
#[doc(hidden)]
#[must_use]
pub fn label(parts: &[&dyn Part]) -> Option<&'static str> {
    let mut names = parts.iter().filter_map(|part| part.name());
    let first = names.next();
    if names.next().is_some() { Some("several") } else { first }
}

/// Adds the credentials of the chosen requirement. If no credential has to wait, no future is created.
#[doc(hidden)]
pub fn authenticate<'a, const N: usize>(
    parts: [&'a dyn Part; N],
    mut request: Outgoing<'a>,
) -> Eventually<'a, Result<(), Error>> {
    let required = request.requirement().schemes;
    for (done, scheme) in in_order(&parts, required).enumerate() {
        let part = match find(&parts, scheme) {
            Ok(part) => part,
            Err(error) => return Eventually::Now(Err(error)),
        };
        let added = match part.add(&mut request) {
            Eventually::Now(added) => Some(added),
            Eventually::Later(_) => None,
        };
        match added {
            Some(Ok(())) => {}
            Some(error) => return Eventually::Now(error),
            // A future that borrows the request can't leave this function, so the returned future owns the request and
            // adds the credential again from the start.
            None => return Eventually::later(add_others(parts, required, done, request)),
        }
    }
    Eventually::Now(Ok(()))
}

/// Adds the remaining credentials, after the first `done`.
async fn add_others<const N: usize>(
    parts: [&dyn Part; N],
    required: &'static [RequiredScheme],
    done: usize,
    mut request: Outgoing<'_>,
) -> Result<(), Error> {
    for scheme in in_order(&parts, required).skip(done) {
        find(&parts, scheme)?.add(&mut request).get().await?;
    }
    Ok(())
}

/// Returns the required schemes in the order in which their credentials are added. Credentials that depend on the
/// complete request, such as signatures, are last.
fn in_order<'a>(
    parts: &'a [&dyn Part],
    required: &'static [RequiredScheme],
) -> impl Iterator<Item = &'static RequiredScheme> + 'a {
    let is_last = |scheme: &RequiredScheme| find(parts, scheme).is_ok_and(Part::is_last);
    let first = required.iter().filter(move |scheme| !is_last(scheme));
    first.chain(required.iter().filter(move |scheme| is_last(scheme)))
}

fn find<'a>(parts: &[&'a dyn Part], required: &RequiredScheme) -> Result<&'a dyn Part, Error> {
    let part = parts.iter().find(|part| part.holds(required));
    part.copied().ok_or_else(|| {
        let requirement = required.to_string();
        Error::missing_credential(format!(
            "the client doesn't have the credential for the `{requirement}` security scheme"
        ))
    })
}
