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

/// How many insertions, removals, replacements and swaps of neighbours lead from one to the other.
fn distance(from: &str, to: &str) -> usize {
    // Names of a bounded length are all that anyone mistypes; the bound keeps this linear in the document.
    let from: Vec<char> = from.chars().take(64).collect();
    let to: Vec<char> = to.chars().take(64).collect();
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=to.len()).collect();
    for (i, left) in from.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, right) in to.iter().enumerate() {
            let replaced = above[j] + usize::from(left != right);
            let mut best = replaced.min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && from[i - 1] == *right && to[j - 1] == *left {
                best = best.min(before[j - 1] + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut above, row);
    }
    above[to.len()]
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
        for (from, to, expected) in [
            ("", "", 0),
            ("a", "", 1),
            ("", "ab", 2),
            ("kitten", "sitting", 3),
            ("é", "e", 1),
            ("titel", "title", 1),
        ] {
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
