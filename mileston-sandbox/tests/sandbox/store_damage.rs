//! A damaged file is rejected when it is opened, before the sandbox returns wrong data or accepts a write that would be
//! lost.

use std::fs;

use mileston_sandbox::{Sandbox, StoredSandbox};
use serde_json::{Value, json};

use crate::http::Client;
use crate::program::run;
use crate::store::close_to_others;
use crate::temporary::Folder;

const PAGE: usize = 4096;

/// Creates a store with payment links, invoices and a webhook. Returns a client, and what `answers` returns.
async fn made(folder: &Folder) -> (Client, Vec<Value>) {
    let sandbox = Sandbox::builder().seed(1).store(folder.file()).start().await.unwrap();
    let credentials = sandbox.credentials().unwrap().clone();
    let client = Client::at(sandbox.url(), &credentials);
    for number in 0..40 {
        let title = format!("{number}: {}", "x".repeat(number * 100));
        let body = json!({
            "amount": "12.50", "title": title, "itemName": "i", "customerEmail": "a@example.com",
            "dueDate": "2031-01-31T00:00:00.000Z",
        });
        for path in ["/payment-link/create", "/invoice/create?businessName=A"] {
            client.post(path, &body).await.expect(201);
        }
    }
    sandbox
        .webhooks()
        .register("http://127.0.0.1:9/", &"fake-token".parse().unwrap(), &[])
        .await
        .unwrap();
    let answers = answers(&sandbox, &client).await.unwrap();
    sandbox.stop().await;
    (client, answers)
}

/// Fetches the lists, each payment link and invoice, and the webhooks. Returns the lists and webhooks, or the first
/// failure.
async fn answers(sandbox: &StoredSandbox, client: &Client) -> Result<Vec<Value>, String> {
    let client = client.clone().at_url(sandbox.url());
    let mut answers = Vec::new();
    for path in ["/payment-link/?limit=1000", "/invoice/?limit=1000"] {
        let reply = client.get(path).await;
        if reply.status != 200 {
            return Err(reply.body);
        }
        let list = reply.json();
        for (field, id) in [("paymentData", "paymentLinkId"), ("invoiceData", "invoiceId")] {
            for item in list.get(field).and_then(Value::as_array).into_iter().flatten() {
                let path = path.split_once('?').unwrap().0;
                let one = client.get(&format!("{path}{}", item[id].as_str().unwrap())).await;
                if one.status != 200 {
                    return Err(one.body);
                }
            }
        }
        answers.push(list);
    }
    let webhooks = sandbox.webhooks().list().await.map_err(|error| error.to_string())?;
    answers.extend(webhooks.iter().map(|webhook| json!([webhook.id, webhook.url])));
    Ok(answers)
}

/// Checks that the file is rejected, or that the sandbox gives the same responses as before. Returns whether the file
/// is rejected.
async fn check(
    folder: &Folder,
    bytes: &[u8],
    client: &Client,
    expected: &[Value],
    how: &str,
) -> bool {
    for suffix in ["-wal", "-shm"] {
        let _ = fs::remove_file(folder.path().join(format!("sandbox.db{suffix}")));
    }
    fs::write(folder.file(), bytes).unwrap();
    match Sandbox::builder().store(folder.file()).start().await {
        Err(error) => {
            let text = error.to_string();
            let is_explained = text.contains("is damaged: replace it with a backup")
                || text.contains("is not a mileston-sandbox store");
            assert!(is_explained, "{how}: {text}");
            true
        }
        Ok(sandbox) => {
            let found = answers(&sandbox, client).await;
            sandbox.stop().await;
            let found = found.unwrap_or_else(|failure| {
                panic!("{how}: the sandbox started, but then failed: {failure}")
            });
            assert!(found == expected, "{how}: the sandbox started, but gave different responses");
            false
        }
    }
}

#[tokio::test]
async fn a_damaged_page_is_detected_or_harmless() {
    let folder = Folder::new("damaged-pages");
    let (client, expected) = made(&folder).await;
    let whole = fs::read(folder.file()).unwrap();
    let pages = whole.len() / PAGE;
    let (mut refused, mut tried) = (0, 0);
    for page in 0..pages {
        let place = page * PAGE..(page + 1) * PAGE;
        let other = (page + 7) % pages * PAGE;
        let other = whole[other..other + PAGE].to_vec();
        let half = |filling: u8| {
            let mut half = whole[place.clone()].to_vec();
            half[PAGE / 2..].fill(filling);
            half
        };
        let damages = [vec![0; PAGE], vec![0xff; PAGE], half(0), half(0xff), other];
        for (way, damage) in damages.into_iter().enumerate() {
            let mut bytes = whole.clone();
            bytes[place.clone()].copy_from_slice(&damage);
            if bytes != whole {
                tried += 1;
                let how = format!("page {} of {pages}, way {way}", page + 1);
                refused += u32::from(check(&folder, &bytes, &client, &expected, &how).await);
            }
        }
    }
    assert!(refused > tried / 2, "{refused} of {tried} were refused");
    assert!(!check(&folder, &whole, &client, &expected, "whole").await);
}

#[tokio::test]
async fn a_truncated_file_is_refused() {
    let folder = Folder::new("cut");
    let (client, expected) = made(&folder).await;
    let whole = fs::read(folder.file()).unwrap();
    let lengths = [1, 15, 16, 100, 511, 512, 4095, 4096, 5000, whole.len() / 2, whole.len() - PAGE];
    for length in lengths.into_iter().chain([whole.len() - 1]) {
        let how = format!("{length} of {} bytes", whole.len());
        assert!(check(&folder, &whole[..length], &client, &expected, &how).await, "{how}");
    }
}

/// If the sandbox opened an empty file that has a log, SQLite would delete the log.
#[tokio::test]
async fn an_empty_file_with_a_log_is_refused() {
    let folder = Folder::new("emptied");
    fs::write(folder.file(), "").unwrap();
    let log = folder.path().join("sandbox.db-wal");
    fs::write(&log, "the last write").unwrap();
    close_to_others(&log);
    let output = run(&["keys", "list", "--store", folder.file().to_str().unwrap()]);
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.contains("is damaged"), "{error}");
    assert_eq!(fs::read_to_string(&log).unwrap(), "the last write");
}

/// If the log is lost, so are the latest writes. The business and its keys must not be lost as well: without them, the
/// sandbox would create a new store, which would hide the loss.
#[tokio::test]
async fn a_new_store_that_loses_its_log_keeps_its_business_and_keys() {
    let folder = Folder::new("lost-log");
    let sandbox = Sandbox::builder().store(folder.file()).start().await.unwrap();
    let credentials = sandbox.credentials().unwrap().clone();
    // The copy is like the file after `kill -9`, but without its log.
    let copy = folder.path().join("copy.db");
    fs::copy(folder.file(), &copy).unwrap();
    close_to_others(&copy);
    let again = Sandbox::builder().store(&copy).start().await.unwrap();
    assert!(again.credentials().is_none(), "a new store was created");
    let client = Client::at(again.url(), &credentials);
    client.get("/payment-link/").await.expect(200);
    again.stop().await;
    sandbox.stop().await;
}
