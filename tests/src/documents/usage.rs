//! Checks command lines against the arguments that a program declares with clap.

use std::collections::BTreeSet;

use clap::Command;

/// The command lines that a program accepts.
#[derive(Clone, Debug, Default)]
pub struct Usage(Command);

impl Usage {
    /// Returns the usage of a program.
    #[must_use]
    pub fn of(mut program: Command) -> Usage {
        // This adds `--help` and the global arguments to each command.
        program.build();
        Usage(program)
    }

    /// Returns whether there is a command with this name.
    #[must_use]
    pub fn is_command(&self, word: &str) -> bool {
        self.0.find_subcommand(word).is_some()
    }

    /// Returns whether any command takes this flag.
    #[must_use]
    pub fn has_flag(&self, flag: &str) -> bool {
        takes(&self.0, flag)
    }

    /// Checks the arguments of a command line. The command line may be incomplete and may contain placeholders in
    /// capitals.
    ///
    /// # Errors
    ///
    /// Returns an error that describes the problem if a command, argument, value or flag doesn't exist.
    pub fn check(&self, arguments: &[&str]) -> Result<(), String> {
        let flag = arguments.iter().position(|argument| argument.starts_with('-'));
        let mut words = &arguments[..flag.unwrap_or(arguments.len())];
        let (mut command, mut path) = (&self.0, Vec::new());
        while let [word, rest @ ..] = words
            && command.has_subcommands()
        {
            path.push(*word);
            let found = command.find_subcommand(word);
            command = found.ok_or_else(|| format!("no such command: {}", path.join(" ")))?;
            words = rest;
        }
        let path = path.join(" ");
        for (at, word) in words.iter().enumerate() {
            let argument = command.get_positionals().nth(at);
            let argument = argument.ok_or_else(|| format!("`{path}` has no argument {word}"))?;
            let values = argument.get_possible_values();
            let is_placeholder = word.chars().all(|each| each.is_ascii_uppercase() || each == '_');
            if !values.is_empty()
                && !is_placeholder
                && !values.iter().any(|it| it.matches(word, false))
            {
                return Err(format!("`{path}` has no {} {word}", argument.get_id()));
            }
        }
        for flag in arguments.iter().filter(|argument| argument.starts_with('-')) {
            let name = flag.split('=').next().unwrap_or(flag);
            if !has(command, name) {
                return Err(format!("`{path}` has no flag {name}"));
            }
        }
        Ok(())
    }
}

fn has(command: &Command, flag: &str) -> bool {
    command.get_arguments().any(|argument| match flag.strip_prefix("--") {
        Some(long) => argument.get_long() == Some(long),
        None => argument
            .get_short()
            .is_some_and(|short| flag.strip_prefix('-') == Some(&short.to_string())),
    })
}

fn takes(command: &Command, flag: &str) -> bool {
    has(command, flag) || command.get_subcommands().any(|command| takes(command, flag))
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
    use clap::Arg;

    use super::*;

    fn usage() -> Usage {
        let flag = |name: &'static str| Arg::new(name).long(name);
        let serve = Command::new("serve").args([flag("port").short('p'), flag("live")]);
        let list = Command::new("list").arg(flag("store"));
        let event = Arg::new("event").value_parser(["payment", "paid-late"]);
        let trigger = Command::new("trigger").args([event, Arg::new("id"), flag("url")]);
        Usage::of(Command::new("it").subcommands([
            serve,
            Command::new("keys").subcommand(list),
            trigger,
        ]))
    }

    #[track_caller]
    fn check(arguments: &str, expected: Result<(), &str>) {
        let arguments: Vec<&str> = arguments.split_whitespace().collect();
        let found = usage().check(&arguments);
        assert_eq!(found, expected.map_err(str::to_owned), "{arguments:?}");
    }

    #[test]
    fn command_lines_are_checked_against_the_declared_arguments() {
        check("serve", Ok(()));
        check("serve --port 7 --live", Ok(()));
        check("serve -p 7", Ok(()));
        check("keys", Ok(()));
        check("keys list --store x", Ok(()));
        check("trigger payment", Ok(()));
        check("trigger payment an-id", Ok(()));
        check("trigger EVENT ID", Ok(()));
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
    fn a_flag_of_any_command_is_known() {
        for flag in ["--port", "-p", "--store", "--help"] {
            assert!(usage().has_flag(flag), "{flag}");
        }
        assert!(!usage().has_flag("--prot"));
        assert!(usage().is_command("keys") && !usage().is_command("list"));
    }

    #[test]
    fn tasks_are_read_from_the_help() {
        let help = "Usage: x\n\nTasks:\n  codegen          a\n  codegen --check  b\n\nMore.\n";
        assert_eq!(tasks(help), ["codegen", "codegen --check"].map(str::to_owned).into());
    }
}
