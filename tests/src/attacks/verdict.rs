//! Compares the compiler's messages about the programs with the expected results.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use super::program::{Expected, Program, Reason};
use crate::compile::called;

/// The result of compiling a program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Whether the program compiled.
    pub compiled: bool,
    /// The errors, in order.
    pub errors: Vec<Failure>,
}

/// A compiler error.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Failure {
    /// Its code, if it has one.
    pub code: Option<String>,
    /// The message without the error code. If the primary span has a label, a colon and the label follow.
    pub message: String,
    /// The complete error, with its notes.
    pub rendered: String,
    /// Whether the error is in the program, not in a crate that the program uses.
    pub in_program: bool,
}

/// The number of programs of each kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    /// The number of attacks, all of which failed to compile.
    pub attacks: usize,
    /// The number of controls, all of which compiled.
    pub controls: usize,
}

/// Reads cargo's JSON messages. A program that cargo didn't reach isn't in the result.
#[must_use]
pub fn said(messages: &str, programs: &[Program]) -> BTreeMap<String, Said> {
    let mut said: BTreeMap<String, Said> = BTreeMap::new();
    for message in messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()) {
        let name = message["target"]["name"].as_str().unwrap_or_default();
        let Some(program) = programs.iter().find(|program| program.name == name) else { continue };
        match message["reason"].as_str() {
            Some("compiler-artifact") => said.entry(name.to_owned()).or_default().compiled = true,
            Some("compiler-message") => {
                let failure = failure(&message["message"], &program.file);
                said.entry(name.to_owned()).or_default().errors.extend(failure);
            }
            _ => {}
        }
    }
    said
}

fn failure(message: &Value, file: &Path) -> Option<Failure> {
    let text = |field: &str| message[field].as_str().unwrap_or_default().to_owned();
    // The compiler's last error only counts the other errors.
    if message["level"] != "error" || text("message").starts_with("aborting due to ") {
        return None;
    }
    let spans = message["spans"].as_array().map(Vec::as_slice).unwrap_or_default();
    let primary = spans.iter().find(|span| span["is_primary"] == true).map(called);
    let of_primary = |field: &str| primary.and_then(|span| span[field].as_str());
    let at = of_primary("file_name");
    let label = of_primary("label").map(|label| format!(": {label}")).unwrap_or_default();
    Some(Failure {
        code: message["code"]["code"].as_str().map(str::to_owned),
        message: text("message") + &label,
        rendered: text("rendered"),
        in_program: at.is_some_and(|at| Path::new(at) == file),
    })
}

/// Returns the numbers of attacks and controls, if every program had the expected result.
///
/// # Errors
///
/// Returns an error with a paragraph for each program that didn't have the expected result.
pub fn verdict(programs: &[Program], said: &BTreeMap<String, Said>) -> Result<Tally, Vec<String>> {
    let mut wrong = Vec::new();
    let mut tally = Tally { attacks: 0, controls: 0 };
    for program in programs {
        match &program.expected {
            Expected::Compiles => tally.controls += 1,
            Expected::Fails(_) => tally.attacks += 1,
        }
        let problem = match said.get(&program.name) {
            Some(said) => problem(&program.expected, said),
            None => Some("the compiler didn't reach it".to_owned()),
        };
        wrong.extend(problem.map(|problem| format!("{}.rs: {problem}", program.name)));
    }
    if tally.controls == 0 {
        wrong.push("there is no control: add a program with the line `// compiles`".to_owned());
    }
    if wrong.is_empty() { Ok(tally) } else { Err(wrong) }
}

fn problem(expected: &Expected, said: &Said) -> Option<String> {
    let rendered = || {
        said.errors.iter().map(|error| error.rendered.trim_end()).collect::<Vec<_>>().join("\n\n")
    };
    let reasons = match expected {
        Expected::Compiles if said.compiled => return None,
        Expected::Compiles => return Some(format!("must compile:\n{}", rendered())),
        Expected::Fails(_) if said.compiled => return Some("compiles, but must not".to_owned()),
        Expected::Fails(reasons) => reasons,
    };
    if said.errors.iter().any(|error| !error.in_program) {
        return Some(format!("an error is outside the program:\n{}", rendered()));
    }
    // A macro may cause the same error several times.
    let is_expected = |error: &Failure| reasons.iter().any(|reason| fits(error, reason));
    let is_said = |reason: &Reason| said.errors.iter().any(|error| fits(error, reason));
    if said.errors.iter().all(is_expected) && reasons.iter().all(is_said) {
        return None;
    }
    Some(format!("fails, but not as expected ({reasons:?}):\n{}", rendered()))
}

