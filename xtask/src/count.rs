//! Adds up the results of all test binaries, because each binary prints its own summary.

use std::fmt;

/// The number of tests by result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    passed: u64,
    failed: u64,
    ignored: u64,
}

impl Count {
    /// Adds the summary of a test binary, such as `test result: ok. 3 passed; 0 failed; 1 ignored;
    /// …`. Ignores any other line.
    pub(crate) fn add(&mut self, line: &str) {
        let Some(summary) = line.strip_prefix("test result: ") else { return };
        for part in summary.split([';', '.']) {
            let Some((number, what)) = part.trim().split_once(' ') else { continue };
            let Ok(number) = number.parse::<u64>() else { continue };
            match what {
                "passed" => self.passed += number,
                "failed" => self.failed += number,
                "ignored" => self.ignored += number,
                _ => {}
            }
        }
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        if self.ignored > 0 {
            write!(f, ", {} skipped", self.ignored)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Count;

    #[track_caller]
    fn check(output: &str, expected: &str) {
        let mut count = Count::default();
        output.lines().for_each(|line| count.add(line));
        assert_eq!(count.to_string(), expected);
    }

    #[test]
    fn all_summaries_are_added_up() {
        let first = "test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 3 filtered out; finished in 0.01s";
        let last = "test result: ok. 0 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s";
        check(
            &format!("running 12 tests\ntest a ... ok\n{first}\nrunning 0 tests\n{last}\n"),
            "12 passed, 0 failed",
        );
        let failed =
            "test result: FAILED. 2 passed; 1 failed; 4 ignored; 0 measured; 0 filtered out";
        check(&format!("{first}\n{failed}"), "14 passed, 1 failed, 4 skipped");
    }

    #[test]
    fn other_lines_are_ignored() {
        check("7 passed\nit says: test result: ok. 7 passed;\n", "0 passed, 0 failed");
    }
}
