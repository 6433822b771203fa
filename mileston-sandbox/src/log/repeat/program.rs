//! Shows a call as Rust code that uses `mileston-api`.

use mileston_api::operation::{Operation, Written};
use mileston_keys::{KeyKind, ModeName};

use super::super::Entry;
use super::arguments::{self, Found};
use super::credentials::{is_open, is_signed, key_of, variable_of};
use crate::reach::Reach;
use crate::text::{is_plain, plain};

/// Generates the body of a function that returns a `Result`. Returns `None` if the client has no operation for this
/// call, if a parameter is missing or invalid, if the body isn't UTF-8 or its media type isn't JSON, or if the client
/// wouldn't send the key to this sandbox.
pub(crate) fn rust(entry: &Entry, reach: &Reach) -> Option<String> {
    let operation = entry.operation?;
    let found = arguments::of(operation, &entry.target);
    let mut lines = client(entry, reach)?;
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

/// Returns the lines that create the client. Returns `None` for a live key if the sandbox is reached over plain http,
/// because the client never sends a live key that way.
fn client(entry: &Entry, reach: &Reach) -> Option<Vec<String>> {
    let method = if reach.is_in_clear() { "with_plain_http_origin" } else { "with_origin" };
    let origin = format!(".{method}_from_env(\"MILESTON_URL\")?;");
    if is_open(entry) {
        return Some(vec![format!("let client = mileston_api::Client::without_key()?{origin}")]);
    }
    let (kind, mode) = key_of(entry);
    if mode == ModeName::Live && !reach.is_https() {
        return None;
    }
    let (kind, mode) = (name_of_kind(kind), name_of_mode(mode));
    let variable = variable_of(entry);
    let mut lines =
        vec![format!("let key = keys::{kind}::<keys::{mode}>::from_env(\"{variable}\")?;")];
    if is_signed(entry) {
        let secret = "keys::WalletSecret::from_env(\"MILESTON_WALLET_SECRET\")?";
        lines.push(format!("let key = key.with_wallet_secret({secret});"));
    }
    lines.push("let business = keys::BusinessId::from_env(\"MILESTON_BUSINESS_ID\")?;".to_owned());
    lines.push(format!("let client = Client::new(key, business)?{origin}"));
    lines.insert(0, "use mileston_api::{Client, keys};".to_owned());
    Some(lines)
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

/// Returns a call such as `.invoices().get(…)`, with optional parameters chained. Returns `None` if a required
/// parameter is missing or a value isn't valid for its type. The log doesn't contain headers, so header parameters are
/// left out.
fn call(operation: &Operation, found: &[Found]) -> Option<String> {
    let required: Option<Vec<String>> =
        operation.arguments.iter().map(|name| required(operation, name, found)).collect();
    let function = operation.from_function.unwrap_or(operation.function);
    let mut call = format!(".{}().{function}({})", operation.accessor, required?.join(", "));
    let optional = found.iter().filter(|one| !operation.arguments.contains(&one.argument.name));
    for one in optional {
        call.push_str(&format!(".{}({})", one.argument.name, value(one)?));
    }
    Some(call)
}

fn required(operation: &Operation, name: &str, found: &[Found]) -> Option<String> {
    if let Some(one) = found.iter().find(|one| one.argument.name == name) {
        return value(one);
    }
    let mut parameters = operation.parameters.iter().filter_map(|parameter| parameter.argument);
    if parameters.any(|argument| argument.name == name) {
        return None;
    }
    match operation.server {
        // All servers have the same origin here, so the URL doesn't show which server was called. The code uses the
        // operation's example server.
        Some(server) if operation.arguments.first() == Some(&name) => {
            Some(format!("mileston_api::{server}"))
        }
        _ if operation.from_function.is_some() => Some("&body".to_owned()),
        _ => Some("body".to_owned()),
    }
}

/// Returns the value as Rust, or `None` if it isn't valid for its type.
fn value(Found { argument, value }: &Found) -> Option<String> {
    match argument.written {
        Written::Text => Some(literal(value)),
        Written::Parsed => Some(format!("{}.parse()?", literal(value))),
        // Only numbers and booleans are inserted without quotes: any other text could inject code.
        Written::Literal if is_number(value) || matches!(value.as_str(), "true" | "false") => {
            Some(value.clone())
        }
        _ => None,
    }
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    digits.len() <= 9 && !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns a string literal, raw if that is easier to read. Characters that aren't plain are escaped, because a
/// terminal could interpret them, or could show something different from what the compiler reads.
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
    use crate::log::ShownKey;
    use crate::reach::ReachOptions;

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
        assert_eq!(rust(&entry, &reached("http://127.0.0.1:7357")), None);
    }

    fn reached(url: &str) -> Reach {
        let options = ReachOptions { public_url: Some(url.to_owned()), ..ReachOptions::default() };
        Reach::new(&options, ([127, 0, 0, 1], 7357).into()).unwrap()
    }

    #[test]
    fn the_code_sets_the_origin_with_the_right_method() {
        let mut entry = Entry::example(&CREATE_PAYMENT_LINK, "/payment-link/create", "{}");
        let method = |entry: &Entry, url: &str| {
            let program = rust(entry, &reached(url))?;
            let line = program.lines().find(|line| line.contains("Client::new"))?.to_owned();
            let method = line.split_once(")?.")?.1.split_once('(')?.0;
            Some(method.to_owned())
        };
        let plain = Some("with_plain_http_origin_from_env".to_owned());
        let usual = Some("with_origin_from_env".to_owned());
        assert_eq!(method(&entry, "http://127.0.0.1:7357"), usual);
        assert_eq!(method(&entry, "http://localhost:7357"), usual);
        assert_eq!(method(&entry, "https://dev.example"), usual);
        assert_eq!(method(&entry, "http://sandbox:7357"), plain);
        assert_eq!(method(&entry, "http://192.0.2.1"), plain);
        entry.key = ShownKey::Of(KeyKind::Normal, ModeName::Live);
        assert_eq!(method(&entry, "http://127.0.0.1:7357"), None);
        assert_eq!(method(&entry, "https://dev.example"), usual);
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
