//! Starts and stops sandboxes.

use std::time::Duration;

use mileston_sandbox::{Sandbox, StartErrorKind};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::http::Client;
use crate::temporary::Folder;

fn address(sandbox: &Sandbox) -> String {
    sandbox.url().strip_prefix("http://").unwrap().to_owned()
}

async fn is_gone(address: &str) -> bool {
    for _ in 0..100 {
        if TcpStream::connect(address).await.is_err() {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    false
}

#[tokio::test]
async fn stopping_frees_the_port() {
    let sandbox = Sandbox::start().await.unwrap();
    let address = address(&sandbox);
    sandbox.stop().await;
    assert!(TcpStream::connect(&address).await.is_err());
    let port = address.rsplit(':').next().unwrap().parse().unwrap();
    Sandbox::builder().port(port).start().await.unwrap();
}

#[tokio::test]
async fn dropping_stops_the_sandbox_and_closes_idle_connections() {
    let sandbox = Sandbox::start().await.unwrap();
    let address = address(&sandbox);
    let mut idle = TcpStream::connect(&address).await.unwrap();
    idle.write_all(b"GET /status HTTP/1.1\r\nHost: localhost\r\n\r\n").await.unwrap();
    let mut first = [0; 12];
    idle.read_exact(&mut first).await.unwrap();
    assert_eq!(&first, b"HTTP/1.1 200");
    drop(sandbox);
    assert!(is_gone(&address).await);
    let mut rest = Vec::new();
    let closed = tokio::time::timeout(Duration::from_secs(5), idle.read_to_end(&mut rest)).await;
    assert!(closed.is_ok(), "the connection is still open");
}

/// Drops a sandbox and immediately starts a new one on the same port, with the same file if there is one.
#[tokio::test]
async fn a_new_sandbox_can_use_the_port_and_file_of_a_dropped_one() {
    let folder = Folder::new("dropped");
    let port = |url: &str| url.rsplit(':').next().unwrap().parse::<u16>().unwrap();
    let mut sandbox = Sandbox::start().await.unwrap();
    let mut stored = Sandbox::builder().store(folder.file()).start().await.unwrap();
    for _ in 0..10 {
        let idle = TcpStream::connect(address(&sandbox)).await.unwrap();
        let [one, two] = [sandbox.url(), stored.url()].map(port);
        drop(sandbox);
        sandbox = Sandbox::builder().port(one).start().await.unwrap();
        drop(stored);
        stored = Sandbox::builder().port(two).store(folder.file()).start().await.unwrap();
        Client::backend(&sandbox).get("/payment-link/").await.expect(200);
        drop(idle);
    }
}

#[tokio::test]
async fn a_client_that_never_finishes_does_not_delay_stopping() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut slow = TcpStream::connect(address(&sandbox)).await.unwrap();
    slow.write_all(
        b"POST /payment-link/create HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{",
    )
    .await
    .unwrap();
    tokio::time::sleep(Duration::from_millis(50)).await;
    tokio::time::timeout(Duration::from_secs(8), sandbox.stop()).await.unwrap();
}

#[tokio::test]
async fn a_port_in_use_is_reported() {
    let sandbox = Sandbox::start().await.unwrap();
    let port = address(&sandbox).rsplit(':').next().unwrap().parse().unwrap();
    let error = Sandbox::builder().port(port).start().await.unwrap_err();
    assert_eq!(error.kind(), StartErrorKind::PortInUse);
    assert!(error.to_string().contains(&format!("port {port} is already in use")), "{error}");
}

#[tokio::test]
async fn hundreds_of_sandboxes_run_in_one_process() {
    let mut sandboxes = Vec::new();
    for _ in 0..200 {
        sandboxes.push(Sandbox::start().await.unwrap());
    }
    for sandbox in &sandboxes {
        Client::backend(sandbox).get("/payment-link/").await.expect(200);
    }
}

#[test]
fn starting_without_a_runtime_is_an_error() {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    let mut start = pin!(Sandbox::start());
    let Poll::Ready(Err(error)) = start.as_mut().poll(&mut Context::from_waker(Waker::noop()))
    else {
        panic!("the start must fail at once");
    };
    assert_eq!(error.kind(), StartErrorKind::NoRuntime);
}

#[tokio::test]
async fn debug_shows_no_secret() {
    let sandbox = Sandbox::builder().live_keys(true).start().await.unwrap();
    let text = format!("{sandbox:?}");
    assert!(text.contains(sandbox.url()));
    for secret in [
        sandbox.normal_key().expose_secret(),
        sandbox.checkout_key().expose_secret(),
        sandbox.wallet_secret().expose_secret(),
        sandbox.live_normal_key().unwrap().expose_secret(),
    ] {
        assert!(!text.contains(secret), "{text}");
    }
}
