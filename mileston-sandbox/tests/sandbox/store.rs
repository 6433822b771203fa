//! The store in a file: what survives a restart, and which files are rejected.

use std::fs;
use std::path::Path;

use mileston_sandbox::{Sandbox, StartErrorKind, StoreErrorKind};
use rusqlite::Connection;
use serde_json::json;

use crate::http::Client;
use crate::program::{Running, run};
use crate::signed::Signer;
use crate::temporary::Folder;

#[tokio::test]
async fn everything_is_there_after_a_restart() {
    let folder = Folder::new("restart");
    let sandbox = Sandbox::builder().store(folder.file()).start().await.unwrap();
    let credentials = sandbox.credentials().unwrap().clone();
    let client = Client::at(sandbox.url(), &credentials);
    let body = json!({ "amount": "12.50", "title": "Coffee" });
    let created = client.post("/payment-link/create", &body).await.expect(201);
    let id = created["paymentData"]["paymentLinkId"].as_str().unwrap();
    let signer = Signer::new(client.clone(), credentials.wallet_secret());
    let wallets = signer.get("/user/all-wallets").await.expect(200);
    sandbox.stop().await;

    let sandbox = Sandbox::builder().store(folder.file()).start().await.unwrap();
    assert!(sandbox.credentials().is_none());
    assert_eq!(sandbox.business_id(), credentials.business_id());
    let client = Client::at(sandbox.url(), &credentials);
    let list = client.get("/payment-link/").await.expect(200);
    assert_eq!(list["paymentData"], json!([created["paymentData"]]));
    let found = client.get(&format!("/payment-link/{id}")).await.expect(200);
    assert_eq!(found["paymentData"], created["paymentData"]);
    let signer = Signer::new(client, credentials.wallet_secret());
    assert_eq!(signer.get("/user/all-wallets").await.expect(200), wallets);
    sandbox.stop().await;
}

#[tokio::test]
async fn odd_strings_are_only_data() {
    let folder = Folder::new("odd");
    let sandbox = Sandbox::builder().store(folder.file()).start().await.unwrap();
    let client = Client::at(sandbox.url(), sandbox.credentials().unwrap());
    let texts = [
        "'); DROP TABLE resources; --",
        "\" OR 1=1 --",
        "?1 :a @b $c %s",
        "a\0b",
        "\u{1f980}\u{202e}\u{feff}",
        "<script>alert(1)</script>",
    ];
    for text in texts {
        let body = json!({ "amount": "1", "title": text, "description": text });
        let created = client.post("/payment-link/create", &body).await.expect(201);
        let id = created["paymentData"]["paymentLinkId"].as_str().unwrap();
        let found = client.get(&format!("/payment-link/{id}")).await.expect(200);
        assert_eq!(found["paymentData"]["title"], text);
        assert_eq!(found["paymentData"]["description"], text);
    }
    for id in ["'%20OR%20'1'='1", "%25", "a%00b", "%F0%9F%A6%80"] {
        client.get(&format!("/payment-link/{id}")).await.expect_refusal(404, "Not Found");
        let deleted = client.delete(&format!("/payment-link/delete/{id}")).await;
        deleted.expect_refusal(404, "Not Found");
    }
    let list = client.get("/payment-link/?limit=1000").await.expect(200);
    assert_eq!(list["paymentData"].as_array().unwrap().len(), texts.len());
    sandbox.stop().await;
}

#[tokio::test]
async fn concurrent_readers_see_only_complete_writes() {
    let folder = Folder::new("at-once");
    let sandbox = Sandbox::builder().store(folder.file()).start().await.unwrap();
    let client = Client::at(sandbox.url(), sandbox.credentials().unwrap());
    let mut writers = tokio::task::JoinSet::new();
    for number in 0..40 {
        let client = client.clone();
        writers.spawn(async move {
            let body = json!({ "amount": "1", "title": number.to_string() });
            let created = client.post("/payment-link/create", &body).await.expect(201);
            let id = created["paymentData"]["paymentLinkId"].as_str().unwrap().to_owned();
            let found = client.get(&format!("/payment-link/{id}")).await.expect(200);
            assert_eq!(found["paymentData"], created["paymentData"], "a client sees its own write");
            let list = client.get("/payment-link/").await.expect(200);
            let list = list["paymentData"].as_array().unwrap();
            assert!(list.contains(&created["paymentData"]));
        });
    }
    while let Some(writer) = writers.join_next().await {
        writer.unwrap();
    }
    let list = client.get("/payment-link/").await.expect(200);
    assert_eq!(list["paymentData"].as_array().unwrap().len(), 40);
    sandbox.stop().await;
}

