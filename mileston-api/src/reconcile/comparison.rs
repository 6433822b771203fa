//! How what was answered compares with what was asked for.

use crate::{Amount, ReportedAmount};

/// Values that were asked for, compared with a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// All that was asked for is there.
    Same,
    /// Something is there that is not what was asked for.
    Differs,
    /// What is there is what was asked for, but something is left out.
    Untold,
}

impl Comparison {
    pub(super) fn of(fields: impl IntoIterator<Item = Comparison>) -> Self {
        fields.into_iter().fold(Comparison::Same, |all, field| match (all, field) {
            (Comparison::Differs, _) | (_, Comparison::Differs) => Comparison::Differs,
            (Comparison::Untold, _) | (_, Comparison::Untold) => Comparison::Untold,
            (Comparison::Same, Comparison::Same) => Comparison::Same,
        })
    }

    fn when(same: bool) -> Self {
        if same { Comparison::Same } else { Comparison::Differs }
    }
}

/// What was not asked for may be anything.
pub(super) fn same<A: PartialEq<B>, B>(answered: Option<&A>, asked: Option<&B>) -> Comparison {
    match (answered, asked) {
        (_, None) => Comparison::Same,
        (None, Some(_)) => Comparison::Untold,
        (Some(answered), Some(asked)) => Comparison::when(answered == asked),
    }
}

/// As numbers: `100` is `100.00`.
pub(super) fn same_amount(answered: Option<&ReportedAmount>, asked: Option<Amount>) -> Comparison {
    match (answered, asked) {
        (_, None) => Comparison::Same,
        (None, Some(_)) => Comparison::Untold,
        (Some(answered), Some(asked)) => {
            Comparison::when(answered.is_same_number(asked.to_string()))
        }
    }
}

/// Whether a text was given that is there in this form, or in one that a platform may make of it: trimmed, in another
/// case, with other spaces or punctuation, or cut. Too much is better than too little: it only makes a candidate.
pub(super) fn resembles(answered: Option<&String>, asked: Option<&impl AsRef<str>>) -> bool {
    let (Some(answered), Some(asked)) = (answered, asked.map(AsRef::as_ref)) else { return false };
    if answered == asked {
        return !asked.trim().is_empty();
    }
    let (answered, asked) = (letters(answered), letters(asked));
    let (short, long) = match answered.len() < asked.len() {
        true => (&answered, &asked),
        false => (&asked, &answered),
    };
    !short.is_empty() && (short == long || short.len() >= CUT && long.starts_with(short.as_str()))
}

/// The least that is left of a text that a platform cuts.
const CUT: usize = 8;

/// Letters and digits in lower case.
fn letters(text: &str) -> String {
    let text = ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;", "&#x27;"]
        .into_iter()
        .fold(text.to_owned(), |text, entity| text.replace(entity, ""));
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// An empty name tells nothing from anything else.
pub(super) fn is_name(answered: Option<&String>, asked: Option<&String>) -> bool {
    asked.is_some_and(|asked| !asked.is_empty() && answered == Some(asked))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_resembles_what_a_platform_may_make_of_it() {
        for (asked, answered, expected) in [
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
            let (asked, answered) = (asked.to_owned(), answered.to_owned());
            assert_eq!(resembles(Some(&answered), Some(&asked)), expected, "{asked} {answered}");
            assert!(!resembles(None, Some(&asked)) && !resembles(Some(&answered), None::<&String>));
        }
    }
}
