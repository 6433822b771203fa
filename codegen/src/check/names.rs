//! Converts names in the document to Rust names, and finds the name that was probably meant.

use heck::{ToPascalCase, ToSnakeCase};
use strsim::osa_distance;

use crate::names::separated;

/// Returns the name of a function, field or argument in the form that progenitor and typify create,
/// without the prefixes and suffixes that they add.
pub(super) fn snake(name: &str) -> String {
    separated(name).to_snake_case()
}

/// Returns the name of a type or variant.
pub(super) fn pascal(name: &str) -> String {
    separated(name).to_pascal_case()
}

/// Returns whether a name could be a Rust name: it consists of ASCII letters, digits and `_`, and
/// starts with a letter.
pub(super) fn is_identifier(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.chars().all(|each| each.is_ascii_alphanumeric() || each == '_')
}

/// The maximum number of candidates that are compared with a name. Because of this limit, the total
/// time is linear in the size of the document. Candidates beyond the limit are never suggested.
const MAX_CANDIDATES: usize = 1_000;

/// Returns the candidate that was probably meant. The longer the name, the more typos are allowed:
/// one to three.
pub(crate) fn closest<'c>(
    name: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    // People rarely type names longer than this, so such names rarely have typos.
    let length = Some(name.chars().count()).filter(|length| *length <= 64)?;
    let allowed = (length / 3).clamp(1, 3);
    let name = name.to_lowercase();
    let near = |candidate: &&str| candidate.len().abs_diff(name.len()) <= allowed * 4;
    candidates
        .into_iter()
        .take(MAX_CANDIDATES)
        .filter(near)
        .map(|candidate| (osa_distance(&name, &candidate.to_lowercase()), candidate))
        .filter(|&(distance, _)| distance <= allowed)
        .min()
        .map(|(_, candidate)| candidate)
}

/// How many names [`quoted`] lists. For the others, the list gives only their number.
const MAX_QUOTED: usize = 20;

/// Returns names as a list for a message: "`a`, `b`".
pub(super) fn quoted<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let mut names = names.into_iter();
    let first: Vec<_> = names.by_ref().take(MAX_QUOTED).map(|name| format!("`{name}`")).collect();
    match names.count() {
        0 => first.join(", "),
        more => format!("{} and {more} more", first.join(", ")),
    }
}

/// How many names [`listed`] examines. For the others, the list gives only their number.
const MAX_LISTED: usize = 10;

/// Lists the names that meet a condition, for a help message. Examines only the first
/// [`MAX_LISTED`] names, and adds the number of the others. Returns `None` if none of the examined
/// names meets the condition.
pub(super) fn listed<'n>(
    names: impl ExactSizeIterator<Item = &'n str>,
    is_one: impl Fn(&&'n str) -> bool,
) -> Option<String> {
    let more = names.len().saturating_sub(MAX_LISTED);
    let first: Vec<_> = names.take(MAX_LISTED).filter(is_one).collect();
    if first.is_empty() {
        return None;
    }
    let first = quoted(first);
    Some(if more == 0 { first } else { format!("{first} and {more} more") })
}

#[cfg(test)]
mod tests {
    use super::{closest, is_identifier, pascal, quoted, snake};

    #[test]
    fn the_closest_name_has_only_a_few_typos() {
        let known = ["normalKey", "checkoutKey", "businessId"];
        assert_eq!(closest("normalkey", known), Some("normalKey"));
        assert_eq!(closest("buisnessId", known), Some("businessId"));
        // Two swapped letters are one typo, and so is a wrong letter that takes several bytes.
        assert_eq!(closest("titel", ["title"]), Some("title"));
        assert_eq!(closest("bé", ["be", "bebe"]), Some("be"));
        assert_eq!(closest("wallet", known), None);
        assert_eq!(closest(&"a".repeat(65), [&*"a".repeat(65)]), None);
    }

    #[test]
    fn long_lists_are_cut_off() {
        assert_eq!(quoted(["a", "b"]), "`a`, `b`");
        assert!(quoted(["a"; 23]).ends_with("`a` and 3 more"));
    }

    #[test]
    fn names_are_converted_to_rust() {
        assert_eq!(snake("createPaymentLink"), "create_payment_link");
        assert_eq!(snake("x-request-id"), "x_request_id");
        assert_eq!(pascal("payment_link.v2"), "PaymentLinkV2");
        // `ß` is allowed in Rust names, but `²` isn't.
        assert_eq!(
            (pascal("m²"), snake("m²"), snake("a²b")),
            ("M".into(), "m".into(), "a_b".into())
        );
        assert_eq!(snake("Größe"), "größe");
        assert!(is_identifier("a1_b") && !is_identifier("1a") && !is_identifier("a-b"));
    }
}
