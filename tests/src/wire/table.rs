//! Counts the verdicts on the traces of a recording.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::differences::{DIFFERENCES, Rule};
use super::judge::{Bench, Verdict, judge};
use super::trace::Recording;

/// The number of traces with each verdict.
#[derive(Debug, Default)]
pub struct Table {
    calls: BTreeMap<String, [usize; 5]>,
    uses: BTreeMap<&'static str, usize>,
    /// The ids of the operations with at least one request that equals the vendor's.
    pub operations: BTreeSet<String>,
    /// Each failed trace with its problems.
    pub failures: Vec<(String, Vec<String>)>,
}

const COLUMNS: [&str; 5] = ["equal", "after diff.", "rejected", "impossible", "FAILED"];

impl Table {
    /// Judges all traces in order.
    pub async fn of(recording: &Recording, bench: &Bench) -> Table {
        let mut table = Table::default();
        for trace in recording.files.iter().flat_map(|(_, traces)| traces) {
            let verdict = judge(trace, &recording.keys, bench).await;
            table.count(&trace.call, &trace.name, verdict);
        }
        table
    }

    fn count(&mut self, call: &str, name: &str, verdict: Verdict) {
        let (column, names) = match verdict {
            Verdict::Equal(operation, names) => {
                self.operations.insert(operation);
                (usize::from(!names.is_empty()), names)
            }
            Verdict::Refused(name) => (2, vec![name]),
            Verdict::Unrepresentable(name) => (3, vec![name]),
            Verdict::Failed(problems) => {
                self.failures.push((name.to_owned(), problems));
                (4, vec![])
            }
        };
        self.calls.entry(call.to_owned()).or_default()[column] += 1;
        for name in names {
            *self.uses.entry(name).or_default() += 1;
        }
    }

    /// Returns the names of the differences that applied.
    #[must_use]
    pub fn used(&self) -> BTreeSet<&'static str> {
        self.uses.keys().copied().collect()
    }

    /// Returns the number of traces.
    #[must_use]
    pub fn total(&self) -> usize {
        self.calls.values().flatten().sum()
    }

    /// Returns all failures as text.
    #[must_use]
    pub fn report(&self) -> String {
        let one = |(name, problems): &(String, Vec<String>)| {
            format!("{name}\n    {}", problems.join("\n    "))
        };
        self.failures.iter().map(one).collect::<Vec<_>>().join("\n")
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let row = |f: &mut fmt::Formatter<'_>, call: &str, cells: &[String]| {
            write!(f, "{call:<26}")?;
            cells.iter().try_for_each(|cell| write!(f, "{cell:>12}"))?;
            writeln!(f)
        };
        let mut sums = [0; 5];
        row(f, "call", &COLUMNS.map(str::to_owned))?;
        for (call, counts) in &self.calls {
            row(f, call, &counts.map(|count| count.to_string()))?;
            sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
        }
        row(f, &format!("all {}", self.total()), &sums.map(|sum| sum.to_string()))?;
        writeln!(f)?;
        for difference in DIFFERENCES {
            let kind = match difference.rule {
                Rule::Sent(_) | Rule::Arrived(_) | Rule::Unsent(_) => "equal after this difference",
                Rule::Refused(..) => "rejected",
                Rule::Unrepresentable(_) => "impossible with our types",
            };
            let uses = self.uses.get(difference.name).copied().unwrap_or_default();
            writeln!(f, "{uses:>5}  {:<32}{kind}", difference.name)?;
        }
        Ok(())
    }
}
