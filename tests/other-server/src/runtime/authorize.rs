//! Checks the credentials of a request. The generated handlers call it.

use axum::http::StatusCode;
use openapi_keys_runtime::{Operation, RequiredScheme};

use super::presented::Presented;
use super::verdict::{Found, Unmet, decide};
use super::{Authority, Caller, Incoming, Refusal};

/// Returns the caller of an operation whose `security` has one alternative or none.
///
/// # Errors
///
/// Returns an error with status 401 if a credential is missing or wrong, and with 403 if it lacks a scope.
pub fn authorize(
    authority: &impl Authority,
    operation: &'static Operation,
    incoming: &Incoming,
) -> Result<Caller, Refusal> {
    if operation.security.is_empty() {
        return Ok(Caller { met: None });
    }
    let at = met(authority, operation, incoming)?;
    Ok(Caller { met: operation.security.get(at) })
}

/// Returns the caller of an operation whose `security` has several alternatives, as the identity for the alternative that the
/// request meets. `identities` has a constructor for each alternative, in the order of `security`.
///
/// # Errors
///
/// Returns an error with status 401 if a credential is missing or wrong, and with 403 if it lacks a scope.
pub fn authorize_any<I>(
    authority: &impl Authority,
    operation: &'static Operation,
    incoming: &Incoming,
    identities: &[fn(Caller) -> I],
) -> Result<I, Refusal> {
    let at = met(authority, operation, incoming)?;
    let mut alternatives = operation.security.iter().zip(identities);
    let (met, identity) = alternatives.nth(at).ok_or_else(|| refusal(operation, Unmet::Unknown))?;
    Ok(identity(Caller { met: Some(met) }))
}

/// Returns the number of the alternative that the request meets.
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
