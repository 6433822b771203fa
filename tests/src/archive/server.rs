//! Checks which credentials the server of the archive API accepts. Sends plain HTTP requests, without the generated
//! client.

use openapi_keys_runtime::{Location, Operation, SchemeKind, SecurityScheme};
use other_api::archive::catalogue::SECURITY_SCHEMES;
use other_server::archive::secret;

pub use other_server::archive::Running;

use crate::http;

/// `guard:fake-guard` in base64: the user and the password of the `guard` scheme.
const GUARD: &str = "Z3VhcmQ6ZmFrZS1ndWFyZA==";

/// Returns whether the archive's server allows a caller with these credentials to call an operation. `address` comes
/// from [`Running::origin`]. Each credential is a scheme with its scopes.
///
/// A request contains at most one `Authorization` header. If several credentials use this header, this function sends
/// one request for each of them, until the server accepts a request. Each request also contains the credentials that
/// don't use this header. The operation is allowed if the server accepts one of the requests.
///
/// # Errors
///
/// Returns an error if a scheme is unknown, if the server can't be reached, or if the server neither executes nor
/// rejects the request.
pub async fn allowed(
    address: &str,
    operation: &Operation,
    held: &[(&str, &[&str])],
) -> Result<bool, String> {
    let mut others = Vec::new();
    let mut authorizations = Vec::new();
    for (name, scopes) in held {
        let scheme = SECURITY_SCHEMES.iter().find(|scheme| scheme.name == *name);
        let scheme = scheme.ok_or_else(|| format!("there is no security scheme `{name}`"))?;
        match presented(scheme, &secret(name, scopes))? {
            Presented::Header("authorization", value) => authorizations.push(value),
            other => others.push(other),
        }
    }
    if authorizations.is_empty() {
        return ask(address, operation, &others, None).await;
    }
    for value in &authorizations {
        if ask(address, operation, &others, Some(value)).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// How a request presents a credential.
enum Presented {
    Header(&'static str, String),
    Query(String),
    Cookie(String),
}

fn presented(scheme: &SecurityScheme, secret: &str) -> Result<Presented, String> {
    Ok(match scheme.kind {
        SchemeKind::Key { location: Location::Header, name, .. } => {
            Presented::Header(name, secret.to_owned())
        }
        SchemeKind::Key { location: Location::Query, name, .. } => {
            Presented::Query(format!("{name}={secret}"))
        }
        SchemeKind::Key { location: Location::Cookie, name, .. } => {
            Presented::Cookie(format!("{name}={secret}"))
        }
        SchemeKind::Http { scheme: "basic", .. } => {
            Presented::Header("authorization", format!("Basic {GUARD}"))
        }
        SchemeKind::Http { scheme, .. } => {
            Presented::Header("authorization", format!("{scheme} {secret}"))
        }
        SchemeKind::OAuth2 | SchemeKind::OpenIdConnect => {
            Presented::Header("authorization", format!("Bearer {secret}"))
        }
        // The server takes the certificate from a header.
        SchemeKind::MutualTls => Presented::Header("x-client-certificate", secret.to_owned()),
        _ => return Err(format!("no request can present `{}`", scheme.name)),
    })
}

/// Sends one request.
async fn ask(
    address: &str,
    operation: &Operation,
    others: &[Presented],
    authorization: Option<&String>,
) -> Result<bool, String> {
    let mut headers: Vec<(&'static str, String)> = Vec::new();
    headers.extend(authorization.map(|value| ("authorization", value.clone())));
    let (mut queries, mut cookies) = (Vec::new(), Vec::new());
    for other in others {
        match other {
            Presented::Header(name, value) => headers.push((name, value.clone())),
            Presented::Query(pair) => queries.push(pair.as_str()),
            Presented::Cookie(pair) => cookies.push(pair.as_str()),
        }
    }
    if !cookies.is_empty() {
        headers.push(("cookie", cookies.join("; ")));
    }
    let target = match queries.is_empty() {
        true => operation.path.to_owned(),
        false => format!("{}?{}", operation.path, queries.join("&")),
    };
    let answer = http::send(address, operation.method.as_str(), &target, &headers, "").await?;
    match answer.status {
        200 => Ok(true),
        401 | 403 => Ok(false),
        status => Err(format!("{} got the status {status}: {}", operation.id, answer.body)),
    }
}
