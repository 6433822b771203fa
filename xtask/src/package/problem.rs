//! A problem with a package: the package, the file, and how to fix it.

use std::fmt;

/// One problem with a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Problem {
    package: String,
    file: String,
    what: String,
}

impl Problem {
    /// Creates a problem. `what` says what is wrong and then how to fix it.
    pub(super) fn new(package: &str, file: &str, what: impl Into<String>) -> Self {
        Problem { package: package.to_owned(), file: file.to_owned(), what: what.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.package, self.file, self.what)
    }
}

/// Returns an error that lists all problems, if any.
pub(super) fn all(problems: &[Problem]) -> Result<(), String> {
    if problems.is_empty() {
        return Ok(());
    }
    let lines: Vec<String> = problems.iter().map(Problem::to_string).collect();
    let count = match problems.len() {
        1 => "1 problem".to_owned(),
        more => format!("{more} problems"),
    };
    Err(format!("{count} in the packages:\n{}", lines.join("\n")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_problem_is_a_line_with_package_file_and_fix() {
        assert_eq!(all(&[]), Ok(()));
        let one = Problem::new("a", "README.md", "missing: write one");
        assert_eq!(
            all(std::slice::from_ref(&one)),
            Err("1 problem in the packages:\na: README.md: missing: write one".to_owned())
        );
        let two = Problem::new("b", "Cargo.toml", "no `description`: add it");
        assert_eq!(
            all(&[one, two]),
            Err("2 problems in the packages:\na: README.md: missing: write one\n\
                 b: Cargo.toml: no `description`: add it"
                .to_owned())
        );
    }
}
