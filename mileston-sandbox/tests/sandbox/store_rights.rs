//! The sandbox rejects a store file that other users can open or replace, because the file contains the wallet secret.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::path::Path;
use std::process::{Command, Output};

use mileston_sandbox::Sandbox;

use crate::program::{run, say};
use crate::temporary::Folder;

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

fn mode_of(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

async fn store(name: &str) -> Folder {
    let folder = Folder::new(name);
    Sandbox::builder().store(folder.file()).start().await.unwrap().stop().await;
    folder
}

fn serve(folder: &Folder) -> Output {
    // Runs `keys list` instead of `serve`, because `serve` would keep running if the file were accepted.
    run(&["keys", "list", "--store", folder.file().to_str().unwrap()])
}

#[track_caller]
fn check_refused(folder: &Folder, words: &[&str]) {
    let output = serve(folder);
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "the file was accepted: {words:?}");
    for word in words {
        assert!(error.contains(word), "{error}");
    }
}

#[tokio::test]
async fn a_file_that_others_can_read_or_write_is_refused() {
    let folder = store("open").await;
    let file = folder.file();
    for mode in [0o644, 0o640, 0o604, 0o660, 0o602, 0o620, 0o601] {
        set_mode(&file, mode);
        let command = format!("`chmod 600 {}`", file.display());
        check_refused(
            &folder,
            &[&format!("its mode is {mode:04o}"), "the wallet secret", &command],
        );
        assert_eq!(mode_of(&file), mode, "the sandbox doesn't change the mode");
    }
    for mode in [0o400, 0o444, 0o000] {
        set_mode(&file, mode);
        let command = format!("chmod 600 {}", file.display());
        check_refused(&folder, &["can't be written", &format!("`{command}`")]);
        // The command in the error message fixes the problem.
        assert!(Command::new("sh").arg("-c").arg(&command).status().unwrap().success());
        assert_eq!(serve(&folder).status.code(), Some(0), "{mode:o}");
    }
}

#[tokio::test]
async fn files_next_to_the_store_are_refused_if_others_can_read_them() {
    let folder = store("open-beside").await;
    for suffix in ["-wal", "-shm", "-journal"] {
        let beside = folder.path().join(format!("sandbox.db{suffix}"));
        fs::write(&beside, "secrets").unwrap();
        set_mode(&beside, 0o644);
        check_refused(&folder, &[beside.to_str().unwrap(), "its mode is 0644"]);
        fs::remove_file(&beside).unwrap();
        symlink("/dev/null", &beside).unwrap();
        check_refused(&folder, &[beside.to_str().unwrap()]);
        fs::remove_file(&beside).unwrap();
    }
}

#[tokio::test]
async fn a_lock_that_others_could_take_is_made_private() {
    let folder = store("lock").await;
    let lock = folder.path().join("sandbox.db.lock");
    assert_eq!(mode_of(&lock), 0o600);
    set_mode(&lock, 0o666);
    assert_eq!(serve(&folder).status.code(), Some(0));
    assert_eq!(mode_of(&lock), 0o600);
}

#[tokio::test]
async fn a_folder_in_which_others_can_replace_the_file_is_refused() {
    let folder = store("open-folder").await;
    set_mode(folder.path(), 0o777);
    let command = format!("`chmod o-w {}`", folder.path().display());
    check_refused(&folder, &["replace the files", &command]);
    // With the sticky bit, as on `/tmp`, nobody can replace another user's files.
    set_mode(folder.path(), 0o1777);
    assert_eq!(serve(&folder).status.code(), Some(0));
    set_mode(folder.path(), 0o755);
}

#[tokio::test]
async fn a_file_of_another_user_is_refused() {
    let folder = store("owner").await;
    let nobody = |path: &Path| Command::new("chown").arg("65534").arg(path).output().unwrap();
    if fs::metadata(folder.file()).unwrap().uid() != 0 {
        return say(
            "SKIPPED: a_file_of_another_user_is_refused: only root can change the owner of a file",
        );
    }
    for name in ["sandbox.db", "sandbox.db.lock"] {
        let path = folder.path().join(name);
        assert!(nobody(&path).status.success());
        check_refused(&folder, &[path.to_str().unwrap(), "belongs to another user"]);
        assert!(Command::new("chown").arg("0").arg(&path).status().unwrap().success());
    }
    assert_eq!(serve(&folder).status.code(), Some(0));
}

#[test]
fn only_the_owner_may_read_and_write_with_any_umask() {
    for umask in ["000", "022", "377", "777"] {
        let folder = Folder::new(&format!("umask-{umask}"));
        let program = env!("CARGO_BIN_EXE_mileston-sandbox");
        let file = folder.file();
        let script = format!(
            "umask {umask}; '{program}' serve --port 0 --json --store '{}' & sleep 2; kill -9 $!",
            file.display()
        );
        let output = Command::new("sh").arg("-c").arg(script).output().unwrap();
        assert!(output.stdout.starts_with(b"{"), "{}", String::from_utf8_lossy(&output.stderr));
        let mut seen = 0;
        for entry in fs::read_dir(folder.path()).unwrap() {
            let path = entry.unwrap().path();
            assert_eq!(mode_of(&path), 0o600, "{} with umask {umask}", path.display());
            seen += 1;
        }
        assert!(seen >= 3, "the store, the lock and the log exist");
    }
}
