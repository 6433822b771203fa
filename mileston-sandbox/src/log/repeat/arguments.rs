//! Recovers the parameters of a call from its URL.

use mileston_api::operation::{Location, Operation};
use percent_encoding::percent_decode_str;

/// A path or query parameter, with the name of its argument in Rust.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Argument {
    pub(super) name: String,
    pub(super) value: String,
}

/// Returns all parameters in the URL. A value that can't be decoded is left out, as if it were missing.
pub(super) fn of(operation: &Operation, target: &str) -> Vec<Argument> {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let in_path = operation.path.split('/').zip(path.split('/')).filter_map(|(name, value)| {
        let name = name.strip_prefix('{')?.strip_suffix('}')?;
        Some((name, decoded(value)?))
    });
    let in_query = query.split('&').filter_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        let mut known = operation.parameters.iter();
        let known = known.any(|p| p.name == name && matches!(p.location, Location::Query));
        known.then_some((name, decoded(&value.replace('+', " "))?))
    });
    let all = in_path.chain(in_query);
    all.map(|(name, value)| Argument { name: snake(name), value }).collect()
}

fn decoded(text: &str) -> Option<String> {
    percent_decode_str(text).decode_utf8().ok().map(String::from)
}

fn snake(name: &str) -> String {
    let mut snake = String::with_capacity(name.len() + 2);
    let mut after_small = false;
    for letter in name.chars() {
        // `transactionUUID` has consecutive capitals.
        if letter.is_ascii_uppercase() && after_small {
            snake.push('_');
        }
        after_small = letter.is_ascii_lowercase();
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

#[cfg(test)]
mod tests {
    use mileston_api::catalogue::{CREATE_INVOICE, GET_INVOICE};

    use super::*;

    #[test]
    fn parameters_are_found_by_the_names_of_arguments() {
        let found = of(&GET_INVOICE, "/invoice/a%20b?limit=1");
        assert_eq!(found, [Argument { name: "invoice_id".to_owned(), value: "a b".to_owned() }]);
        let found = of(&CREATE_INVOICE, "/invoice/create?businessName=Tom+%26+J");
        assert_eq!(found, [Argument { name: "business_name".to_owned(), value: "Tom & J".into() }]);
        assert_eq!(snake("transactionUUID"), "transaction_uuid");
    }
}
