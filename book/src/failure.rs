//! The reasons why the book can't be built.

use std::fmt;
use std::path::Path;

/// The problems with a book. Each string says what is wrong and where.
#[derive(Debug)]
pub struct Failure(Vec<String>);

impl Failure {
    pub(crate) fn new(problems: Vec<String>) -> Self {
        Failure(problems)
    }

    pub(crate) fn io(path: &Path, error: &std::io::Error) -> Self {
        Failure(vec![format!("{}: {error}", path.display())])
    }

    /// Creates a failure from what failed (a file or an action), and the error with its causes.
    pub(crate) fn of(what: &str, error: &mdbook_driver::errors::Error) -> Self {
        Failure(vec![format!("{what}: {error:#}")])
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "problems in the book ({}):\n{}", self.0.len(), self.0.join("\n"))
    }
}

impl std::error::Error for Failure {}
