//! Makes calls from a program that is not async, to a server that keeps its connections open.

#![allow(clippy::unwrap_used, reason = "test helpers may panic")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use mileston_api::blocking::Runtime;
use mileston_api::reconcile::{CreateCheck, Snapshot};
use mileston_api::types::{CreatePaymentLink, PaymentLink};
use mileston_api::{
    ApiKey, BusinessId, CheckoutKey, Client, ErrorKind, InvoiceId, NormalKey, Outcome, Test, Wait,
};

const LINK: &str = r#"{"paymentData":{"paymentLinkId":"id-1"}}"#;

/// Responds to every request with the same JSON, and counts connections and requests.
struct Server {
    origin: String,
    connections: Arc<AtomicUsize>,
    requests: Arc<AtomicUsize>,
}

impl Server {
    fn answering(body: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let (connections, requests) =
            (Arc::<AtomicUsize>::default(), Arc::<AtomicUsize>::default());
        let (count, counts) = (connections.clone(), requests.clone());
        thread::spawn(move || {
            for stream in listener.incoming() {
                count.fetch_add(1, Ordering::SeqCst);
                let counts = counts.clone();
                thread::spawn(move || serve(stream.unwrap(), body, &counts));
            }
        });
        Server { origin, connections, requests }
    }

    fn client<K>(&self, key: &str) -> Client<K>
    where
        K: ApiKey + std::str::FromStr<Err: std::fmt::Debug>,
    {
        let business: BusinessId = "my-business".parse().unwrap();
        let builder = Client::builder(key.parse::<K>().unwrap(), business).unwrap();
        builder.origin(&self.origin).unwrap().without_retries().build().unwrap()
    }

    fn normal(&self) -> Client<NormalKey<Test>> {
        self.client("Mileston_TEST_fake0123")
    }

    fn counted(&self) -> (usize, usize) {
        (self.connections.load(Ordering::SeqCst), self.requests.load(Ordering::SeqCst))
    }
}

fn serve(stream: TcpStream, body: &str, requests: &AtomicUsize) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut writer = stream;
    loop {
        let (mut line, mut length) = (String::new(), 0);
        while reader.read_line(&mut line).unwrap_or(0) > 2 {
            if let Some(given) = line.strip_prefix("content-length: ") {
                length = given.trim().parse().unwrap();
            }
            line.clear();
        }
        if line.is_empty() {
            return;
        }
        reader.read_exact(&mut vec![0; length]).unwrap();
        requests.fetch_add(1, Ordering::SeqCst);
        let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len());
        writer.write_all((head + body).as_bytes()).unwrap();
    }
}

#[test]
fn calls_share_a_connection() {
    let server = Server::answering(LINK);
    let (client, runtime) = (server.normal(), Runtime::new().unwrap());
    for _ in 0..3 {
        let link = runtime.run(client.payment_links().get("id-1")).unwrap().unwrap();
        assert_eq!(link.payment_data.unwrap().payment_link_id, "id-1");
        // No thread waits for a call at this point, so the runtime's own thread must maintain the connection.
        thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(server.counted(), (1, 3));
}

/// The runtime must notice immediately that the server has closed an idle connection, not only when a write tries to
/// use the connection.
#[test]
fn a_closed_idle_connection_is_noticed_immediately() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let served = thread::spawn(move || {
        for _ in 0..2 {
            let mut stream = listener.accept().unwrap().0;
            let read = stream.read(&mut [0; 4096]).unwrap();
            assert!(read > 0);
            let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", LINK.len());
            stream.write_all((head + LINK).as_bytes()).unwrap();
        }
    });
    let key: NormalKey<Test> = "Mileston_TEST_fake0123".parse().unwrap();
    let builder = Client::builder(key, "my-business").unwrap().without_retries();
    let (client, runtime) =
        (builder.origin(&origin).unwrap().build().unwrap(), Runtime::new().unwrap());
    for _ in 0..2 {
        runtime.run(client.payment_links().create("100.00")).unwrap().unwrap();
        thread::sleep(Duration::from_millis(200));
    }
    served.join().unwrap();
}

#[test]
fn several_threads_use_one_runtime() {
    let server = Server::answering(LINK);
    let (client, runtime) = (server.normal(), Runtime::new().unwrap());
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..5 {
                    runtime.run(client.payment_links().get("id-1")).unwrap().unwrap();
                }
            });
        }
    });
    assert_eq!(server.counted().1, 40);
}

#[test]
fn a_wait_runs_like_a_call() {
    let server = Server::answering(r#"{"invoiceData":{"invoiceId":"7","status":"pending"}}"#);
    let client: Client<CheckoutKey<Test>> = server.client("Mileston_TEST_CHECKOUTKEY_fake0123");
    let runtime = Runtime::new().unwrap();
    let wait = Wait::new()
        .deadline(Duration::from_millis(300))
        .pauses(Duration::from_millis(20), Duration::from_millis(20));
    let error = runtime.run(wait.until_paid(&client, &InvoiceId::from("7"))).unwrap().unwrap_err();
    assert!(
        server.counted().1 > 2,
        "the wait must send more than one request: {:?} {error}",
        server.counted()
    );
    assert_eq!(server.counted().0, 1);
}

#[test]
fn a_reconcile_check_runs_like_a_call() {
    let server = Server::answering(r#"{"paymentData":[]}"#);
    let (client, runtime) = (server.normal(), Runtime::new().unwrap());
    let body = CreatePaymentLink::new("100.00").unwrap();
    let before = runtime.run(Snapshot::<PaymentLink>::take(&client)).unwrap().unwrap();
    let verdict = runtime.run(before.check_created(&client, &body)).unwrap().unwrap();
    assert_eq!(verdict, CreateCheck::NotSeen { complete: true });
    assert_eq!(server.counted().1, 2);
}

#[test]
fn a_calls_error_is_returned_unchanged() {
    let runtime = Runtime::new().unwrap();
    let key: NormalKey<Test> = "Mileston_TEST_fake0123".parse().unwrap();
    let builder = Client::builder(key, "my-business").unwrap().without_retries();
    let client = builder.origin("http://127.0.0.1:1").unwrap().build().unwrap();
    let error = runtime.run(client.payment_links().get("id")).unwrap().unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Connect, Outcome::NotSent));
}

#[tokio::test]
async fn a_call_inside_an_async_runtime_is_an_error_and_not_a_panic() {
    let server = Server::answering(LINK);
    let (client, runtime) = (server.normal(), Runtime::new().unwrap());
    let error = runtime.run(client.payment_links().get("id-1")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "a blocking call would block the async runtime it is made in, so nothing was sent; await the call instead, or \
         run it on a thread from `std::thread::spawn`"
    );
    // Dropping the runtime here would panic if it blocked.
    drop(runtime);
    client.payment_links().get("id-1").await.unwrap();
    assert_eq!(server.counted(), (1, 1), "the rejected call must not be sent");
}
