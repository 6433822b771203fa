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
pub(super) fn same<T: PartialEq>(answered: Option<&T>, asked: Option<&T>) -> Comparison {
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

/// An empty name tells nothing from anything else.
pub(super) fn is_name(answered: Option<&String>, asked: Option<&String>) -> bool {
    asked.is_some_and(|asked| !asked.is_empty() && answered == Some(asked))
}
