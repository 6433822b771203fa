//! Checks raw requests that reach an endpoint in the OpenAPI document. They must have the credentials that the document
//! requires.

use percent_encoding::percent_decode_str;

use openapi_keys_runtime::{Error, Operation, SecurityRequirement};

/// The services whose operations a request may reach.
#[derive(Clone, Copy)]
pub(super) enum Reached {
    /// The service on this server.
    One(&'static str),
    /// All services, because the client has a custom origin, which serves all of them.
    All,
}

/// Rejects a raw request to an endpoint in the OpenAPI document if the request's credentials differ from those that the
/// document requires for that endpoint.
///
/// Without this check, a raw operation could do what the scopes forbid, e.g. send a payment without a signature, or try
/// a backend operation with a Checkout key.
///
/// # Errors
///
/// Returns [`ErrorKind::InvalidArgument`] if the credentials differ.
pub(super) fn check(raw: &Operation, reached: Reached, path: &str) -> Result<(), Error> {
    let mut described = described(raw, reached, path).into_iter();
    let Some(operation) = described.find(|operation| !goes_with(operation, raw.security)) else {
        return Ok(());
    };
    let Operation { accessor, function, .. } = operation;
    let scope = operation.bound.unwrap_or("Open");
    Err(Error::invalid_argument(format!(
        "the OpenAPI document lists this endpoint as `{accessor}().{function}` with the scope `{scope}`; use that operation"
    )))
}

/// Returns the operations that the raw request could reach: the best match for each service.
fn described(raw: &Operation, reached: Reached, path: &str) -> Vec<&'static Operation> {
    let fitting = crate::catalogue::OPERATIONS.iter().copied().filter(|operation| {
        let is_reached = match reached {
            Reached::One(server) => operation.servers.contains(&server),
            Reached::All => true,
        };
        is_reached && operation.method == raw.method && fits(operation.path, path)
    });
    let fitting: Vec<_> = fitting.collect();
    // A literal segment takes precedence over a parameter.
    let parameters = |operation: &Operation| operation.path.matches('{').count();
    let best = |operation: &&Operation| {
        let rivals = fitting.iter().filter(|other| other.servers == operation.servers);
        rivals.map(|other| parameters(other)).min() == Some(parameters(operation))
    };
    fitting.iter().copied().filter(best).collect()
}

/// Returns whether a server could match the path to the template. Escapes, case and a trailing slash make no difference.
/// Values that are escaped twice have already been rejected.
fn fits(template: &str, path: &str) -> bool {
    let segments = path.trim_end_matches('/').split('/');
    let expected = template.trim_end_matches('/').split('/');
    let one = |(expected, segment): (&str, &str)| {
        expected.starts_with('{')
            || percent_decode_str(segment).decode_utf8_lossy().eq_ignore_ascii_case(expected)
    };
    segments.clone().count() == expected.clone().count() && expected.zip(segments).all(one)
}

/// Returns whether one of the operation's security alternatives requires exactly the schemes in `security`.
fn goes_with(operation: &Operation, security: &[SecurityRequirement]) -> bool {
    let same = |one: &SecurityRequirement, other: &SecurityRequirement| {
        one.schemes.len() == other.schemes.len() && one.names().all(|scheme| other.includes(scheme))
    };
    match security.first() {
        None => operation.security.is_empty(),
        Some(schemes) => operation.security.iter().any(|alternative| same(alternative, schemes)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raw_request::{Checkout, Normal, Open, RawOperation, Scope, Wallet};

    const USER: &str = "https://user-service.mileston.co";

    #[track_caller]
    fn check_found<S: Scope>(raw: &RawOperation<S>, path: &str, expected: Option<&str>) {
        for (reached, expected) in [
            (Reached::One(raw.server), expected),
            // If one origin serves all services, the raw operation's server makes no difference.
            (Reached::All, if raw.server == USER { expected } else { Some("sendPayment") }),
        ] {
            let found = described(&raw.operation, reached, path);
            let found: Vec<_> = found.iter().map(|operation| operation.id).collect();
            assert_eq!(found, expected.as_slice(), "{path}");
        }
    }

    #[test]
    fn an_endpoint_in_the_document_is_found_in_any_notation() {
        let post: RawOperation<Wallet> = RawOperation::post("x", USER, "/x");
        for path in ["/user/send-payment", "/user/send-payment/", "/User/send%2Dpayment"] {
            check_found(&post, path, Some("sendPayment"));
        }
        check_found(&post, "/user/send-payment/x", None);
        check_found(&post, "/user", None);
        let get: RawOperation<Wallet> = RawOperation::get("x", USER, "/x");
        check_found(&get, "/user/sub-wallet/all", Some("listSubwallets"));
        check_found(&get, "/user/sub-wallet/other", Some("getSubwallet"));
        check_found(&get, "/user/send-payment", None);
        let elsewhere = "https://payment-service.mileston.co";
        let elsewhere: RawOperation<Wallet> = RawOperation::post("x", elsewhere, "/x");
        check_found(&elsewhere, "/user/send-payment", None);
    }

    #[test]
    fn every_operation_in_the_document_accepts_only_its_own_credentials() {
        for operation in crate::catalogue::OPERATIONS {
            for server in operation.servers {
                assert!(
                    check(operation, Reached::One(server), operation.path).is_ok(),
                    "{}",
                    operation.id
                );
                assert!(check(operation, Reached::All, operation.path).is_ok(), "{}", operation.id);
            }
            let mut allowed = Vec::new();
            for (name, security) in [
                ("Normal", Normal::SECURITY),
                ("Checkout", Checkout::SECURITY),
                ("Wallet", Wallet::SECURITY),
                ("Open", Open::SECURITY),
            ] {
                if goes_with(operation, security) {
                    allowed.push(name);
                }
            }
            match operation.bound {
                Some("Keyed") => assert_eq!(allowed, ["Normal", "Checkout"], "{}", operation.id),
                scope => assert_eq!(allowed, [scope.unwrap_or("Open")], "{}", operation.id),
            }
        }
    }
}
