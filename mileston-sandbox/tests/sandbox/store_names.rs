//! Names that don't name a file.

use std::fs;
use std::process::{Command, Output};

use crate::temporary::Folder;

fn run_in(folder: &Folder, arguments: &[&str]) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_mileston-sandbox"));
    program.args(arguments).current_dir(folder.path()).output().unwrap()
}

/// SQLite treats some of them as a database in memory, and that is what the user means.
#[test]
fn a_name_that_means_something_else_makes_no_file() {
    let folder = Folder::new("no-name");
    for name in [
        ":memory:",
        ":MEMORY:",
        "",
        "-",
        "file:shop.db",
        "file::memory:?cache=shared",
        "sqlite://shop.db",
    ] {
        for arguments in
            [&["keys", "list", "--store", name][..], &["serve", "--port", "0", "--store", name]]
        {
            let output = run_in(&folder, arguments);
            assert_eq!(output.status.code(), Some(1), "{arguments:?}");
            let error = String::from_utf8(output.stderr).unwrap();
            let expected = "doesn't name a file: give the path of one";
            assert!(
                error.contains(expected) && error.contains("to keep data in memory"),
                "{error}"
            );
        }
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_name_with_control_characters_is_written_out() {
    let folder = Folder::new("escaped-name");
    let output =
        run_in(&folder, &["serve", "--port", "0", "--store", "a\u{1b}]0;x\u{7}\n\u{202e}/b.db"]);
    assert_eq!(output.status.code(), Some(1));
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.contains(r"cannot use the store a\u{1b}]0;x\u{7}\n\u{202e}/b.db: "), "{error}");
}
