//! The requirements in an operation's `security`, parsed from the names of its schemes.

use mileston_api::operation::{RequiredScheme, SecurityRequirement};
use mileston_keys::KeyKind;

/// The header for both kinds of key.
pub(crate) const KEY_HEADER: &str = "apikey";
/// The header for the business id.
pub(super) const BUSINESS_HEADER: &str = "businessid";
/// The header for the signature.
pub(super) const SIGNATURE_HEADER: &str = "x-request-signature";

/// The requirements of one alternative. A key is always required: it identifies the business.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Requirement {
    pub(super) kind: KeyKind,
    pub(super) business: bool,
    pub(super) signature: bool,
}

/// The requirements of an operation.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Requirements {
    /// The alternatives. A caller needs to satisfy only one of them.
    pub(super) alternatives: Vec<Requirement>,
    /// Whether a caller that doesn't satisfy any of the alternatives is accepted.
    pub(super) open: bool,
}

impl Requirements {
    /// Parses `security`. Returns `None` if it contains something that the sandbox doesn't support.
    pub(super) fn of(security: &[SecurityRequirement]) -> Option<Self> {
        let mut requirements = Requirements { alternatives: Vec::new(), open: security.is_empty() };
        for alternative in security {
            if alternative.schemes.is_empty() {
                requirements.open = true;
            } else {
                requirements.alternatives.push(Requirement::of(alternative.schemes)?);
            }
        }
        Some(requirements)
    }

    pub(super) fn takes(&self, kind: KeyKind) -> bool {
        self.alternatives.iter().any(|alternative| alternative.kind == kind)
    }

    /// Returns the name of the required key, for error messages.
    pub(super) fn needs(&self) -> &'static str {
        match (self.takes(KeyKind::Normal), self.takes(KeyKind::Checkout)) {
            (true, true) => "a Normal or a Checkout key",
            (false, true) => "a Checkout key",
            _ => "a Normal key",
        }
    }
}

impl Requirement {
    fn of(schemes: &[RequiredScheme]) -> Option<Self> {
        let mut kind = None;
        let (mut business, mut signature) = (false, false);
        for scheme in schemes {
            // Keys have no scopes.
            if !scheme.scopes.is_empty() {
                return None;
            }
            match scheme.name {
                "normalKey" if kind.is_none() => kind = Some(KeyKind::Normal),
                "checkoutKey" if kind.is_none() => kind = Some(KeyKind::Checkout),
                "businessId" => business = true,
                "walletSignature" => signature = true,
                _ => return None,
            }
        }
        Some(Requirement { kind: kind?, business, signature })
    }
}

#[cfg(test)]
mod tests {
    use mileston_api::catalogue;

    use super::*;

    #[test]
    fn the_security_of_every_operation_is_supported() {
        for operation in catalogue::OPERATIONS {
            assert!(Requirements::of(operation.security).is_some(), "{}", operation.id);
        }
    }

    /// The handlers of operations without security don't call `authorize`, which also checks parameter values.
    #[test]
    fn operations_without_security_have_no_parameters_with_listed_values() {
        for operation in catalogue::OPERATIONS.iter().filter(|it| it.security.is_empty()) {
            let mut parameters = operation.parameters.iter();
            assert!(parameters.all(|parameter| parameter.values.is_empty()), "{}", operation.id);
        }
    }

    #[test]
    fn headers_match_the_openapi_document() {
        for scheme in catalogue::SECURITY_SCHEMES {
            let expected = match scheme.name {
                "normalKey" | "checkoutKey" => KEY_HEADER,
                "businessId" => BUSINESS_HEADER,
                "walletSignature" => SIGNATURE_HEADER,
                other => panic!("unsupported scheme: {other}"),
            };
            assert_eq!(scheme.header(), Some(expected), "{}", scheme.name);
        }
    }

    #[test]
    fn unsupported_security_returns_none() {
        const BUSINESS: RequiredScheme = RequiredScheme::new("businessId");
        const NORMAL: RequiredScheme = RequiredScheme::new("normalKey");
        const CHECKOUT: RequiredScheme = RequiredScheme::new("checkoutKey");
        const SIGNATURE: RequiredScheme = RequiredScheme::new("walletSignature");
        for schemes in [
            &[BUSINESS][..],
            &[SIGNATURE],
            &[NORMAL, CHECKOUT],
            &[NORMAL, RequiredScheme::new("oauth")],
            &[NORMAL.scopes(&["payments"]), BUSINESS],
        ] {
            assert_eq!(Requirement::of(schemes), None, "{schemes:?}");
        }
        let signed = Requirement::of(&[SIGNATURE, BUSINESS, NORMAL]);
        let expected = Requirement { kind: KeyKind::Normal, business: true, signature: true };
        assert_eq!(signed, Some(expected));
    }
}
