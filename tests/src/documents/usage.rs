//! Reads commands and flags from a program's own help text.

use std::collections::BTreeSet;

/// The command line that a program accepts, by its help.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Each line of `Usage:`.
    lines: Vec<Line>,
    /// The first words of the lines under `Events:`.
    events: BTreeSet<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    /// The words of the command, e.g. `keys list`.
    words: Vec<String>,
    /// The arguments after them, without brackets.
    rest: Vec<String>,
}

impl Usage {
    /// Reads the help of `program`.
    #[must_use]
    pub fn read(program: &str, helps: &[String]) -> Usage {
        let mut usage = Usage::default();
        for help in helps {
            let joined = help.replace("\n                       ", " ");
            let starts = format!("  {program} ");
            let lines = joined.lines().filter_map(|line| line.strip_prefix(&starts));
            usage.lines.extend(lines.map(read_line));
            let events = help.split("Events:\n").nth(1).unwrap_or_default();
            let events = events.lines().take_while(|line| line.starts_with("  "));
            usage.events.extend(events.filter_map(first_word));
        }
        usage
    }

    /// Returns whether there is a command with this name.
    #[must_use]
    pub fn is_command(&self, word: &str) -> bool {
        self.lines.iter().any(|line| line.words.first().is_some_and(|first| first == word))
    }

    /// Returns whether any command takes this flag.
    #[must_use]
    pub fn has_flag(&self, flag: &str) -> bool {
        self.lines.iter().any(|line| line.rest.iter().any(|word| word == flag))
    }

    /// Checks the arguments of a command line.
    ///
    /// # Errors
    ///
    /// Returns an error with the problem if the program would reject them.
    pub fn check(&self, arguments: &[&str]) -> Result<(), String> {
        let flag = arguments.iter().position(|argument| argument.starts_with('-'));
        let words = &arguments[..flag.unwrap_or(arguments.len())];
        // The command alone, or the longest usage line that begins with these words.
        let begins = |line: &&Line| line.words.iter().zip(words).all(|(a, b)| a == b);
        let fitting = self.lines.iter().filter(begins);
        let line = fitting.max_by_key(|line| line.words.len().min(words.len()));
        let line = line.filter(|line| words.is_empty() || !line.words.is_empty());
        let line = line.ok_or_else(|| format!("no such command: {}", words.join(" ")))?;
        if words.len() > line.words.len() {
            line.operand(words[line.words.len()], &self.events)?;
        }
        for flag in arguments.iter().filter(|argument| argument.starts_with('-')) {
            let name = flag.split('=').next().unwrap_or(flag);
            let known =
                line.rest.iter().any(|word| word == name) || ["--help", "-h"].contains(&name);
            if !known {
                return Err(format!("`{}` has no flag {name}", line.words.join(" ")));
            }
        }
        Ok(())
    }
}

impl Line {
    fn operand(&self, operand: &str, events: &BTreeSet<String>) -> Result<(), String> {
        let name = self.words.join(" ");
        match self.rest.first().map(String::as_str) {
            Some("EVENT") if operand == "EVENT" || events.contains(operand) => Ok(()),
            Some("EVENT") => Err(format!("`{name}` has no event {operand}")),
            Some(word) if !word.starts_with('-') => Ok(()),
            _ => Err(format!("`{name}` has no argument {operand}")),
        }
    }
}

fn first_word(line: &str) -> Option<String> {
    line.split_whitespace().next().map(str::to_owned)
}

fn read_line(line: &str) -> Line {
    let words = line.split_whitespace().map(|word| word.trim_matches(['[', ']', '|']).to_owned());
    let words: Vec<String> = words.filter(|word| !word.is_empty()).collect();
    let is_word = |word: &String| {
        word.chars().all(|each| each.is_ascii_lowercase() || each == '-') && !word.starts_with('-')
    };
    let length = words.iter().take_while(|word| is_word(word)).count();
    let (words, rest) = words.split_at(length);
    Line { words: words.to_vec(), rest: rest.to_vec() }
}

/// Returns the tasks that the help of `cargo xtask` lists.
#[must_use]
pub fn tasks(help: &str) -> BTreeSet<String> {
    let list = help.split("Tasks:\n").nth(1).unwrap_or_default();
    let lines = list.lines().take_while(|line| line.starts_with("  "));
    let name = |line: &str| line.trim().split("  ").next().unwrap_or_default().to_owned();
    lines.map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HELP: &str = "it: does it.\n\nUsage:\n  it serve [--port N] [--json]\n                       \
        [--live]\n  it keys list --store FILE\n  it trigger EVENT [ID] [--url URL]\n  it --help | --version\n\n\
        Events:\n  payment   Paid.\n  paid-late  Late.\n";

    #[track_caller]
    fn check(arguments: &str, expected: Result<(), &str>) {
        let arguments: Vec<&str> = arguments.split_whitespace().collect();
        let found = Usage::read("it", &[HELP.to_owned()]).check(&arguments);
        assert_eq!(found, expected.map_err(str::to_owned), "{arguments:?}");
    }

    #[test]
    fn command_lines_are_checked_by_the_help() {
        check("serve", Ok(()));
        check("serve --port 7 --live", Ok(()));
        check("keys", Ok(()));
        check("keys list --store x", Ok(()));
        check("trigger payment", Ok(()));
        check("--help", Ok(()));
        check("serve --help", Ok(()));
        check("serv", Err("no such command: serv"));
        check("keys lst", Err("no such command: keys lst"));
        check("serve --prot 7", Err("`serve` has no flag --prot"));
        check("keys list --live", Err("`keys list` has no flag --live"));
        check("trigger payments", Err("`trigger` has no event payments"));
        check("serve now", Err("`serve` has no argument now"));
    }

    #[test]
    fn tasks_are_read_from_the_help() {
        let help = "Usage: x\n\nTasks:\n  codegen          a\n  codegen --check  b\n\nMore.\n";
        assert_eq!(tasks(help), ["codegen", "codegen --check"].map(str::to_owned).into());
    }
}