#[tokio::test]
async fn the_file_has_only_hashes_of_keys() {
    let folder = Folder::new("hashes");
    let sandbox = Sandbox::builder().live_keys(true).store(folder.file()).start().await.unwrap();
    let credentials = sandbox.credentials().unwrap().clone();
    sandbox.stop().await;
    let bytes = fs::read_dir(folder.path())
        .unwrap()
        .flat_map(|entry| fs::read(entry.unwrap().path()).unwrap())
        .collect::<Vec<_>>();
    let contains = |text: &str| bytes.windows(text.len()).any(|part| part == text.as_bytes());
    assert!(
        contains(credentials.business_id().as_str()),
        "the search must find the business id, which is in the file"
    );
    for key in [
        credentials.normal_key().expose_secret(),
        credentials.checkout_key().expose_secret(),
        credentials.live_normal_key().unwrap().expose_secret(),
        credentials.live_checkout_key().unwrap().expose_secret(),
    ] {
        // Searches only for the end of the key, because not even part of a key may be in the file.
        assert!(!contains(&key[key.len() - 20..]), "a key is in the file");
    }
    // As documented, the wallet secret is in the file, because checking a signature needs the secret itself.
    assert!(contains(credentials.wallet_secret().expose_secret()));
}

#[cfg(unix)]
#[tokio::test]
async fn no_other_user_may_read_the_file() {
    use std::os::unix::fs::PermissionsExt;

    let folder = Folder::new("rights");
    let sandbox = Sandbox::builder().store(folder.file()).start().await.unwrap();
    for entry in fs::read_dir(folder.path()).unwrap() {
        let (path, mode) = entry.map(|e| (e.path(), e.metadata().unwrap().permissions())).unwrap();
        assert_eq!(mode.mode() & 0o777, 0o600, "{}", path.display());
    }
    sandbox.stop().await;
}

/// The sandbox writes the wallet secret into an existing empty file, so it must restrict that file's permissions.
#[cfg(unix)]
#[tokio::test]
async fn no_other_user_may_read_a_file_that_was_empty_before() {
    use std::os::unix::fs::PermissionsExt;

    let folder = Folder::new("rights-of-empty");
    fs::write(folder.file(), "").unwrap();
    fs::set_permissions(folder.file(), fs::Permissions::from_mode(0o644)).unwrap();
    let sandbox = Sandbox::builder().store(folder.file()).start().await.unwrap();
    for suffix in ["", "-wal"] {
        let path = folder.path().join(format!("sandbox.db{suffix}"));
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{}", path.display());
    }
    sandbox.stop().await;
}

/// The symbolic links point to a file that doesn't exist yet, so the operating system can't resolve them.
#[cfg(unix)]
#[tokio::test]
async fn links_to_a_missing_file_lead_to_the_same_store() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let folder = Folder::new("link");
    let (inner, link) = (folder.path().join("inner.db"), folder.path().join("outer.db"));
    symlink("sandbox.db", &inner).unwrap();
    symlink(&inner, &link).unwrap();
    let first = Sandbox::builder().store(&link).start().await.unwrap();
    let mode = fs::metadata(folder.file()).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "others must not be able to read it");
    for name in [&link, &inner, &folder.file()] {
        let error = Sandbox::builder().store(name).start().await.unwrap_err();
        assert_eq!(error.kind(), StartErrorKind::Store(StoreErrorKind::InUse), "{name:?}");
    }
    first.stop().await;

    let circle = folder.path().join("circle.db");
    symlink(&circle, &circle).unwrap();
    let error = Sandbox::builder().store(&circle).start().await.unwrap_err();
    assert_eq!(error.kind(), StartErrorKind::Store(StoreErrorKind::Failed));
}

