//! What names of the document become in Rust, and which name was likely meant.

use heck::{ToPascalCase, ToSnakeCase};

/// The name of a function, field or argument, as progenitor and typify make it but for their prefixes and suffixes.
pub(super) fn snake(name: &str) -> String {
    separated(name).to_snake_case()
}

/// The name of a type or variant.
pub(super) fn pascal(name: &str) -> String {
    separated(name).to_pascal_case()
}

/// Whether a name is one that Rust could have: ASCII letters, digits and `_`, a letter first.
pub(super) fn is_identifier(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.chars().all(|each| each.is_ascii_alphanumeric() || each == '_')
}

fn separated(name: &str) -> String {
    let allowed = |each: char| each == '_' || each.is_alphanumeric();
    name.replace('\'', "").replace(|each| !allowed(each), "-")
}

/// The candidate that was likely meant: one or two slips away, fewer for short names.
pub(super) fn closest<'c>(
    name: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    let allowed = (name.chars().count() / 3).clamp(1, 3);
    candidates
        .into_iter()
        .map(|candidate| (distance(&name.to_lowercase(), &candidate.to_lowercase()), candidate))
        .filter(|&(distance, _)| distance <= allowed)
        .min()
        .map(|(_, candidate)| candidate)
}

/// How many insertions, removals and replacements of characters lead from one to the other.
fn distance(from: &str, to: &str) -> usize {
    // Names of a bounded length are all that anyone mistypes; the bound keeps this linear in the document.
    let to: Vec<char> = to.chars().take(64).collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (number, left) in from.chars().take(64).enumerate() {
        let mut diagonal = row[0];
        row[0] = number + 1;
        for (column, right) in to.iter().enumerate() {
            let replaced = diagonal + usize::from(left != *right);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[to.len()]
}

/// Names for a message: "`a`, `b`".
pub(super) fn quoted<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let names: Vec<_> = names.into_iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::{closest, distance, is_identifier, pascal, snake};

    #[test]
    fn distances() {
        for (from, to, expected) in
            [("", "", 0), ("a", "", 1), ("", "ab", 2), ("kitten", "sitting", 3), ("é", "e", 1)]
        {
            assert_eq!(distance(from, to), expected, "{from} {to}");
        }
    }

    #[test]
    fn closest_is_close() {
        let known = ["normalKey", "checkoutKey", "businessId"];
        assert_eq!(closest("normalkey", known), Some("normalKey"));
        assert_eq!(closest("buisnessId", known), Some("businessId"));
        assert_eq!(closest("wallet", known), None);
    }

    #[test]
    fn names() {
        assert_eq!(snake("createPaymentLink"), "create_payment_link");
        assert_eq!(snake("x-request-id"), "x_request_id");
        assert_eq!(pascal("payment_link.v2"), "PaymentLinkV2");
        assert!(is_identifier("a1_b") && !is_identifier("1a") && !is_identifier("a-b"));
    }
}
