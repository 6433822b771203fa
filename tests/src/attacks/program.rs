//! Reads the programs in a folder, each with its expected result.

use std::path::{Path, PathBuf};

/// A program in a folder of attacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    /// Its file name, without `.rs`.
    pub name: String,
    /// Its full path.
    pub file: PathBuf,
    /// The expected result.
    pub expected: Expected,
}

/// The expected result of compiling a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// The program is a control, which compiles.
    Compiles,
    /// The program is an attack, which fails with exactly these errors.
    Fails(Vec<Reason>),
}

/// An expected error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The compiler's code, e.g. `E0277`, if the error has one.
    pub code: Option<String>,
    /// A part of the message.
    pub part: String,
}

/// Reads the programs of a folder, sorted by name.
///
/// # Errors
///
/// Returns an error if a file can't be read, or doesn't declare its expected result.
pub fn read(folder: &Path) -> Result<Vec<Program>, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut programs = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let file = entry.map_err(failed)?.path();
        let text = std::fs::read_to_string(&file).map_err(failed)?;
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let expected = expected(&text).map_err(|problem| format!("{name}.rs: {problem}"))?;
        programs.push(Program { name, file, expected });
    }
    programs.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(programs)
}

/// Reads the comments at the beginning of a program.
fn expected(text: &str) -> Result<Expected, &'static str> {
    let mut lines = text.lines();
    if !lines.next().is_some_and(|line| line.starts_with("//! ")) {
        return Err("the first line must be `//! ` and a sentence about what the program tries");
    }
    let comments = lines.map_while(|line| line.strip_prefix("// "));
    let mut reasons = Vec::new();
    for comment in comments {
        match comment.strip_prefix("error: ") {
            Some(reason) => reasons.push(Reason::read(reason)?),
            None if comment == "compiles" && reasons.is_empty() => return Ok(Expected::Compiles),
            None => return Err("expected `// error: ` or `// compiles`"),
        }
    }
    if reasons.is_empty() {
        return Err(
            "the second line must be `// error: ` with a code and a message, or `// compiles`",
        );
    }
    Ok(Expected::Fails(reasons))
}

impl Reason {
    fn read(text: &str) -> Result<Self, &'static str> {
        let (code, part) = match text.split_once(' ') {
            Some((code, part)) if is_code(code) => (Some(code.to_owned()), part),
            _ => (None, text),
        };
        if part.trim().is_empty() || is_code(part) {
            return Err("write a part of the message after the code");
        }
        Ok(Reason { code, part: part.to_owned() })
    }
}

fn is_code(text: &str) -> bool {
    let digits = text.strip_prefix('E').unwrap_or_default();
    digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expectations_are_read() {
        let reason = |code: Option<&str>, part: &str| Reason {
            code: code.map(str::to_owned),
            part: part.to_owned(),
        };
        let text = "//! Tries.\n// error: E0277 no `Key`\n// error: cannot find\nfn main() {}\n// error: x";
        let reasons = vec![reason(Some("E0277"), "no `Key`"), reason(None, "cannot find")];
        assert_eq!(expected(text), Ok(Expected::Fails(reasons)));
        assert_eq!(expected("//! Twin.\n// compiles\n"), Ok(Expected::Compiles));
    }

    #[test]
    fn a_program_without_an_expectation_is_rejected() {
        for text in [
            "",
            "// error: E0277 x",
            "//! Tries.\nfn main() {}",
            "//! Tries.\n// error: E0277",
            "//! Tries.\n// error: E0277 x\n// compiles",
            "//! Tries.\n// another comment",
        ] {
            assert!(expected(text).is_err(), "{text}");
        }
    }
}
