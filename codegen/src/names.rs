//! Converts names in the document to Rust names, in the same way as progenitor and typify.

mod distinct;

use heck::{ToPascalCase, ToShoutySnakeCase, ToSnakeCase};

pub(crate) use distinct::{Wanted, fields, numbered, variants};

/// Returns the name of a field, argument, function or module. A keyword gets a trailing `_`.
pub(crate) fn field(name: &str) -> String {
    usable(separated(name).to_snake_case())
}

/// Returns the name of a method for a tag, an operation or a security scheme: `oauth_tokens` for
/// `OAuthTokens`, `apis` for `APIs`.
///
/// Names from schemas follow typify's rules instead: `o_auth_tokens`.
pub(crate) fn accessor(name: &str) -> String {
    usable(words_of(name).to_snake_case())
}

/// Separates the words of a name. `OAuth` and plural abbreviations such as `APIs` each become one
/// word.
fn words_of(name: &str) -> String {
    let name = separated(name).replace("OAuth", "Oauth").replace("oAuth", "oauth");
    let letters: Vec<char> = name.chars().collect();
    let is_upper = |at: usize| letters.get(at).is_some_and(|letter| letter.is_uppercase());
    let is_lower = |at: usize| letters.get(at).is_some_and(|letter| letter.is_lowercase());
    let is_plural = |end: usize| letters.get(end) == Some(&'s') && !is_lower(end + 1);
    let mut found = String::new();
    let mut at = 0;
    while let Some(letter) = letters.get(at) {
        let end = (at..).find(|end| !is_upper(*end)).unwrap_or(at);
        if end >= at + 2 && is_plural(end) {
            found.push(*letter);
            found.extend(
                letters
                    .get(at + 1..end)
                    .unwrap_or_default()
                    .iter()
                    .flat_map(|it| it.to_lowercase()),
            );
            at = end;
        } else {
            let next = end.max(at + 1);
            found.extend(letters.get(at..next).unwrap_or_default());
            at = next;
        }
    }
    found
}

/// Returns the name of a field's setter in a schema that only responses use. The `_` that keeps the
/// field's name from being a keyword or starting with a digit isn't needed after `with_`.
pub(crate) fn setter(field: &str) -> String {
    format!("with_{}", field.trim_matches('_'))
}

/// Returns the name of a type or variant.
pub(crate) fn pascal(name: &str) -> String {
    usable(separated(name).to_pascal_case())
}

/// Returns the name of a module with its own file. The name is ASCII, because rustc can't load a
/// module from a file with a non-ASCII name.
pub(crate) fn module(name: &str) -> String {
    /// Windows device names, which can't be file names.
    const DEVICES: &[&str] = &["aux", "con", "nul", "prn"];
    let name = field(name);
    let name = if name.is_ascii() { name } else { in_ascii(&name) };
    let is_port = ["com", "lpt"]
        .iter()
        .any(|port| name.strip_prefix(port).is_some_and(|rest| rest.len() == 1 && rest != "0"));
    if is_port || DEVICES.contains(&name.as_str()) { format!("{name}_") } else { name }
}

/// Returns the name with non-ASCII characters replaced by their codes.
fn in_ascii(name: &str) -> String {
    let plain = |each: char| match each.is_ascii() {
        true => each.to_string(),
        false => format!("_{:x}_", u32::from(each)),
    };
    field(&name.chars().map(plain).collect::<String>())
}

/// The names that every call already has: its methods, and the field `call`, which holds its
/// `CallCore`.
const OF_CALLS: &[&str] = &[
    "body",
    "body_field",
    "call",
    "expect",
    "header",
    "is_err",
    "is_ok",
    "operation",
    "query",
    "raw_body",
    "retries",
    "streamed",
    "timeout",
    "unwrap",
    "with_body",
    "with_response",
    "without_retries",
];

/// Returns the name of an operation's argument. It never equals the name of a variable in the
/// generated server.
pub(crate) fn argument(name: &str) -> String {
    const VARIABLES: &[&str] = &["body", "caller", "incoming", "platform"];
    let name = field(name);
    if VARIABLES.contains(&name.as_str()) { format!("{name}_parameter") } else { name }
}

/// Returns the name, with `_` appended if every call already has a field or method with this name.
pub(crate) fn beside_options(name: &str) -> String {
    if OF_CALLS.contains(&name) { format!("{name}_") } else { name.to_owned() }
}

/// Returns the name of the method that takes an existing body: `create_from`.
pub(crate) fn from(function: &str) -> String {
    format!("{}_from", function.trim_end_matches('_'))
}

/// Returns the name as lower-case words: `payment links`.
pub(crate) fn words(name: &str) -> String {
    separated(name).to_snake_case().replace('_', " ")
}

/// Returns whether a name can be used as a file name and, without a warning from rustc, as a type
/// name.
pub(crate) fn is_type(name: &str) -> bool {
    // Most file systems allow 255 bytes. The file name is longer than the type name, because it is
    // in snake case.
    const LONGEST: usize = 100;
    name.starts_with(|first: char| first.is_ascii_uppercase())
        && name.chars().all(|each| each.is_ascii_alphanumeric())
        && name.len() <= LONGEST
        && name != "Self"
}

/// Returns the article for the name of a type.
pub(crate) fn article(name: &str) -> &'static str {
    if name.starts_with(['A', 'E', 'I', 'O', 'U']) { "an" } else { "a" }
}

/// Returns the name of a constant.
pub(crate) fn constant(name: &str) -> String {
    separated(name).to_shouty_snake_case()
}

