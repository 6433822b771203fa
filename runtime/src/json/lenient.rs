//! Reads a typed value even if some values in the JSON don't match their types. Such values are converted or removed,
//! and reported.
//!
//! Reading stops at the first value that doesn't match. That value is repaired in a copy of the text, and then the copy
//! is read again, up to a limit on the total work. No tree is built, because a tree of hostile text may take a hundred
//! times as much memory as the text.

use serde::de::DeserializeOwned;

use super::read::{AnyValue, Failure, Problem, ReadValue, read_all, value_of};
use super::skim::{Step, find};
use super::unexpected::{Treatment, Unexpected};
use crate::SecretText;

mod conversion;

/// The maximum number of bytes that are read to repair JSON, summed over all attempts.
const MAX_WORK: usize = 32 << 20;

/// The maximum number of conversions that are tried for one value.
const MAX_CONVERSIONS: usize = 2;

/// The maximum length of a value that is converted. Longer values aren't converted, because a conversion copies the
/// value.
const LONGEST_CONVERTED: usize = 64 * 1024;

/// The result of a lenient read.
#[derive(Debug)]
#[non_exhaustive]
pub struct Lenient<T> {
    /// The value.
    pub value: T,
    /// The values that didn't match their types.
    pub unexpected: Vec<Unexpected>,
}

/// A value that was read from repaired JSON.
pub(crate) struct Repaired {
    pub(crate) value: AnyValue,
    /// The repaired text that the value was read from.
    pub(crate) text: String,
    /// The values that didn't match their types.
    pub(crate) unexpected: Vec<Unexpected>,
    /// The first value that didn't match its type.
    pub(crate) first: Failure,
}

/// Reads JSON even if some values don't match their types. Gives up if the repairs take too much work or memory.
///
/// # Errors
///
/// Returns an error if the text isn't JSON, or if a value doesn't match its type and can't be repaired.
pub fn read_leniently<T: DeserializeOwned + 'static>(text: &str) -> Result<Lenient<T>, Failure> {
    let read = value_of::<T>;
    let (value, unexpected) = match read_all(text, None, read) {
        Ok(value) => (value, Vec::new()),
        Err(first) => {
            let Repaired { value, unexpected, .. } = repair(text, first, read)?;
            (value, unexpected)
        }
    };
    match value.downcast() {
        Ok(value) => Ok(Lenient { value: *value, unexpected }),
        // The value was read as this type, so the downcast can't fail.
        Err(_) => Err(Failure::unknown()),
    }
}

/// Repairs JSON that couldn't be read, and reads the result.
///
/// # Errors
///
/// Returns an error if the text isn't JSON, or if a value doesn't match its type and can't be repaired. The error is
/// the first failure unless the text turns out to be malformed.
#[cold]
pub(crate) fn repair(text: &str, first: Failure, read: ReadValue) -> Result<Repaired, Failure> {
    if !first.is_repairable() {
        return Err(first);
    }
    let mut repairs = Repairs::new(text);
    let mut failure = None;
    while repairs.repair(failure.as_ref().unwrap_or(&first)).is_some() {
        match read_all(&repairs.text, None, read) {
            Ok(value) => {
                // The unexpected values are about to be copied and may be large, so unused memory is released first.
                repairs.text.shrink_to_fit();
                let unexpected = repairs.unexpected(text);
                return Ok(Repaired { value, text: repairs.text, unexpected, first });
            }
            // The rest of the text is invalid, e.g. because it was cut off. This error is more useful than the first.
            Err(other) if !other.problem.is_about_a_value() => return Err(other),
            Err(other) => failure = Some(other),
        }
    }
    Err(first)
}

impl Failure {
    fn is_repairable(&self) -> bool {
        self.problem.is_about_a_value() && (!self.steps.is_empty() || self.repeated().is_some())
    }

    /// Returns the field that an object contains twice, or `None` if the failure has a different cause.
    fn repeated(&self) -> Option<&'static str> {
        match self.problem {
            Problem::Repeated(field) => Some(field),
            _ => None,
        }
    }

    fn is_prose(&self) -> bool {
        matches!(self.steps.last(), Some(Step::Key(key)) if key == "message")
    }
}

/// The last repair that was tried on a value. Each stage changes more than the one before.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// The number of conversions that were tried.
    Converted(usize),
    Null,
    /// The first of several fields with the same name was removed. It wasn't a list or a map, so no elements were lost.
    Repeated,
    Cut,
}

struct Repairs {
    text: String,
    longest: usize,
    work: usize,
    /// The stage of each value, by its path in the original text.
    stages: ByPath<Stage>,
    /// For each list, by its path: the indices of the elements that were removed, in ascending order.
    cut: ByPath<Vec<usize>>,
}

/// Values, sorted by path. A `Vec` is sufficient: each value costs another read of the text, so there are only a few.
struct ByPath<V>(Vec<(Vec<Step>, V)>);

impl<V> ByPath<V> {
    fn get(&self, path: &[Step]) -> Option<&V> {
        self.0.iter().find(|(known, _)| known == path).map(|(_, value)| value)
    }

