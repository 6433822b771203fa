//! Tests unusual store names, such as names that aren't file names.

use std::fs;
use std::process::{Command, Output};

use crate::temporary::Folder;

fn run_in(folder: &Folder, arguments: &[&str]) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_mileston-sandbox"));
    program.args(arguments).current_dir(folder.path()).output().unwrap()
}

/// SQLite would open an in-memory database for some of these names, and a user who gives such a name probably wants
/// that. So the error says how to keep data in memory.
#[test]
fn no_file_is_created_for_a_special_name() {
    let folder = Folder::new("no-name");
    for name in [
        ":memory:",
        ":MEMORY:",
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
            let expected = "isn't a file name: give the path of a file";
            assert!(
                error.contains(expected) && error.contains("to keep data in memory"),
                "{error}"
            );
        }
    }
    for arguments in [&["keys", "list", "--store", ""][..], &["serve", "--store", ""]] {
        let output = run_in(&folder, arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(error.contains("a value is required for '--store <FILE>'"), "{error}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

/// Error messages hide parts of keys, but not these file names, which only look like parts of keys.
#[cfg(unix)]
#[test]
fn an_error_shows_a_file_name_that_looks_like_a_key() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = Folder::new("test_names0123456789");
    for name in ["mileston_shop.db", "mileston_test_shop1.db", "sandbox20310131.db"] {
        let file = folder.path().join(name);
        fs::write(&file, "SQLite format 3\0").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
        let output = run_in(&folder, &["serve", "--port", "0", "--store", name]);
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(error.contains(&format!("run `chmod 600 {}`", file.display())), "{error}");
    }
}

#[test]
fn no_file_is_created_for_a_folder_name() {
    let folder = Folder::new("folder-name");
    for name in ["shop/", "shop/.", "shop//"] {
        let output = run_in(&folder, &["serve", "--port", "0", "--store", name]);
        assert_eq!(output.status.code(), Some(1), "{name}");
        let error = String::from_utf8(output.stderr).unwrap();
        let expected = format!("cannot use the store {name}: this names a folder, not a file");
        assert!(error.contains(&expected), "{error}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn control_characters_in_a_name_are_escaped() {
    let folder = Folder::new("escaped-name");
    let output =
        run_in(&folder, &["serve", "--port", "0", "--store", "a\u{1b}]0;x\u{7}\n\u{202e}/b.db"]);
    assert_eq!(output.status.code(), Some(1));
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.contains(r"cannot use the store a\u{1b}]0;x\u{7}\n\u{202e}/b.db: "), "{error}");
}
