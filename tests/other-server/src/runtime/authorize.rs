//! Checks the credentials of a request. The generated handlers call these functions.

use axum::http::StatusCode;
use openapi_keys_runtime::{Operation, RequiredScheme};

use super::presented::Presented;
use super::verdict::{Found, Unmet, decide};
use super::{Authority, Identity, Incoming, Refusal};

/// Returns the caller of an operation that always needs credentials.
///
/// # Errors
///
/// Returns an error with status 401 if a credential is missing or wrong, and with 403 if a credential lacks a scope.
pub fn authorize(
    authority: &impl Authority,
    operation: &'static Operation,
    incoming: &Incoming,
) -> Result<Identity, Refusal> {
    let identity = authorize_optional(authority, operation, incoming)?;
    identity.ok_or_else(|| refusal(operation, Unmet::Unknown))
}

/// Returns the caller of an operation that also accepts requests without credentials, or `None` if the request has
/// none.
///
/// # Errors
///
/// Returns an error with status 401 if a credential is wrong, and with 403 if a credential lacks a scope.
pub fn authorize_optional(
    authority: &impl Authority,
    operation: &'static Operation,
    incoming: &Incoming,
) -> Result<Option<Identity>, Refusal> {
    let at = met(authority, operation, incoming)?;
    let met = operation.security.get(at).filter(|met| !met.schemes.is_empty());
    Ok(met.map(|met| Identity { met }))
}

/// Returns the caller of an operation whose `security` has several alternatives. The result is the variant for the
/// alternative that the request meets. `variants` has a constructor for each alternative, in the order of `security`.
///
/// # Errors
///
/// Returns an error with status 401 if a credential is missing or wrong, and with 403 if a credential lacks a scope.
pub fn authorize_any<I>(
    authority: &impl Authority,
    operation: &'static Operation,
    incoming: &Incoming,
    variants: &[fn(Identity) -> I],
) -> Result<I, Refusal> {
    let caller = authorize_any_optional(authority, operation, incoming, variants)?;
    caller.ok_or_else(|| refusal(operation, Unmet::Unknown))
}

/// Does the same as [`authorize_any`] for an operation that also accepts requests without credentials, and returns
/// `None` for such a request. `variants` leaves out the alternative without credentials.
///
/// # Errors
///
/// Returns an error with status 401 if a credential is wrong, and with 403 if a credential lacks a scope.
pub fn authorize_any_optional<I>(
    authority: &impl Authority,
    operation: &'static Operation,
    incoming: &Incoming,
    variants: &[fn(Identity) -> I],
) -> Result<Option<I>, Refusal> {
    let Some(identity) = authorize_optional(authority, operation, incoming)? else {
        return Ok(None);
    };
    let closed = operation.security.iter().filter(|alternative| !alternative.schemes.is_empty());
    let variant = closed.zip(variants).find(|(alternative, _)| *alternative == identity.met);
    let (_, variant) = variant.ok_or_else(|| refusal(operation, Unmet::Unknown))?;
    Ok(Some(variant(identity)))
}

/// Returns the index of the alternative that the request meets.
fn met(
    authority: &impl Authority,
    operation: &'static Operation,
    incoming: &Incoming,
) -> Result<usize, Refusal> {
    let find = |required: &RequiredScheme| {
        let scheme = authority.schemes().iter().find(|scheme| scheme.name == required.name);
        let presented = scheme.and_then(|scheme| Some((scheme, Presented::of(scheme, incoming)?)));
        match presented {
            None => Found::Nothing,
            Some((scheme, presented)) => {
                authority.scopes(scheme, &presented).map_or(Found::Wrong, Found::Right)
            }
        }
    };
    decide(operation.security, find).map_err(|unmet| refusal(operation, unmet))
}

fn refusal(operation: &Operation, unmet: Unmet) -> Refusal {
    match unmet {
        Unmet::Unknown => Refusal(
            StatusCode::UNAUTHORIZED,
            format!("{} isn't allowed with these credentials", operation.id),
        ),
        Unmet::Forbidden => Refusal(
            StatusCode::FORBIDDEN,
            format!("{} needs a scope that the token lacks", operation.id),
        ),
    }
}