    /// Returns the value at this path. If there isn't one, inserts `value` first.
    fn at(&mut self, path: &[Step], value: V) -> Option<&mut V> {
        let place = self.0.iter().position(|(known, _)| &**known >= path);
        let place = place.unwrap_or(self.0.len());
        if self.0.get(place).is_none_or(|(known, _)| known != path) {
            self.0.insert(place, (path.to_vec(), value));
        }
        self.0.get_mut(place).map(|(_, value)| value)
    }
}

impl Repairs {
    fn new(text: &str) -> Self {
        // Repairs may add a few bytes. The spare capacity keeps them from reallocating the complete text.
        let longest = text.len() + text.len() / 16 + 1024;
        let mut copy = String::with_capacity(longest);
        copy.push_str(text);
        let (stages, cut) = (ByPath(Vec::new()), ByPath(Vec::new()));
        Repairs { text: copy, longest, work: MAX_WORK, stages, cut }
    }

    /// Changes the text so that this failure can't happen again. Returns `None` if that is impossible.
    fn repair(&mut self, failure: &Failure) -> Option<()> {
        // The text is read once and searched three times.
        self.work = self.work.checked_sub(4 * self.text.len())?;
        if let Some(field) = failure.repeated() {
            let mut path = failure.steps.clone();
            path.push(Step::Key(field.to_owned()));
            // JavaScript uses the last of several fields with the same name, so the first one is removed.
            return self.cut(&path, self.stage_of_repeated(&path)?);
        }
        if failure.steps.is_empty() {
            return None;
        }
        let place = find(&self.text, &failure.steps)?;
        let raw = self.text.get(place.value.clone())?;
        let tried = self.stages.get(&self.original(&failure.steps)).copied();
        let conversions = match tried {
            _ if matches!(failure.problem, Problem::Missing(_)) => MAX_CONVERSIONS,
            None => 0,
            Some(Stage::Converted(tried)) => tried,
            Some(Stage::Null | Stage::Repeated | Stage::Cut) => MAX_CONVERSIONS,
        };
        if conversions < MAX_CONVERSIONS
            && raw.len() <= LONGEST_CONVERTED
            && let Some(converted) =
                conversion::of(raw, failure.problem.wants_text(), failure.is_prose())
        {
            self.set(&failure.steps, place.value, &converted, Stage::Converted(conversions + 1))
        } else if matches!(failure.steps.last(), Some(Step::Index(_)))
            || raw == "null"
            || tried == Some(Stage::Null)
        {
            self.cut(&failure.steps, Stage::Cut)
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

    /// Returns the stage of a field that is removed because a later field has the same name. The elements of a removed
    /// list or map may be missing from the later one.
    fn stage_of_repeated(&self, path: &[Step]) -> Option<Stage> {
        let raw = self.text.get(find(&self.text, path)?.value)?;
        let was_cut = self.stages.get(&self.original(path)) == Some(&Stage::Cut);
        Some(if was_cut || raw.starts_with(['[', '{']) { Stage::Cut } else { Stage::Repeated })
    }

    fn cut(&mut self, path: &[Step], stage: Stage) -> Option<()> {
        let place = find(&self.text, path)?;
        let original = self.original(path);
        self.text.replace_range(place.member, "");
        if let Some((Step::Index(index), list)) = original.split_last() {
            let cut = self.cut.at(list, Vec::new())?;
            cut.insert(cut.partition_point(|known| known < index), *index);
        }
        self.note(original, stage);
        self.without_emptied_list(path)
    }

    /// If all elements of a list were removed, replaces the list with `null`, because an empty list would mean that the
    /// server sent no elements. The list is then reported as left out, instead of its elements.
    fn without_emptied_list(&mut self, element: &[Step]) -> Option<()> {
        let Some((Step::Index(0), list @ [.., _])) = element.split_last() else { return Some(()) };
        let place = find(&self.text, list)?;
        let inside = self.text.get(place.value.clone())?.strip_prefix('[')?;
        match inside.trim_start() {
            "]" => self.set(list, place.value, "null", Stage::Cut),
            _ => Some(()),
        }
    }

    /// Records the stage of a value. If the value itself is removed or replaced with `null`, discards the stages of the
    /// values inside it.
    fn note(&mut self, path: Vec<Step>, stage: Stage) {
        if !matches!(stage, Stage::Converted(_)) {
            self.stages
                .0
                .retain(|(known, _)| known.len() <= path.len() || !known.starts_with(&path));
        }
        if let Some(known) = self.stages.at(&path, stage) {
            *known = stage;
        }
    }

    /// Returns the path in the original text. Its indices also count the elements that were removed.
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
        let one = |(path, stage): &(Vec<Step>, Stage)| Unexpected {
            path: Step::written(path),
            raw: SecretText::new(
                find(text, path).and_then(|place| text.get(place.value)).unwrap_or_default(),
            ),
            treatment: match stage {
                Stage::Converted(_) => Treatment::Converted,
                Stage::Null | Stage::Repeated => Treatment::Ignored,
                Stage::Cut => Treatment::LeftOut,
            },
        };
        self.stages.0.iter().map(one).collect()
    }
}

#[cfg(test)]
mod tests;
