//! Tests that `reconcile` finds out whether a write was executed, even if the response to the write
//! was lost.

#![allow(clippy::unwrap_used, reason = "tests may panic")]

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use mileston_api::reconcile::{CreateCheck, Snapshot};
use mileston_api::types::PaymentLink;
use mileston_api::{Client, NormalClient, Outcome, Test};
use mileston_sandbox::Sandbox;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// Forwards everything to a server. If `loses_answers` is set, the proxy forwards requests, but closes the connection
/// as soon as the response begins. By then, the server has executed the request, but the client never sees the
/// response.
struct Proxy {
    origin: String,
    loses_answers: Arc<AtomicBool>,
}

impl Proxy {
    async fn start(server: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let loses_answers = Arc::new(AtomicBool::new(false));
        let loses = loses_answers.clone();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let server = TcpStream::connect(&server).await.unwrap();
                tokio::spawn(pass_on(client, server, loses.clone()));
            }
        });
        Proxy { origin, loses_answers }
    }
}

async fn pass_on(client: TcpStream, server: TcpStream, loses_answers: Arc<AtomicBool>) {
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    let there = async { drop(tokio::io::copy(&mut from_client, &mut to_server).await) };
    let back = async {
        let mut chunk = [0; 4096];
        loop {
            let read = from_server.read(&mut chunk).await.unwrap_or(0);
            let lost = loses_answers.load(Ordering::SeqCst);
            if read == 0 || lost || to_client.write_all(&chunk[..read]).await.is_err() {
                return;
            }
        }
    };
    // When one direction ends, close both.
    tokio::select! { () = there => {}, () = back => {} }
}

fn client(sandbox: &Sandbox, origin: &str) -> NormalClient<Test> {
    let client = Client::new(sandbox.normal_key().clone(), sandbox.business_id().clone()).unwrap();
    client.with_origin(origin).unwrap()
}

#[tokio::test]
async fn a_link_whose_response_was_lost_is_found_and_exists_once() {
    let sandbox = Sandbox::start().await.unwrap();
    let proxy = Proxy::start(sandbox.url().trim_start_matches("http://").to_owned()).await;
    let client = client(&sandbox, &proxy.origin);
    client.payment_links().create("100.00").title("Order 6").await.unwrap();

    let call = client.payment_links().create("100.00").title("Order 7");
    let body = call.body().unwrap().clone();
    let before = Snapshot::<PaymentLink>::take(&client).await.unwrap();
    proxy.loses_answers.store(true, Ordering::SeqCst);
    let error = call.await.unwrap_err();
    assert_eq!((error.outcome(), error.attempts()), (Outcome::Unknown, 1), "{error}");
    proxy.loses_answers.store(false, Ordering::SeqCst);

    let verdict = before.check_created(&client, &body).await.unwrap();
    let CreateCheck::Created(link) = verdict else { panic!("{verdict:?}") };
    assert_eq!(link.title.as_deref(), Some("Order 7"));
    let listed = client.payment_links().list().await.unwrap().payment_data;
    let equal = listed.iter().filter(|listed| listed.title == link.title);
    let ids: Vec<_> = equal.map(|listed| &listed.payment_link_id).collect();
    assert_eq!(ids, [&link.payment_link_id], "exactly one");
    assert_eq!(listed.len(), 2);
    sandbox.stop().await;
}

#[tokio::test]
async fn a_link_that_never_arrived_is_not_seen() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = client(&sandbox, sandbox.url());
    let call = client.payment_links().create("100.00").title("Order 7");
    let body = call.body().unwrap().clone();
    let before = Snapshot::<PaymentLink>::take(&client).await.unwrap();
    let verdict = before.check_created(&client, &body).await.unwrap();
    assert_eq!(verdict, CreateCheck::NotSeen { complete: true });
    sandbox.stop().await;
}
