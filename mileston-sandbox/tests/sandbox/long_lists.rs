//! A list that is sent while it is still being read from the store is either complete and consistent, or visibly
//! broken.

use std::time::Duration;

use mileston_api::types::PaymentLinkList;
use mileston_sandbox::{Credentials, Sandbox};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;

use crate::http::Client;
use crate::temporary::Folder;

/// How long a request may take while a long list is being sent.
const SOON: Duration = Duration::from_secs(20);

/// The number of links in a long list. One read returns 100 rows, so the list takes a second read. The list is about
/// 12 MB long, which is more than the operating system buffers. If the store is a file, its read transaction stays
/// open until the client reads.
const LONG: usize = 120;

/// Creates links with descriptions of 100 kB, and returns their ids, oldest first.
async fn fill(client: &Client, count: usize) -> Vec<String> {
    let description = format!("Ünï\u{1f980}\"\\\n{}", "x".repeat(100_000));
    let mut ids = Vec::new();
    for number in 0..count {
        let body =
            json!({ "amount": "1", "title": number.to_string(), "description": description });
        let created = client.post("/payment-link/create", &body).await.expect(201);
        ids.push(created["paymentData"]["paymentLinkId"].as_str().unwrap().to_owned());
    }
    ids
}

/// Sends the request for a list and reads only the start of the response.
async fn begin(url: &str, credentials: &Credentials) -> (TcpStream, Vec<u8>) {
    let address = url.strip_prefix("http://").unwrap();
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(16 << 10).unwrap();
    let mut stream = socket.connect(address.parse().unwrap()).await.unwrap();
    let (key, business) = (credentials.normal_key().expose_secret(), credentials.business_id());
    let request = format!(
        "GET /payment-link/ HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\napikey: {key}\r\n\
         businessid: {business}\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut start = vec![0; 1024];
    stream.read_exact(&mut start).await.unwrap();
    (stream, start)
}

fn titles(list: &Value) -> Vec<&str> {
    let links = list["paymentData"].as_array().unwrap();
    links.iter().map(|link| link["title"].as_str().unwrap()).collect()
}

fn numbers(count: usize) -> Vec<String> {
    (0..count).rev().map(|number| number.to_string()).collect()
}

/// Checks that a list of about 3 MB has the same bytes as a list that is serialized in one piece.
async fn check_bytes(url: &str, credentials: &Credentials) {
    let client = Client::at(url, credentials);
    let short = client.get("/payment-link/").await;
    assert_eq!(
        short.body,
        r#"{"statusCode":200,"message":"Payment links found","paymentData":[]}"#
    );
    fill(&client, 2).await;
    let short = client.get("/payment-link/").await;
    assert!(short.head.contains("\r\ncontent-length: "), "{}", short.head);
    fill(&client, 28).await;
    let long = client.get("/payment-link/").await;
    assert!(long.head.contains("\r\ntransfer-encoding: chunked"), "{}", long.head);
    assert!(long.head.contains("\r\ncontent-type: application/json\r\n"), "{}", long.head);
    let list: PaymentLinkList = serde_json::from_str(&long.body).unwrap();
    assert_eq!(list.payment_data.len(), 30);
    assert!(
        serde_json::to_string(&list).unwrap() == long.body,
        "the bytes differ from a list that is serialized in one piece"
    );
    assert!(client.get("/payment-link/?limit=4294967295").await.body == long.body);
    let newest = client.get("/payment-link/?limit=28").await.json();
    assert_eq!(titles(&newest), numbers(28));
    let [all, some] = [&long.json(), &newest].map(|list| list["paymentData"].clone());
    assert!(all.as_array().unwrap()[..28] == *some.as_array().unwrap());
}

#[tokio::test]
async fn a_long_list_has_the_same_bytes_as_one_that_is_written_at_once() {
    let sandbox = Sandbox::start().await.unwrap();
    check_bytes(sandbox.url(), sandbox.credentials()).await;
    let folder = Folder::new("long-list");
    let sandbox = Sandbox::builder().store(folder.file()).start().await.unwrap();
    check_bytes(sandbox.url(), sandbox.credentials().unwrap()).await;
    sandbox.stop().await;
}

/// Checks that a list shows the state at the time of the request, even if its client reads it later.
async fn check_state(url: &str, credentials: &Credentials) {
    let client = Client::at(url, credentials);
    let ids = fill(&client, LONG).await;
    let (mut stream, mut answer) = begin(url, credentials).await;
    let writes = async {
        let update = json!({ "paymentLinkId": ids[0], "title": "changed" });
        client.patch("/payment-link/update", &update).await.expect(200);
        client.delete(&format!("/payment-link/delete/{}", ids[1])).await.expect(200);
        let new = json!({ "amount": "1", "title": "new" });
        client.post("/payment-link/create", &new).await.expect(201);
    };
    timeout(SOON, writes).await.expect("a list that is being read doesn't delay writes");
    stream.read_to_end(&mut answer).await.unwrap();
    let list = crate::http::Reply::read(&answer).expect(200);
    assert_eq!(titles(&list), numbers(LONG), "the state at the time of the request");
    let list = client.get("/payment-link/").await.expect(200);
    let (now, mut expected) = (titles(&list), numbers(LONG));
    expected.insert(0, "new".to_owned());
    expected.remove(LONG - 1);
    expected[LONG - 1] = "changed".to_owned();
    assert_eq!(now, expected);
}

#[tokio::test]
async fn a_list_in_memory_shows_one_state_and_does_not_delay_writes() {
    let sandbox = Sandbox::start().await.unwrap();
    check_state(sandbox.url(), sandbox.credentials()).await;
}

#[tokio::test]
async fn a_list_from_a_file_shows_one_state_and_does_not_delay_writes() {
    let folder = Folder::new("list-state");
    let sandbox = Sandbox::builder().store(folder.file()).start().await.unwrap();
    check_state(sandbox.url(), sandbox.credentials().unwrap()).await;
    sandbox.stop().await;
}

#[tokio::test]
async fn clients_that_stop_reading_delay_only_other_long_lists() {
    let folder = Folder::new("slow-lists");
    let sandbox = Sandbox::builder().store(folder.file()).start().await.unwrap();
    let credentials = sandbox.credentials().unwrap();
    let client = Client::at(sandbox.url(), credentials);
    let ids = fill(&client, LONG).await;
    let mut slow = Vec::new();
    for _ in 0..4 {
        slow.push(begin(sandbox.url(), credentials).await);
    }
    let others = async {
        client.get(&format!("/payment-link/{}", ids[0])).await.expect(200);
        client.get("/payment-link/?limit=1").await.expect(200);
        client.delete(&format!("/payment-link/delete/{}", ids[0])).await.expect(200);
    };
    timeout(SOON, others).await.expect("short requests don't wait for lists");
    let fifth = async { client.get("/payment-link/").await.expect(200) };
    let mut fifth = std::pin::pin!(fifth);
    let waits = timeout(Duration::from_millis(300), &mut fifth).await;
    assert!(waits.is_err(), "at most four lists are read at the same time");
    drop(slow);
    let list = timeout(SOON, fifth).await.expect("a closed connection ends its list");
    assert_eq!(titles(&list).len(), LONG - 1);
    sandbox.stop().await;
}

/// The body must not look complete.
#[tokio::test]
async fn a_list_that_cannot_be_read_to_its_end_breaks_the_connection() {
    let folder = Folder::new("broken-list");
    let sandbox = Sandbox::builder().store(folder.file()).start().await.unwrap();
    let credentials = sandbox.credentials().unwrap().clone();
    fill(&Client::at(sandbox.url(), &credentials), 30).await;
    sandbox.stop().await;
    for (row, is_in_the_first_part) in [("min", false), ("max", true)] {
        let connection = rusqlite::Connection::open(folder.file()).unwrap();
        let damage = format!(
            "UPDATE resources SET data = '7' WHERE sequence = (SELECT {row}(sequence) FROM resources)"
        );
        assert_eq!(connection.execute(&damage, []).unwrap(), 1);
        drop(connection);
        let sandbox = Sandbox::builder().store(folder.file()).start().await.unwrap();
        if is_in_the_first_part {
            let reply = Client::at(sandbox.url(), &credentials).get("/payment-link/").await;
            let message = reply.expect_refusal(500, "Internal Server Error");
            assert!(message.contains("contains unreadable data"), "{message}");
        } else {
            let (mut stream, mut answer) = begin(sandbox.url(), &credentials).await;
            let ended = stream.read_to_end(&mut answer).await;
            assert!(answer.starts_with(b"HTTP/1.1 200 OK\r\n"));
            assert!(answer.len() > 1 << 20, "the readable part was sent");
            assert!(ended.is_err() || !answer.ends_with(b"\r\n0\r\n\r\n"), "it looks complete");
        }
        sandbox.stop().await;
    }
}

#[tokio::test]
async fn a_long_list_can_be_cut_or_broken_by_a_fault() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = Client::backend(&sandbox);
    fill(&client, 10).await;
    let whole = client.get("/payment-link/").await;
    let broken = client.clone().header("x-sandbox-fault", "broken-json");
    let broken = broken.get("/payment-link/").await;
    assert!(broken.body == whole.body.replacen(':', "?", 1));
    let cut = client.header("x-sandbox-fault", "body-cut").get_raw("/payment-link/").await;
    assert!(cut.starts_with(b"HTTP/1.1 200 OK\r\n"));
    assert!(cut.len() > 10_000 && cut.len() < whole.body.len(), "{}", cut.len());
    assert!(!cut.ends_with(b"\r\n0\r\n\r\n"), "it looks complete");
}
