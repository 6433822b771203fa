//! Recovers the arguments of a call from its URL.

use mileston_api::operation::{Argument, Location, Operation};
use percent_encoding::percent_decode_str;

/// The value of a path or query parameter, and the Rust argument that it belongs to.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) argument: Argument,
    pub(super) value: String,
}

/// Returns all arguments in the URL. Leaves out parameters that the client fills in, and values that can't be decoded.
pub(super) fn of(operation: &Operation, target: &str) -> Vec<Found> {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let in_path = operation.path.split('/').zip(path.split('/')).filter_map(|(name, value)| {
        let name = name.strip_prefix('{')?.strip_suffix('}')?;
        found(operation, name, Location::Path, value)
    });
    let in_query = query.split('&').filter_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        found(operation, name, Location::Query, &value.replace('+', " "))
    });
    in_path.chain(in_query).collect()
}

fn found(operation: &Operation, name: &str, location: Location, value: &str) -> Option<Found> {
    let mut parameters = operation.parameters.iter();
    let parameter = parameters.find(|it| it.name == name && it.location == location)?;
    let value = percent_decode_str(value).decode_utf8().ok()?.into_owned();
    Some(Found { argument: parameter.argument?, value })
}

#[cfg(test)]
mod tests {
    use mileston_api::catalogue::{CREATE_INVOICE, GET_EVM_PAYMENT_WALLET, GET_INVOICE};

    use super::*;

    #[track_caller]
    fn check(operation: &Operation, target: &str, expected: &[(&str, &str)]) {
        let found = of(operation, target);
        let found: Vec<_> =
            found.iter().map(|one| (one.argument.name, one.value.as_str())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn parameters_are_listed_under_their_argument_names() {
        check(&GET_INVOICE, "/invoice/a%20b?limit=1", &[("invoice_id", "a b")]);
        let target = "/invoice/create?businessName=Tom+%26+J";
        check(&CREATE_INVOICE, target, &[("business_name", "Tom & J")]);
    }

    #[test]
    fn parameters_that_the_client_fills_in_are_left_out() {
        let target = "/checkout/payment-wallet/evm?env=test&evmChain=base";
        check(&GET_EVM_PAYMENT_WALLET, target, &[("evm_chain", "base")]);
    }
}
