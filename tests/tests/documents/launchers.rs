//! Tests that the npm and PyPI packages list the same values as the sandbox's command line.

use mileston_sandbox::cli;

use crate::repository::read_file;

const NPM: &str = "packaging/npm/lib/index.d.cts";
const PYPI: &str = "packaging/pypi/mileston_sandbox/_sandbox.py";

#[test]
fn the_packages_list_every_value_of_trigger() {
    let (npm, pypi) = (read_file(NPM), read_file(PYPI));
    for (argument, type_name) in [("event", "SandboxEvent"), ("mistake", "PayerMistake")] {
        let expected = values(argument);
        let declared = npm.split_once(&format!("export type {type_name} = ")).unwrap().1;
        let declared = declared.split_once(';').unwrap().0;
        assert_eq!(quoted(declared, "'"), expected, "{NPM}: {type_name}");
        let described = pypi.split_once(&format!("\n        {argument}: ")).unwrap().1;
        let described = described.split_once(".\n").unwrap().0;
        assert_eq!(quoted(described, "``"), expected, "{PYPI}: {argument}");
    }
}

/// Returns the values that an argument of `mileston-sandbox trigger` accepts.
fn values(argument: &str) -> Vec<String> {
    let command = cli::command();
    let trigger = command.find_subcommand("trigger").unwrap();
    let argument = trigger.get_arguments().find(|it| it.get_id() == argument).unwrap();
    argument.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect()
}

/// Returns the parts of the text that are between these quotation marks.
fn quoted(text: &str, mark: &str) -> Vec<String> {
    text.split(mark).skip(1).step_by(2).map(str::to_owned).collect()
}