/// Makes a file private, because other users can read a file that SQLite creates.
pub(crate) fn close_to_others(path: &Path) {
    #[cfg(unix)]
    std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    #[cfg(not(unix))]
    let _ = path;
}

#[track_caller]
fn check_refused(folder: &Folder, words: &[&str]) {
    let output = run(&["serve", "--port", "0", "--store", folder.file().to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    let error = String::from_utf8(output.stderr).unwrap();
    for word in words {
        assert!(error.contains(word), "{error}");
    }
    assert!(error.contains(folder.file().to_str().unwrap()), "{error}");
}

#[test]
fn a_second_program_on_the_same_file_is_refused() {
    let folder = Folder::new("second");
    let file = folder.file().to_str().unwrap().to_owned();
    let mut first = Running::start(&["serve", "--port", "0", "--json", "--store", &file]);
    assert!(first.line().starts_with('{'));
    check_refused(&folder, &["is in use", "stop that first"]);
    let output = run(&["keys", "list", "--store", &file]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains("is in use"));
    first.kill();
    let output = run(&["keys", "list", "--store", &file]);
    assert_eq!(output.status.code(), Some(0), "the lock ends with the process");
}

#[tokio::test]
async fn a_file_in_use_by_the_same_process_is_refused_under_any_name() {
    let folder = Folder::new("same-process");
    let first = Sandbox::builder().store(folder.file()).start().await.unwrap();
    let other_name = folder.path().join(".").join("sandbox.db");
    let error = Sandbox::builder().store(other_name).start().await.unwrap_err();
    assert_eq!(error.kind(), StartErrorKind::Store(StoreErrorKind::InUse));
    let client = Client::at(first.url(), first.credentials().unwrap());
    client.get("/payment-link/").await.expect(200);
    first.stop().await;
}

#[tokio::test]
async fn a_newer_file_is_left_unchanged() {
    let folder = Folder::new("newer");
    let sandbox = Sandbox::builder().store(folder.file()).start().await.unwrap();
    sandbox.stop().await;
    let connection = || Connection::open(folder.file()).unwrap();
    let set = |version: u32| connection().pragma_update(None, "user_version", version).unwrap();
    let known = connection().pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    set(99);
    let up_to = format!("versions up to {known}");
    check_refused(&folder, &["has version 99", &up_to, "update mileston-sandbox"]);
    set(known);
    Sandbox::builder().store(folder.file()).start().await.unwrap().stop().await;
}

/// Follows the advice in the error message. The new store must be empty, even if the old store's log was not
/// checkpointed.
#[test]
fn a_file_from_before_the_first_release_is_left_unchanged_until_it_is_deleted() {
    let folder = Folder::new("older");
    let connection = Connection::open(folder.file()).unwrap();
    // Only a development version's markers are needed, because nothing else in the file is read.
    let script = "PRAGMA journal_mode = wal; PRAGMA application_id = 0x4d534258; PRAGMA user_version = 3; \
                  CREATE TABLE resources (id); INSERT INTO resources VALUES ('old');";
    connection.execute_batch(script).unwrap();
    connection
        .set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)
        .unwrap();
    drop(connection);
    for suffix in ["", "-wal", "-shm"] {
        let path = folder.path().join(format!("sandbox.db{suffix}"));
        if path.exists() {
            close_to_others(&path);
        }
    }
    check_refused(
        &folder,
        &["has version 3", "from before the first release", "`rm ", "use another file"],
    );
    let left = Connection::open(folder.file()).unwrap();
    let rows: String = left.query_row("SELECT id FROM resources", [], |row| row.get(0)).unwrap();
    assert_eq!(rows, "old");
    drop(left);

    let output = run(&["keys", "list", "--store", folder.file().to_str().unwrap()]);
    let error = String::from_utf8(output.stderr).unwrap();
    let advice = error.split('`').nth(1).expect("a command in backquotes");
    assert!(std::process::Command::new("sh").args(["-c", advice]).status().unwrap().success());
    let mut running = Running::start(&[
        "serve",
        "--port",
        "0",
        "--json",
        "--store",
        folder.file().to_str().unwrap(),
    ]);
    assert!(running.line().starts_with('{'));
    drop(running.stop("-TERM"));
    let new = Connection::open(folder.file()).unwrap();
    let rows: i64 = new.query_row("SELECT count(*) FROM resources", [], |row| row.get(0)).unwrap();
    assert_eq!(rows, 0);
}

#[test]
fn a_file_that_is_not_a_store_is_left_unchanged() {
    let folder = Folder::new("no-store");
    let text = "This is somebody's diary, and by no means a database.\n".repeat(50);
    fs::write(folder.file(), &text).unwrap();
    check_refused(&folder, &["is not a mileston-sandbox store"]);
    assert_eq!(fs::read_to_string(folder.file()).unwrap(), text);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is created next to it");

    fs::remove_file(folder.file()).unwrap();
    fs::create_dir(folder.file()).unwrap();
    check_refused(&folder, &["is not a mileston-sandbox store"]);
    fs::remove_dir(folder.file()).unwrap();

    let connection = Connection::open(folder.file()).unwrap();
    connection.execute_batch("CREATE TABLE theirs (x); INSERT INTO theirs VALUES (1)").unwrap();
    drop(connection);
    close_to_others(&folder.file());
    let before = fs::read(folder.file()).unwrap();
    check_refused(&folder, &["is not a mileston-sandbox store"]);
    assert_eq!(fs::read(folder.file()).unwrap(), before, "not even its journal mode is changed");
}

/// If the file were accepted, its business id would be part of the lines that users paste into a shell.
#[test]
fn a_manipulated_file_puts_nothing_into_the_export_lines() {
    let folder = Folder::new("by-hand");
    let file = folder.file().to_str().unwrap().to_owned();
    let mut running = Running::start(&["serve", "--port", "0", "--json", "--store", &file]);
    running.line();
    drop(running.stop("-TERM"));
    let connection = Connection::open(folder.file()).unwrap();
    connection
        .execute_batch(
            "PRAGMA foreign_keys = OFF; UPDATE businesses SET id = '$(reboot)'; \
             UPDATE accounts SET business = '$(reboot)'",
        )
        .unwrap();
    drop(connection);
    check_refused(
        &folder,
        &["contains unreadable data", "a business id that isn't from a sandbox"],
    );
}

#[tokio::test]
async fn the_commands_for_a_file_with_an_odd_name_can_be_pasted() {
    let folder = Folder::new("odd-name");
    let file = folder.path().join("my shop's $(reboot).db");
    let sandbox = Sandbox::builder().store(&file).start().await.unwrap();
    sandbox.stop().await;
    let mut running = Running::start(&["serve", "--port", "0", "--store", file.to_str().unwrap()]);
    let line = loop {
        let line = running.line();
        assert!(!line.is_empty(), "no such line");
        if line.contains("keys list --store") {
            break line;
        }
    };
    assert!(line.contains("--store '/"), "{line}");
    assert!(line.ends_with("/my shop'\\''s $(reboot).db'\n"), "{line}");
    running.kill();
}

#[test]
fn a_damaged_file_is_refused_with_an_explanation() {
    let folder = Folder::new("damaged");
    let file = folder.file().to_str().unwrap().to_owned();
    let mut running = Running::start(&["serve", "--port", "0", "--json", "--store", &file]);
    running.line();
    drop(running.stop("-TERM"));
    let mut bytes = fs::read(&file).unwrap();
    bytes[100..4096].fill(0xff);
    fs::write(&file, bytes).unwrap();
    check_refused(&folder, &["is damaged", "replace it with a backup"]);
}

#[test]
fn a_missing_folder_is_reported() {
    let output = run(&["serve", "--port", "0", "--store", "/nowhere/at/all.db"]);
    assert_eq!(output.status.code(), Some(1));
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.contains("cannot use the store /nowhere/at/all.db: "), "{error}");
}
