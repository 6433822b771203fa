//! Reads a typed value although some values in the text are not of their types: those are converted or taken out, and
//! reported.
//!
//! `serde` stops at the first value that doesn't fit. So that value is repaired in a copy of the text, which is read
//! again, within a bound on the work. No tree is made: a tree of a hostile text is a hundred times as large.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde_json::error::Category;
use serde_path_to_error::Segment;

use super::skim::{Step, find};
use super::unexpected::{Treatment, Unexpected};
use crate::SecretText;

mod conversion;

/// The most bytes that are read to repair a text, all readings together.
const MOST_WORK: usize = 32 << 20;

/// The most conversions of a value that are tried, one after the other.
const MOST_CONVERSIONS: usize = 2;

/// A longer value is not converted: it would be copied.
const LONGEST_CONVERTED: usize = 64 * 1024;

/// What was read in the end.
#[derive(Debug)]
#[non_exhaustive]
pub struct Lenient<T> {
    /// The value.
    pub value: T,
    /// The text that it was read from, after the repairs.
    pub(crate) text: String,
    /// The values that didn't fit.
    pub unexpected: Vec<Unexpected>,
    /// The first value that didn't fit.
    pub(crate) first: Option<Failure>,
}

/// Why a text cannot be read, and where.
#[derive(Debug)]
pub struct Failure {
    /// Such as `paymentData[0].amount`; `.` is the whole.
    pub(crate) path: String,
    pub(crate) error: serde_json::Error,
    steps: Vec<Step>,
}

/// Reads a text, however many of its values don't fit, within reason.
///
/// # Errors
///
/// It isn't JSON, or a value that is needed doesn't fit.
pub fn read_leniently<T: DeserializeOwned>(text: &str) -> Result<Lenient<T>, Failure> {
    let first = match read(text) {
        Ok(value) => {
            let (text, unexpected, first) = (text.to_owned(), Vec::new(), None);
            return Ok(Lenient { value, text, unexpected, first });
        }
        Err(failure) => failure,
    };
    if !first.is_repairable() {
        return Err(first);
    }
    let mut repairs = Repairs::new(text);
    let mut failure = None;
    while repairs.repair(failure.as_ref().unwrap_or(&first)).is_some() {
        match read(&repairs.text) {
            Ok(value) => {
                // What was taken out of a large text is about to be copied.
                repairs.text.shrink_to_fit();
                let unexpected = repairs.unexpected(text);
                return Ok(Lenient { value, text: repairs.text, unexpected, first: Some(first) });
            }
            // What serde_json says of the text itself goes first: it may have been cut.
            Err(other) if !other.is_about_a_value() => return Err(other),
            Err(other) => failure = Some(other),
        }
    }
    Err(first)
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T, Failure> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let path = error.path().to_string();
        let step = |segment: &Segment| match segment {
            Segment::Map { key } => Some(Step::Key(key.clone())),
            Segment::Seq { index } => Some(Step::Index(*index)),
            Segment::Enum { .. } | Segment::Unknown => None,
        };
        let steps = error.path().iter().map_while(step).collect();
        Failure { path, steps, error: error.into_inner() }
    })?;
    let end = deserializer.end();
    end.map_err(Failure::of_whole)?;
    Ok(value)
}

impl Failure {
    /// A failure that is no single value's.
    pub(crate) fn of_whole(error: serde_json::Error) -> Self {
        Failure { path: ".".to_owned(), steps: Vec::new(), error }
    }

    /// Whether it is one value's fault, and not that of the text. For these there is no category.
    pub(crate) fn is_about_a_value(&self) -> bool {
        let text = self.error.to_string();
        self.error.classify() == Category::Data
            || ["number out of range", "lone leading surrogate", "unexpected end of hex escape"]
                .iter()
                .any(|problem| text.starts_with(problem))
    }

    fn is_repairable(&self) -> bool {
        self.is_about_a_value() && (!self.steps.is_empty() || self.repeated().is_some())
    }

    /// The field that an object has twice.
    fn repeated(&self) -> Option<String> {
        let text = self.error.to_string();
        Some(text.strip_prefix("duplicate field `")?.split_once('`')?.0.to_owned())
    }

    fn wants_text(&self) -> bool {
        self.error.to_string().contains("expected a string")
    }

    fn is_prose(&self) -> bool {
        self.steps.last() == Some(&Step::Key("message".to_owned()))
    }

    fn is_missing(&self) -> bool {
        self.error.to_string().starts_with("missing field `")
    }
}

/// How far a value has been repaired: each attempt does more.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// So many conversions were tried.
    Converted(usize),
    Null,
    Cut,
}

struct Repairs {
    text: String,
    longest: usize,
    work: usize,
    /// By the path in the text as it came.
    stages: BTreeMap<Vec<Step>, Stage>,
    /// By the path of a list: the elements that were cut, in their order.
    cut: BTreeMap<Vec<Step>, Vec<usize>>,
}

