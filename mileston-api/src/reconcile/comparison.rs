//! Compares a record with the values in a request body.

use crate::{Amount, ReportedAmount};

/// The result of comparing a record with the values of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// The record contains all the values.
    Same,
    /// At least one value differs.
    Differs,
    /// No value differs, but the record leaves out at least one value.
    NotReported,
}

impl Comparison {
    pub(super) fn of(fields: impl IntoIterator<Item = Comparison>) -> Self {
        fields.into_iter().fold(Comparison::Same, |all, field| match (all, field) {
            (Comparison::Differs, _) | (_, Comparison::Differs) => Comparison::Differs,
            (Comparison::NotReported, _) | (_, Comparison::NotReported) => Comparison::NotReported,
            (Comparison::Same, Comparison::Same) => Comparison::Same,
        })
    }

    fn when(same: bool) -> Self {
        if same { Comparison::Same } else { Comparison::Differs }
    }
}

/// Compares a reported value with the one in the body. If the body doesn't contain a value, any reported value matches.
pub(super) fn same<R: PartialEq<S>, S>(reported: Option<&R>, sent: Option<&S>) -> Comparison {
    match (reported, sent) {
        (_, None) => Comparison::Same,
        (None, Some(_)) => Comparison::NotReported,
        (Some(reported), Some(sent)) => Comparison::when(reported == sent),
    }
}

/// Compares amounts as numbers: `100` equals `100.00`.
pub(super) fn same_amount(reported: Option<&ReportedAmount>, sent: Option<Amount>) -> Comparison {
    match (reported, sent) {
        (_, None) => Comparison::Same,
        (None, Some(_)) => Comparison::NotReported,
        (Some(reported), Some(sent)) => Comparison::when(reported.is_same_number(sent.to_string())),
    }
}

/// Returns whether the record contains the body's text, either unchanged or as the platform may have changed it:
/// trimmed, in a different case, with different spaces or punctuation, or truncated. A false positive does little harm,
/// because it only adds a candidate.
pub(super) fn resembles(reported: Option<&String>, sent: Option<&impl AsRef<str>>) -> bool {
    let (Some(reported), Some(sent)) = (reported, sent.map(AsRef::as_ref)) else { return false };
    if reported == sent {
        return !sent.trim().is_empty();
    }
    let (reported, sent) = (letters(reported), letters(sent));
    let (short, long) = match reported.len() < sent.len() {
        true => (&reported, &sent),
        false => (&sent, &reported),
    };
    !short.is_empty()
        && (short == long || short.len() >= TRUNCATED && long.starts_with(short.as_str()))
}

/// Returns whether the reported name belongs to a different record. That is the case if its number has more or fewer
/// digits than the number in the name that was sent: `Order 400` or `Order 40012` instead of `Order 4001`.
///
/// If it has fewer digits, the platform may have truncated the name. So `Order 400` belongs to a different record only
/// if one of `others`, the other names that the platform reports, is longer than `Order 400`.
pub(super) fn has_other_number<'a>(
    reported: &str,
    sent: &str,
    others: impl IntoIterator<Item = &'a str>,
) -> bool {
    let (got, wanted) = (letters(reported), letters(sent));
    if continues_number(&wanted, &got) {
        return true;
    }
    // It is unknown which of these lengths the platform limits.
    let lengths = |name: &str| [name.len(), name.chars().count(), name.encode_utf16().count()];
    let longer = |name: &str| lengths(name).iter().zip(lengths(reported)).all(|(a, b)| *a > b);
    continues_number(&got, &wanted) && others.into_iter().any(longer)
}

/// Returns whether `longer` begins with `shorter` and adds digits to the number at the end of `shorter`.
fn continues_number(shorter: &str, longer: &str) -> bool {
    let more = longer.strip_prefix(shorter).and_then(|more| more.chars().next());
    let is_number = |c: char| c.is_ascii_digit();
    shorter.ends_with(is_number) && more.is_some_and(is_number)
}

/// The minimum length of text that is treated as possibly truncated.
const TRUNCATED: usize = 8;

/// Returns the letters and digits in lower case, without HTML entities.
fn letters(text: &str) -> String {
    let text = ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;", "&#x27;"]
        .into_iter()
        .fold(text.to_owned(), |text, entity| text.replace(entity, ""));
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Returns whether the names are equal and not empty. An empty name doesn't identify a record.
pub(super) fn is_name(reported: Option<&String>, sent: Option<&String>) -> bool {
    sent.is_some_and(|sent| !sent.is_empty() && reported == Some(sent))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_with_more_or_fewer_digits_is_a_different_number() {
        for (sent, reported, others, expected) in [
            ("Order 4001", "Order 40012", &[][..], true),
            ("Order 4001", "Order 400", &["Order 4000"], true),
            ("Order #4001", "order 400", &["Order 4000"], true),
            // The platform may truncate names to 9 characters.
            ("Order 4001", "Order 400", &["Order 399", "Ordér 39"], false),
            ("Order 4001", "Order 4001", &["Order 4000 a"], false),
            ("Order 4001 a chair", "Order 4001 a", &["Order 4000 a table"], false),
            ("Order 4001", "Order", &["Order 4000"], false),
        ] {
            let found = has_other_number(reported, sent, others.iter().copied());
            assert_eq!(found, expected, "{sent} {reported}");
        }
    }

    #[test]
    fn text_resembles_what_a_platform_may_turn_it_into() {
        for (sent, reported, expected) in [
            ("Order 7", "Order 7", true),
            (" Order  7\n", "order 7", true),
            ("Order #7: a chair", "Order 7 a ch", true),
            ("Tom & Jerry", "Tom &amp; Jerry", true),
            ("…", "…", true),
            ("Order 7", "Order 8", false),
            ("Order 7", "Order 77", false),
            ("Order 7", "Order", false),
            ("…", "!", false),
            (" ", " ", false),
            ("", "", false),
        ] {
            let (sent, reported) = (sent.to_owned(), reported.to_owned());
            assert_eq!(resembles(Some(&reported), Some(&sent)), expected, "{sent} {reported}");
            assert!(!resembles(None, Some(&sent)) && !resembles(Some(&reported), None::<&String>));
        }
    }
}