/// Returns an operation id without the path and method that FastAPI appends: `list_items` for
/// `list_items_items__get`.
pub(crate) fn without_route<'a>(id: &'a str, method: &str, path: &str) -> &'a str {
    let path = path.split_once('?').map_or(path, |(path, _)| path);
    let plain = |each: char| if each.is_alphanumeric() { each } else { '_' };
    let suffix = format!("{path}_{}", method.to_ascii_lowercase());
    let suffix: String = suffix.chars().map(plain).collect();
    id.strip_suffix(&suffix).filter(|name| !name.trim_matches('_').is_empty()).unwrap_or(id)
}

/// Returns the name of an operation without the words of its tag, in the singular or plural: with
/// the tag `paymentLinks`, `create_payment_link` becomes `create`. If nothing would remain, the
/// name is unchanged.
pub(crate) fn without_tag(name: &str, tag: &str) -> String {
    let words: Vec<&str> = name.split('_').collect();
    let Some(of_tag) = place_of_tag(&words, tag) else { return name.to_owned() };
    let rest = words.iter().enumerate().filter(|(i, _)| !of_tag.contains(i));
    let rest: Vec<&str> = rest.map(|(_, word)| *word).collect();
    if rest.is_empty() { name.to_owned() } else { usable(rest.join("_")) }
}

/// Returns whether the name of an operation contains the words of its tag in the singular.
pub(crate) fn has_singular(name: &str, tag: &str) -> bool {
    let words: Vec<&str> = name.split('_').collect();
    let last = place_of_tag(&words, tag).and_then(|of_tag| words.get(of_tag.end - 1));
    last.is_some_and(|word| singular(word) == *word)
}

/// Returns the position of a tag's words, in the singular or plural, among the words of a name.
fn place_of_tag(words: &[&str], tag: &str) -> Option<std::ops::Range<usize>> {
    let tag = words_of(tag).to_snake_case();
    let tag: Vec<&str> = tag.split('_').map(singular).collect();
    let matches =
        |window: &[&str]| window.iter().map(|word| singular(word)).eq(tag.iter().copied());
    words.windows(tag.len()).position(matches).map(|at| at..at + tag.len())
}

/// Removes a plural `s`. The result needn't be a word (`status` becomes `statu`), because it is
/// only compared with other results.
fn singular(word: &str) -> &str {
    word.strip_suffix('s').unwrap_or(word)
}

/// A keyword since the 2024 edition. syn still treats it as an identifier.
const NEW_KEYWORD: &str = "gen";

/// Adds a `_` to a keyword or to a name that isn't an identifier.
fn usable(name: String) -> String {
    if name.is_empty() {
        // No character of the name is usable. The rules report collisions between such names.
        "x".to_owned()
    } else if syn::parse_str::<syn::Ident>(&name).is_ok() && name != NEW_KEYWORD {
        name
    } else if name.starts_with(unicode_ident::is_xid_start) {
        format!("{name}_")
    } else {
        format!("_{name}")
    }
}

/// Replaces each character that can't be in a Rust name with `-`, as typify and progenitor do.
pub(crate) fn separated(name: &str) -> String {
    let allowed = |each: char| each == '_' || unicode_ident::is_xid_continue(each);
    name.replace('\'', "").replace(|each| !allowed(each), "-")
}

#[cfg(test)]
mod tests {
    use super::{accessor, constant, field, has_singular, module, pascal, setter, without_tag};

    #[test]
    fn names_are_converted_to_rust() {
        assert_eq!(field("paymentLinkId"), "payment_link_id");
        assert_eq!(field("type"), "type_");
        assert_eq!(field("gen"), "gen_");
        assert_eq!(setter("payment_link_id"), "with_payment_link_id");
        assert_eq!(setter("type_"), "with_type");
        assert_eq!(pascal("payment-link"), "PaymentLink");
        assert_eq!(pascal("3d"), "_3d");
        assert_eq!(constant("createPaymentLink"), "CREATE_PAYMENT_LINK");
    }

    #[test]
    fn abbreviations_are_one_word() {
        for (name, expected) in [
            ("OAuth2", "oauth2"),
            ("oAuthAuthorize", "oauth_authorize"),
            ("APIs", "apis"),
            ("getAPIs", "get_apis"),
            ("API Keys", "api_keys"),
            ("listVMsOfUser", "list_vms_of_user"),
            ("DNSServers", "dns_servers"),
            ("HTTPStatus", "http_status"),
            ("IsOpen", "is_open"),
            ("Type", "type_"),
        ] {
            assert_eq!(accessor(name), expected, "{name}");
        }
    }

    #[test]
    fn every_type_has_a_file_on_every_system() {
        for (name, expected) in [
            ("PaymentLink", "payment_link"),
            ("Mod", "mod_"),
            ("Gen", "gen_"),
            ("Self", "self_"),
            ("Aux", "aux_"),
            ("Com1", "com1_"),
            ("Com0", "com0"),
            ("Com10", "com10"),
            ("Lpt", "lpt"),
            ("Café", "caf_e9"),
        ] {
            assert_eq!(module(name), expected, "{name}");
        }
    }

    #[test]
    fn the_words_of_the_tag_are_left_out() {
        for (name, tag, expected) in [
            ("create_payment_link", "paymentLinks", "create"),
            ("list_invoices", "invoices", "list"),
            ("fetch_invoice", "checkout", "fetch_invoice"),
            ("get_status", "status", "get"),
            ("status", "status", "status"),
            ("delete_pet", "pet", "delete"),
            ("move_pet", "pets", "move_"),
            ("get_apis", "APIs", "get"),
        ] {
            assert_eq!(without_tag(name, tag), expected, "{name} {tag}");
        }
    }
    #[test]
    fn the_tag_in_the_singular_is_found() {
        assert!(has_singular("get_pet", "pets") && has_singular("get_pet_by_id", "Pet"));
        assert!(!has_singular("get_pets", "pets") && !has_singular("get", "pets"));
    }
}
