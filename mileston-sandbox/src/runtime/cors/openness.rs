//! Determines which operations pages may call, and with which credentials.

use mileston_api::catalogue;
use mileston_api::operation::{Operation, SecurityRequirement};
use mileston_keys::KeyKind;

use crate::runtime::requirement::Requirements;

/// Returns the operation with this path and method. HEAD is treated as GET.
pub(super) fn find(path: &str, method: &str) -> Option<&'static Operation> {
    let method = if method == "HEAD" { "GET" } else { method };
    at(path).find(|operation| operation.method.as_str() == method)
}

/// Returns all operations with this path.
pub(super) fn at(path: &str) -> impl Iterator<Item = &'static Operation> {
    catalogue::OPERATIONS.iter().copied().filter(move |operation| operation.path == path)
}

/// Returns whether the operation accepts a Checkout key, or requires no key.
pub(super) fn is_for_browsers(operation: &Operation) -> bool {
    Requirements::of(operation.security)
        .is_some_and(|requirements| requirements.open || requirements.takes(KeyKind::Checkout))
}

/// Returns the methods that pages may use on a path.
pub(super) fn methods_of(path: &str) -> Vec<&'static str> {
    let mut methods = Vec::new();
    for operation in at(path).filter(|operation| is_for_browsers(operation)) {
        let head = (operation.method.as_str() == "GET").then_some("HEAD");
        methods.extend([Some(operation.method.as_str()), head].into_iter().flatten());
    }
    methods
}

/// Returns the headers of the schemes that an operation accepts.
pub(super) fn credentials_of(operation: &Operation) -> impl Iterator<Item = &'static str> {
    let schemes = operation.security.iter().flat_map(SecurityRequirement::names);
    schemes.filter_map(|name| {
        catalogue::SECURITY_SCHEMES.iter().find(|scheme| scheme.name == name)?.header()
    })
}

/// Returns whether the header is for a credential that no operation for pages accepts.
pub(super) fn is_backend_only(header: &str) -> bool {
    let mut for_pages = catalogue::OPERATIONS.iter().filter(|operation| is_for_browsers(operation));
    catalogue::SECURITY_SCHEMES.iter().any(|scheme| scheme.header() == Some(header))
        && !for_pages.any(|operation| credentials_of(operation).any(|name| name == header))
}