fn fits(error: &Failure, reason: &Reason) -> bool {
    error.code == reason.code
        && without_paths(&error.message).contains(&without_paths(&reason.part))
}

/// Removes the module path before each name, because an item can have several paths, and the compiler may show any of
/// them.
fn without_paths(text: &str) -> String {
    let is_name = |letter: char| letter.is_alphanumeric() || letter == '_';
    let mut parts: Vec<&str> = text.split("::").collect();
    let last = parts.pop().unwrap_or_default();
    let parts = parts.iter().map(|part| part.trim_end_matches(is_name));
    parts.chain([last]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn program(name: &str, expected: Expected) -> Program {
        Program { name: name.to_owned(), file: format!("/attacks/{name}.rs").into(), expected }
    }

    fn attack() -> Program {
        let reason =
            Reason { code: Some("E0277".to_owned()), part: "holds `Key<Test>`".to_owned() };
        program("attack", Expected::Fails(vec![reason]))
    }

    fn control() -> Program {
        program("control", Expected::Compiles)
    }

    fn error(name: &str, file: &str, code: &str, message: &str) -> String {
        let span = serde_json::json!({"file_name": file, "is_primary": true, "label": "here", "expansion": null});
        let message = serde_json::json!({
            "level": "error", "message": message, "rendered": message, "code": {"code": code}, "spans": [span],
        });
        line("compiler-message", name, message)
    }

    fn line(reason: &str, name: &str, message: Value) -> String {
        let line =
            serde_json::json!({"reason": reason, "target": {"name": name}, "message": message});
        format!("{line}\n")
    }

    fn compiled(name: &str) -> String {
        line("compiler-artifact", name, Value::Null)
    }

    const FILE: &str = "/attacks/attack.rs";
    const MESSAGE: &str = "the client holds `keys::Key<a::mode::Test>`";

    /// Judges an attack and a control by cargo's messages. If `expected` is empty, both must have
    /// the right result. Otherwise, the reported problems must contain `expected`.
    #[track_caller]
    fn check(messages: &[String], expected: &str) {
        let programs = [attack(), control()];
        let wrong = verdict(&programs, &said(&messages.concat(), &programs)).err();
        let wrong = wrong.unwrap_or_default().join("\n");
        let same = if expected.is_empty() { wrong.is_empty() } else { wrong.contains(expected) };
        assert!(same, "expected {expected:?}: {wrong}");
    }

    #[test]
    fn an_attack_fails_for_its_expected_reason() {
        let fails = error("attack", FILE, "E0277", MESSAGE);
        let count = serde_json::json!({"level": "error", "message": "aborting due to 2 previous errors", "spans": []});
        let count = line("compiler-message", "attack", count);
        check(&[fails.clone(), fails, count, compiled("control")], "");
    }

    #[test]
    fn an_attack_that_compiles_is_reported() {
        check(&[compiled("attack"), compiled("control")], "attack.rs: compiles, but must not");
    }

    #[test]
    fn an_attack_that_fails_for_a_different_reason_is_reported() {
        let (right, another) =
            (error("attack", FILE, "E0277", MESSAGE), "fails, but not as expected");
        check(&[error("attack", FILE, "E0599", MESSAGE), compiled("control")], another);
        check(&[error("attack", FILE, "E0277", "no such thing"), compiled("control")], another);
        check(&[right, error("attack", FILE, "E0433", "x"), compiled("control")], another);
    }

    #[test]
    fn an_error_outside_the_program_is_reported() {
        let elsewhere = error("attack", "/runtime/src/lib.rs", "E0277", MESSAGE);
        check(&[elsewhere, compiled("control")], "an error is outside the program");
    }

    #[test]
    fn a_control_that_fails_is_reported() {
        let fails = error("attack", FILE, "E0277", MESSAGE);
        let control = error("control", "/attacks/control.rs", "E0277", MESSAGE);
        check(&[fails, control], "control.rs: must compile");
    }

    #[test]
    fn a_program_that_was_not_compiled_is_reported() {
        check(&[compiled("control")], "attack.rs: the compiler didn't reach it");
    }

    #[test]
    fn a_folder_needs_a_control() {
        let programs = [attack()];
        let said = said(&error("attack", FILE, "E0277", MESSAGE), &programs);
        assert!(verdict(&programs, &said).unwrap_err().join("\n").contains("there is no control"));
    }
}
