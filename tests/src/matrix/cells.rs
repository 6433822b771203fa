//! Writes the cells of a table as code, one per line, and checks the compiler's messages about them.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::compile::{Package, Said};

/// An operation and a holder of credentials.
#[derive(Clone, Debug)]
pub struct Cell {
    /// The `operationId`.
    pub operation: String,
    /// The holder's name in the table.
    pub holder: String,
    /// The function's generic parameters and its parameters: `<M: Mode>(client: &Client<NormalKey<M>>)`.
    pub signature: String,
    /// The calls in the function.
    pub calls: Vec<String>,
    /// The expected error. `None` if the cell must compile.
    pub refusal: Option<Refusal>,
}

/// The error that the compiler must report for each call of a rejected cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The complete message, except that our module paths are removed.
    pub message: String,
    /// A part of a note.
    pub note: String,
}

/// The number of checked cells of each kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// The number of cells that compile.
    pub compile: usize,
    /// The number of cells that fail with our message.
    pub refused: usize,
}

/// Returns a program: the lines in `before`, and then a function for each cell, one per line.
#[must_use]
pub fn code(before: &str, cells: &[Cell]) -> String {
    let mut code = format!("#![allow(dead_code, unused, clippy::all)]\n{before}");
    for (number, Cell { signature, calls, .. }) in cells.iter().enumerate() {
        let body: String = calls.iter().map(|call| format!("let _ = {call}; ")).collect();
        // Writing to a string can't fail.
        let _ = writeln!(code, "fn cell_{number}{signature} {{ {body}}}");
    }
    code
}

/// Returns the problems: cells that must compile but don't, cells that compile although they have a `refusal`, cells
/// with errors other than their `refusal`, and errors outside the cells. `plain` removes our module paths, which
/// the compiler includes in the names of some types.
#[must_use]
pub fn wrong(
    before: &str,
    cells: &[Cell],
    said: &Said,
    plain: impl Fn(&str) -> String,
) -> Vec<String> {
    let mut wrong = Vec::new();
    for (line, cell) in lines(before, cells) {
        let Cell { operation, holder, calls, refusal, .. } = cell;
        let texts = said.get(&line).map(Vec::as_slice).unwrap_or_default();
        match refusal {
            None if texts.is_empty() => {}
            None => {
                wrong.push(format!("{operation} × {holder} must compile:\n{}", texts.join("\n")))
            }
            Some(_) if texts.is_empty() => {
                wrong.push(format!("{operation} × {holder} compiles, but must not"));
            }
            Some(refusal) => {
                let ours = |text: &String| is(&plain(text), refusal);
                if texts.len() != calls.len() || !texts.iter().all(ours) {
                    wrong.push(format!(
                        "{operation} × {holder} must fail only with {refusal:?}, once for each call:\n{}",
                        texts.join("\n")
                    ));
                }
            }
        }
    }
    let first = lines(before, cells).next().map_or(1, |(line, _)| line);
    let beside = said.iter().filter(|(line, _)| **line < first || **line >= first + cells.len());
    wrong.extend(beside.map(|(line, texts)| format!("line {line}:\n{}", texts.join("\n"))));
    wrong
}

/// Checks the cells in two compilations so that the errors of rejected cells can't hide an error in a cell that must
/// compile.
///
/// # Errors
/// Returns an error if cargo can't be run, or if cells are wrong. The error lists the wrong cells.
pub fn check(
    package: &Package,
    before: &str,
    cells: &[Cell],
    plain: impl Fn(&str) -> String,
) -> Result<Counts, String> {
    let (refused, good): (Vec<Cell>, Vec<Cell>) =
        cells.iter().cloned().partition(|cell| cell.refusal.is_some());
    for half in [&good, &refused] {
        let wrong = wrong(before, half, &package.check(&code(before, half))?, &plain);
        if !wrong.is_empty() {
            return Err(wrong.join("\n"));
        }
    }
    Ok(Counts { compile: good.len(), refused: refused.len() })
}

/// Returns the operations and holders of all cells that compile, including cells that should fail.
///
/// # Errors
/// Returns an error if cargo can't be run.
pub fn compiling(
    package: &Package,
    before: &str,
    cells: &[Cell],
) -> Result<BTreeSet<(String, String)>, String> {
    let said = package.check(&code(before, cells))?;
    let compiling = lines(before, cells).filter(|(line, _)| !said.contains_key(line));
    Ok(compiling.map(|(_, cell)| (cell.operation.clone(), cell.holder.clone())).collect())
}

/// Returns the cells with their line numbers in the code.
fn lines<'a>(before: &str, cells: &'a [Cell]) -> impl Iterator<Item = (usize, &'a Cell)> {
    let first = code(before, &[]).lines().count() + 1;
    (first..).zip(cells)
}

/// Returns whether an error is the expected one: it must have the complete message, and contain the note.
fn is(text: &str, Refusal { message, note }: &Refusal) -> bool {
    text.lines().next() == Some(&format!("error[E0277]: {message}")) && text.contains(note)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEFORE: &str = "use api::*;\n";

    fn cell(refused: bool) -> Cell {
        let refusal = Refusal { message: "needs a key".to_owned(), note: "in a drawer".to_owned() };
        Cell {
            operation: "read".to_owned(),
            holder: "nobody".to_owned(),
            signature: "(client: &Client<()>)".to_owned(),
            calls: vec!["client.read()".to_owned()],
            refusal: refused.then_some(refusal),
        }
    }

    #[track_caller]
    fn check(refused: bool, line: usize, texts: &[&str], good: bool) {
        let said = Said::from([(line, texts.iter().map(|&text| text.to_owned()).collect())]);
        let wrong = wrong(BEFORE, &[cell(refused)], &said, |text| text.replace("api::", ""));
        assert_eq!(wrong.is_empty(), good, "{wrong:?}");
    }

    #[test]
    fn each_cell_has_its_own_line() {
        let code = code(BEFORE, &[cell(false)]);
        assert_eq!(
            code.lines().nth(2),
            Some("fn cell_0(client: &Client<()>) { let _ = client.read(); }")
        );
    }

    #[test]
    fn a_rejected_cell_must_have_our_message_and_nothing_else() {
        const OURS: &str = "error[E0277]: api::needs a key\n = note: in a drawer\n";
        check(true, 3, &[OURS], true);
        check(true, 3, &[], false);
        check(true, 3, &[OURS, OURS], false);
        check(true, 3, &[&OURS.replace("E0277", "E0599")], false);
        check(true, 3, &[&OURS.replace("a key", "a key of some kind")], false);
        check(true, 3, &["error[E0277]: needs a key"], false);
    }

    #[test]
    fn good_cells_and_all_other_lines_must_not_have_errors() {
        check(false, 3, &[], true);
        check(false, 3, &["error: no"], false);
        check(false, 1, &["error: no"], false);
        check(false, 4, &["error: no"], false);
    }
}
