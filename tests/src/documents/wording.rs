//! Finds phrases that make readers stumble, and says what to write instead.
//!
//! The phrases are data. Each row of a table contains a pattern, its replacement, an example and a near miss. A second
//! table lists the allowed uses, each with a reason.

mod code;
mod passages;
mod pattern;
#[cfg(test)]
mod tests;

pub use passages::{is_readable, passages};

use std::collections::{BTreeSet, HashMap};

use pattern::Pattern;

/// A piece of text that people read: a paragraph, a comment or a string literal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The line on which it begins, from 1.
    pub line: usize,
    /// Its text, with its line breaks.
    pub text: String,
}

/// A phrase to avoid.
#[derive(Clone, Debug)]
pub struct Phrase {
    /// The pattern as it is written in the table.
    pub pattern: String,
    /// What to write instead.
    pub instead: String,
    /// Text in which the pattern must be found.
    pub example: String,
    /// Similar text in which it must not be found.
    pub near_miss: String,
    compiled: Pattern,
}

/// An allowed use of a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// The file.
    pub file: String,
    /// The words that were found.
    pub words: String,
    /// Why the phrase is allowed in this file.
    pub reason: String,
}

/// A use of a phrase in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The file.
    pub file: String,
    /// The line.
    pub line: usize,
    /// The words that were found, in lower case.
    pub words: String,
    /// The pattern.
    pub pattern: String,
    /// What to write instead.
    pub instead: String,
}

impl std::fmt::Display for Hit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}: \"{}\": write {}", self.file, self.line, self.words, self.instead)
    }
}

/// Reads the table of phrases: a header row, then a row for each phrase.
///
/// # Errors
///
/// Returns an error that names the line if a row doesn't have four non-empty cells or its pattern is invalid.
pub fn phrases(table: &str) -> Result<Vec<Phrase>, String> {
    rows(table)
        .map(|row| {
            let (line, [pattern, instead, example, near_miss]) = row?;
            let compiled =
                Pattern::read(&pattern).map_err(|error| format!("line {line}: {error}"))?;
            Ok(Phrase { pattern, instead, example, near_miss, compiled })
        })
        .collect()
}

/// Reads the table of allowed uses: a header row, then a row for each use.
///
/// # Errors
///
/// Returns an error that names the line if a row doesn't have three non-empty cells.
pub fn allowances(table: &str) -> Result<Vec<Allowance>, String> {
    rows(table)
        .map(|row| row.map(|(_, [file, words, reason])| Allowance { file, words, reason }))
        .collect()
}

type Row<const CELLS: usize> = Result<(usize, [String; CELLS]), String>;

fn rows<const CELLS: usize>(table: &str) -> impl Iterator<Item = Row<CELLS>> {
    table.lines().enumerate().skip(1).map(|(at, row)| {
        let cells: Vec<String> = row.split('\t').map(|cell| cell.trim().to_owned()).collect();
        let cells = cells
            .try_into()
            .ok()
            .filter(|cells: &[String; CELLS]| cells.iter().all(|cell| !cell.is_empty()));
        let line = at + 1;
        cells.map(|cells| (line, cells)).ok_or_else(|| format!("line {line}: not {CELLS} cells"))
    })
}

/// Returns the uses of the phrases in a file.
#[must_use]
pub fn hits(file: &str, text: &str, phrases: &[Phrase]) -> Vec<Hit> {
    // Index the phrases by word for speed, because most phrases have no word in common with a passage.
    let mut by_word: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, phrase) in phrases.iter().enumerate() {
        for word in phrase.compiled.words() {
            by_word.entry(word).or_default().push(at);
        }
    }
    let mut hits = Vec::new();
    for passage in passages(file, text) {
        let tokens = pattern::tokens(&passage);
        let found = tokens.iter().filter_map(|token| by_word.get(token.word.as_str()));
        let possible: BTreeSet<usize> = found.flatten().copied().collect();
        for phrase in possible.into_iter().map(|at| &phrases[at]) {
            hits.extend(phrase.compiled.found(&tokens).map(|(line, words)| Hit {
                file: file.to_owned(),
                line,
                words,
                pattern: phrase.pattern.clone(),
                instead: phrase.instead.clone(),
            }));
        }
    }
    hits.sort_by_key(|hit| hit.line);
    hits
}

/// Returns messages about the hits that no allowance covers, and about the allowances that cover no hit.
#[must_use]
pub fn problems(hits: &[Hit], allowances: &[Allowance]) -> Vec<String> {
    let covers = |it: &Allowance, hit: &Hit| it.file == hit.file && it.words == hit.words;
    let open = hits.iter().filter(|hit| !allowances.iter().any(|it| covers(it, hit)));
    let unused = allowances.iter().filter(|it| !hits.iter().any(|hit| covers(it, hit)));
    let unused = unused.map(|Allowance { file, words, .. }| {
        format!("{file}: no longer has \"{words}\": remove this allowance")
    });
    open.map(ToString::to_string).chain(unused).collect()
}
