//! What names of the document become in Rust, in the way of progenitor and typify.

mod distinct;

use heck::{ToPascalCase, ToShoutySnakeCase, ToSnakeCase};

pub(crate) use distinct::{Wanted, fields, numbered, variants};

/// A field, argument, function or module: a keyword gets a `_` at its end.
pub(crate) fn field(name: &str) -> String {
    usable(separated(name).to_snake_case())
}

/// The setter of a field that only responses have. The `_` of keywords and numbers is left out: no other field is called so.
pub(crate) fn setter(field: &str) -> String {
    format!("with_{}", field.trim_matches('_'))
}

/// A type or variant.
pub(crate) fn pascal(name: &str) -> String {
    usable(separated(name).to_pascal_case())
}

/// A module with a file of its own. rustc finds no file whose name is not ASCII.
pub(crate) fn module(name: &str) -> String {
    /// Devices of Windows, which no file can be called after.
    const DEVICES: &[&str] = &["aux", "con", "nul", "prn"];
    let name = field(name);
    let name = if name.is_ascii() { name } else { in_ascii(&name) };
    let is_port = ["com", "lpt"]
        .iter()
        .any(|port| name.strip_prefix(port).is_some_and(|rest| rest.len() == 1 && rest != "0"));
    if is_port || DEVICES.contains(&name.as_str()) { format!("{name}_") } else { name }
}

/// The name with the code of each character that is not ASCII.
fn in_ascii(name: &str) -> String {
    let plain = |each: char| match each.is_ascii() {
        true => each.to_string(),
        false => format!("_{:x}_", u32::from(each)),
    };
    field(&name.chars().map(plain).collect::<String>())
}

/// What every call has beside the values of its operation: its methods, and the field that holds what calls share.
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

/// An argument of progenitor's methods and of the server half, which have variables of these names.
pub(crate) fn argument(name: &str) -> String {
    const VARIABLES: &[&str] = &["body", "caller", "incoming", "platform"];
    let name = field(name);
    if VARIABLES.contains(&name.as_str()) { format!("{name}_parameter") } else { name }
}

/// A value of an operation, beside the methods of its call.
pub(crate) fn beside_options(name: &str) -> String {
    if OF_CALLS.contains(&name) { format!("{name}_") } else { name.to_owned() }
}

/// The method that takes an existing body: `create_from`.
pub(crate) fn from(function: &str) -> String {
    format!("{}_from", function.trim_end_matches('_'))
}

/// In lower case, as words: `payment links`.
pub(crate) fn words(name: &str) -> String {
    separated(name).to_snake_case().replace('_', " ")
}

/// Whether rustc accepts a name for a type without a warning, and a file can be called after it.
pub(crate) fn is_type(name: &str) -> bool {
    // Most file systems allow 255 bytes.
    const LONGEST: usize = 100;
    name.starts_with(|first: char| first.is_ascii_uppercase())
        && name.chars().all(|each| each.is_ascii_alphanumeric())
        && name.len() <= LONGEST
        && name != "Self"
}

/// The article in front of the name of a type.
pub(crate) fn article(name: &str) -> &'static str {
    if name.starts_with(['A', 'E', 'I', 'O', 'U']) { "an" } else { "a" }
}

/// A constant.
pub(crate) fn constant(name: &str) -> String {
    separated(name).to_shouty_snake_case()
}

/// The name of an operation without the words of its tag, in the singular or the plural: `create_payment_link` of the
/// tag `paymentLinks` is `create`. Where nothing would remain, the name stays whole.
pub(crate) fn without_tag(name: &str, tag: &str) -> String {
    let tag = separated(tag).to_snake_case();
    let tag: Vec<&str> = tag.split('_').map(singular).collect();
    let words: Vec<&str> = name.split('_').collect();
    let matches =
        |window: &[&str]| window.iter().map(|word| singular(word)).eq(tag.iter().copied());
    let Some(at) = words.windows(tag.len()).position(matches) else { return name.to_owned() };
    let rest: Vec<&str> = words
        .iter()
        .enumerate()
        .filter(|(i, _)| !(at..at + tag.len()).contains(i))
        .map(|(_, word)| *word)
        .collect();
    if rest.is_empty() { name.to_owned() } else { usable(rest.join("_")) }
}

/// `statuses` and `status` are left to meet as `statuse` and `statu`: only equality counts.
fn singular(word: &str) -> &str {
    word.strip_suffix('s').unwrap_or(word)
}

/// Of the edition 2024; syn takes it for an identifier, as it was one.
const NEW_KEYWORD: &str = "gen";

/// A keyword, or what is no identifier, gets a `_`.
fn usable(name: String) -> String {
    if name.is_empty() {
        // Nothing of it can be in a name; that two of these meet is told by the rules.
        "x".to_owned()
    } else if syn::parse_str::<syn::Ident>(&name).is_ok() && name != NEW_KEYWORD {
        name
    } else if name.starts_with(unicode_ident::is_xid_start) {
        format!("{name}_")
    } else {
        format!("_{name}")
    }
}

/// A name with `-` in place of all that no name of Rust may have: the alphabet of typify and progenitor.
pub(crate) fn separated(name: &str) -> String {
    let allowed = |each: char| each == '_' || unicode_ident::is_xid_continue(each);
    name.replace('\'', "").replace(|each| !allowed(each), "-")
}

#[cfg(test)]
mod tests {
    use super::{constant, field, module, pascal, setter, without_tag};

    #[test]
    fn names_of_rust() {
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
    fn the_tag_is_left_out() {
        for (name, tag, expected) in [
            ("create_payment_link", "paymentLinks", "create"),
            ("list_invoices", "invoices", "list"),
            ("fetch_invoice", "checkout", "fetch_invoice"),
            ("get_status", "status", "get"),
            ("status", "status", "status"),
            ("delete_pet", "pet", "delete"),
            ("move_pet", "pets", "move_"),
        ] {
            assert_eq!(without_tag(name, tag), expected, "{name} {tag}");
        }
    }
}