impl Repairs {
    fn new(text: &str) -> Self {
        // Repairs may need some bytes more, and should not move the whole.
        let longest = text.len() + text.len() / 16 + 1024;
        let mut copy = String::with_capacity(longest);
        copy.push_str(text);
        let (stages, cut) = Default::default();
        Repairs { text: copy, longest, work: MOST_WORK, stages, cut }
    }

    /// Changes the text so that this failure cannot happen again. `None`: there is no way.
    fn repair(&mut self, failure: &Failure) -> Option<()> {
        // It is read, and searched three times.
        self.work = self.work.checked_sub(4 * self.text.len())?;
        if let Some(field) = failure.repeated() {
            let mut path = failure.steps.clone();
            path.push(Step::Key(field));
            // The last one counts, as in JavaScript.
            return self.cut(&path);
        }
        if failure.steps.is_empty() {
            return None;
        }
        let place = find(&self.text, &failure.steps)?;
        let raw = self.text.get(place.value.clone())?;
        let tried = self.stages.get(&self.original(&failure.steps)).copied();
        let conversions = match tried {
            _ if failure.is_missing() => MOST_CONVERSIONS,
            None => 0,
            Some(Stage::Converted(tried)) => tried,
            Some(Stage::Null | Stage::Cut) => MOST_CONVERSIONS,
        };
        if conversions < MOST_CONVERSIONS
            && raw.len() <= LONGEST_CONVERTED
            && let Some(converted) = conversion::of(raw, failure.wants_text(), failure.is_prose())
        {
            self.set(&failure.steps, place.value, &converted, Stage::Converted(conversions + 1))
        } else if matches!(failure.steps.last(), Some(Step::Index(_)))
            || raw == "null"
            || tried == Some(Stage::Null)
        {
            self.cut(&failure.steps)
        } else {
            self.set(&failure.steps, place.value, "null", Stage::Null)
        }
    }

    fn set(
        &mut self,
        path: &[Step],
        place: std::ops::Range<usize>,
        value: &str,
        stage: Stage,
    ) -> Option<()> {
        if self.text.len() - place.len() + value.len() > self.longest {
            return None;
        }
        self.text.replace_range(place, value);
        self.note(self.original(path), stage);
        Some(())
    }

    fn cut(&mut self, path: &[Step]) -> Option<()> {
        let place = find(&self.text, path)?;
        let original = self.original(path);
        self.text.replace_range(place.member, "");
        if let Some((Step::Index(index), list)) = original.split_last() {
            let cut = self.cut.entry(list.to_vec()).or_default();
            cut.insert(cut.partition_point(|known| known < index), *index);
        }
        self.note(original, Stage::Cut);
        self.without_emptied_list(path)
    }

    /// A list that lost all that it had is not an empty list. It still counts as cut: elements are missing.
    fn without_emptied_list(&mut self, element: &[Step]) -> Option<()> {
        let Some((Step::Index(0), list @ [.., _])) = element.split_last() else { return Some(()) };
        let place = find(&self.text, list)?;
        let inside = self.text.get(place.value.clone())?.strip_prefix('[')?;
        match inside.trim_start() {
            "]" => self.set(list, place.value, "null", Stage::Cut),
            _ => Some(()),
        }
    }

    /// What was done inside of a value no longer counts once the value is gone.
    fn note(&mut self, path: Vec<Step>, stage: Stage) {
        if !matches!(stage, Stage::Converted(_)) {
            self.stages.retain(|known, _| known.len() <= path.len() || !known.starts_with(&path));
        }
        self.stages.insert(path, stage);
    }

    /// The path in the text as it came: there the elements that were cut still count.
    fn original(&self, path: &[Step]) -> Vec<Step> {
        let mut original = Vec::with_capacity(path.len());
        for step in path {
            let step = match (step, self.cut.get(&original)) {
                (Step::Index(index), Some(cut)) => {
                    Step::Index(cut.iter().fold(*index, |at, gone| at + usize::from(*gone <= at)))
                }
                _ => step.clone(),
            };
            original.push(step);
        }
        original
    }

    fn unexpected(&self, text: &str) -> Vec<Unexpected> {
        let one = |(path, stage): (&Vec<Step>, &Stage)| Unexpected {
            path: written(path),
            raw: SecretText::new(
                find(text, path).and_then(|place| text.get(place.value)).unwrap_or_default(),
            ),
            treatment: match stage {
                Stage::Converted(_) => Treatment::Converted,
                Stage::Null => Treatment::Ignored,
                Stage::Cut => Treatment::LeftOut,
            },
        };
        self.stages.iter().map(one).collect()
    }
}

fn written(path: &[Step]) -> String {
    path.iter().fold(String::new(), |text, step| match step {
        Step::Index(index) => format!("{text}[{index}]"),
        Step::Key(key) if text.is_empty() => key.clone(),
        Step::Key(key) => format!("{text}.{key}"),
    })
}

#[cfg(test)]
mod tests;
