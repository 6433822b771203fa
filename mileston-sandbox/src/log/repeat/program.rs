//! A call as Rust code, with `mileston-api`.

use mileston_api::operation::Operation;
use mileston_keys::{KeyKind, ModeName};

use super::super::Entry;
use super::arguments::{self, Argument};
use super::credentials::{is_open, is_signed, key_of, variable_of};
use crate::text::{is_plain, plain};

/// Returns the body of a function that returns a `Result`, or `None` if no operation of the client makes this call, or
/// the body isn't JSON.
pub(crate) fn rust(entry: &Entry) -> Option<String> {
    let operation = entry.operation?;
    let found = arguments::of(operation, &entry.target);
    let mut lines = client(entry);
    if let Some(body) = operation.body {
        if !entry.may_be_json() {
            return None;
        }
        let text = literal(str::from_utf8(&entry.body).ok()?);
        lines.push(format!(
            "let body: mileston_api::types::{body} = serde_json::from_str({text})?;"
        ));
    }
    lines.push(format!("let response = client{}.await?;", call(operation, &found)?));
    lines.push("println!(\"{response:?}\");".to_owned());
    Some(lines.join("\n"))
}

fn client(entry: &Entry) -> Vec<String> {
    const ORIGIN: &str = ".with_origin_from_env(\"MILESTON_URL\")?;";
    if is_open(entry) {
        return vec![format!("let client = mileston_api::Client::without_key()?{ORIGIN}")];
    }
    let (kind, mode) = key_of(entry);
    let (kind, mode) = (name_of_kind(kind), name_of_mode(mode));
    let variable = variable_of(entry);
    let mut lines =
        vec![format!("let key = keys::{kind}::<keys::{mode}>::from_env(\"{variable}\")?;")];
    if is_signed(entry) {
        let secret = "keys::WalletSecret::from_env(\"MILESTON_WALLET_SECRET\")?";
        lines.push(format!("let key = key.with_wallet_secret({secret});"));
    }
    lines.push("let business = keys::BusinessId::from_env(\"MILESTON_BUSINESS_ID\")?;".to_owned());
    lines.push(format!("let client = Client::new(key, business)?{ORIGIN}"));
    lines.insert(0, "use mileston_api::{Client, keys};".to_owned());
    lines
}

fn name_of_kind(kind: KeyKind) -> &'static str {
    match kind {
        KeyKind::Normal => "NormalKey",
        KeyKind::Checkout => "CheckoutKey",
    }
}

fn name_of_mode(mode: ModeName) -> &'static str {
    match mode {
        ModeName::Test => "Test",
        ModeName::Live => "Live",
    }
}

/// Returns `.invoices().get(…)`, with optional parameters chained, or `None` if a required parameter is missing.
fn call(operation: &Operation, found: &[Argument]) -> Option<String> {
    let required: Option<Vec<String>> =
        operation.arguments.iter().map(|name| required(operation, name, found)).collect();
    let function = operation.from_function.unwrap_or(operation.function);
    let mut call = format!(".{}().{function}({})", operation.accessor, required?.join(", "));
    let optional = found.iter().filter(|one| !operation.arguments.contains(&one.name.as_str()));
    for Argument { name, value } in optional {
        match name.as_str() {
            // The client takes it from the key.
            "env" => {}
            "limit" => call.push_str(&format!(".limit({})", value.parse::<u32>().ok()?)),
            "merchant" => call.push_str(&format!(".merchant({})", literal(value))),
            _ => call.push_str(&format!(".{name}({}.into())", literal(value))),
        }
    }
    Some(call)
}

fn required(operation: &Operation, name: &str, found: &[Argument]) -> Option<String> {
    match name {
        "body" if operation.from_function.is_some() => return Some("&body".to_owned()),
        "body" => return Some("body".to_owned()),
        // Here all services have one origin, so the URL doesn't say which one was called.
        "service" => return Some("mileston_api::operations::Service::Payment".to_owned()),
        _ => {}
    }
    let value = found.iter().find(|one| one.name == name)?;
    let text = literal(&value.value);
    Some(if name == "chain" { format!("{text}.into()") } else { text })
}

/// Returns a string literal, raw if that is easier to read. Characters that aren't plain are escaped, because a
/// terminal could obey them, or show something different from what the compiler reads.
fn literal(text: &str) -> String {
    if !text.chars().all(is_plain) {
        return format!("\"{}\"", plain(&text.replace('\\', r"\\").replace('"', r#"\""#)));
    }
    if !text.contains(['"', '\\']) {
        return format!("\"{text}\"");
    }
    let mut fence = "#".to_owned();
    while text.contains(&format!("\"{fence}")) {
        fence.push('#');
    }
    format!("r{fence}\"{text}\"{fence}")
}

#[cfg(test)]
mod tests {
    use mileston_api::catalogue::CREATE_PAYMENT_LINK;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn characters_that_are_not_plain_are_escaped() {
        for (text, expected) in [
            ("a", r#""a""#),
            (r#"{"a":1}"#, r##"r#"{"a":1}"#"##),
            ("\"\\\r\n\u{1b}\u{202e}ü", r#""\"\\\r\n\u{1b}\u{202e}ü""#),
        ] {
            assert_eq!(literal(text), expected);
        }
        let mut entry = Entry::example(&CREATE_PAYMENT_LINK, "/payment-link/create", "");
        entry.body = b"\xff".to_vec();
        assert_eq!(rust(&entry), None);
    }

    proptest! {
        #[test]
        fn a_literal_is_plain_and_equals_the_text(text in any::<String>()) {
            let literal = literal(&text);
            prop_assert!(literal.chars().all(is_plain), "{}", literal);
            let read: syn::LitStr = syn::parse_str(&literal).unwrap();
            prop_assert_eq!(read.value(), text);
        }
    }
}
