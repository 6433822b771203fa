//! Reads a typed value even if some values in the text don't match their types: those are converted or removed, and
//! reported.
//!
//! `serde` stops at the first value that doesn't match. That value is then repaired in a copy of the text, which is
//! read again, within a limit on the total work. No tree is built: a tree of hostile text is a hundred times its size.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde_json::error::Category;
use serde_path_to_error::Segment;

use super::skim::{Step, find};
use super::unexpected::{Treatment, Unexpected};
use crate::SecretText;

mod conversion;

/// The most bytes that are read to repair a text, over all readings.
const MOST_WORK: usize = 32 << 20;

/// The most conversions that are tried for one value.
const MOST_CONVERSIONS: usize = 2;

/// The longest value that is converted, because a conversion copies it.
const LONGEST_CONVERTED: usize = 64 * 1024;

/// The result of a lenient read.
#[derive(Debug)]
#[non_exhaustive]
pub struct Lenient<T> {
    /// The value.
    pub value: T,
    /// The text that the value was read from, after the repairs.
    pub(crate) text: String,
    /// The values that didn't match their types.
    pub unexpected: Vec<Unexpected>,
    /// The first value that didn't match its type.
    pub(crate) first: Option<Failure>,
}

/// Why a text can't be read, and where.
#[derive(Debug)]
pub struct Failure {
    /// E.g. `books[0].price`; `.` is the whole text.
    pub(crate) path: String,
    pub(crate) error: serde_json::Error,
    steps: Vec<Step>,
}

/// Reads a text even if values in it don't match their types, within limits.
///
/// # Errors
///
/// The text isn't JSON, or a value that is required doesn't match its type.
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
                // What was removed from a large text is about to be copied.
                repairs.text.shrink_to_fit();
                let unexpected = repairs.unexpected(text);
                return Ok(Lenient { value, text: repairs.text, unexpected, first: Some(first) });
            }
            // What serde_json says about the text itself takes precedence: the text may have been cut.
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
    /// Creates a failure that concerns more than a single value.
    pub(crate) fn of_whole(error: serde_json::Error) -> Self {
        Failure { path: ".".to_owned(), steps: Vec::new(), error }
    }

    /// Returns whether a single value is at fault, and not the text. `serde_json` has no category for some of these.
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

    /// Returns the field that an object contains twice.
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
    /// This many conversions were tried.
    Converted(usize),
    Null,
    Cut,
}

struct Repairs {
    text: String,
    longest: usize,
    work: usize,
    /// By the path in the original text.
    stages: BTreeMap<Vec<Step>, Stage>,
    /// By the path of a list: the elements that were removed, in order.
    cut: BTreeMap<Vec<Step>, Vec<usize>>,
}

impl Repairs {
    fn new(text: &str) -> Self {
        // Repairs may need a few more bytes, and should not move the whole text.
        let longest = text.len() + text.len() / 16 + 1024;
        let mut copy = String::with_capacity(longest);
        copy.push_str(text);
        let (stages, cut) = Default::default();
        Repairs { text: copy, longest, work: MOST_WORK, stages, cut }
    }

    /// Changes the text so that this failure can't happen again. `None` if that is impossible.
    fn repair(&mut self, failure: &Failure) -> Option<()> {
        // The text is read once, and searched three times.
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

    /// A list that lost all its elements is not an empty list. It still counts as cut, because elements are missing.
    fn without_emptied_list(&mut self, element: &[Step]) -> Option<()> {
        let Some((Step::Index(0), list @ [.., _])) = element.split_last() else { return Some(()) };
        let place = find(&self.text, list)?;
        let inside = self.text.get(place.value.clone())?.strip_prefix('[')?;
        match inside.trim_start() {
            "]" => self.set(list, place.value, "null", Stage::Cut),
            _ => Some(()),
        }
    }

    /// Repairs inside a value no longer count once the value is removed.
    fn note(&mut self, path: Vec<Step>, stage: Stage) {
        if !matches!(stage, Stage::Converted(_)) {
            self.stages.retain(|known, _| known.len() <= path.len() || !known.starts_with(&path));
        }
        self.stages.insert(path, stage);
    }

    /// Returns the path in the original text, where removed elements still count.
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
