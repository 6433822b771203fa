//! Tests that our client doesn't follow any recorded redirect. Each recorded redirect leads to a different origin.
//! The vendor's SDKs follow all of them, and in some cases send the key to the new origin.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::thread;

use mileston_api::ErrorKind;

use crate::calls::Clients;
use crate::{lines, text};

#[tokio::test]
async fn no_recorded_redirect_is_followed() {
    let clients = Clients::new();
    let recorded = lines("redirects");
    assert!(recorded.iter().all(|line| line["followed"] == true), "an SDK ignored a redirect");
    for line in recorded {
        let elsewhere = TcpListener::bind("127.0.0.1:0").unwrap();
        elsewhere.set_nonblocking(true).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let response = format!(
            "HTTP/1.1 {} Recorded\r\nLocation: http://{}/elsewhere\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            line["status"],
            elsewhere.local_addr().unwrap()
        );
        thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let _ = stream.read(&mut [0; 16384]).unwrap();
            stream.write_all(response.as_bytes()).unwrap();
        });
        let id = text(&line, "id");
        let error = clients.make(text(&line, "call"), &origin).await.unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Redirected(_)), "{id}: {error:?}");
        let arrived = elsewhere.accept();
        assert!(arrived.is_err(), "{id}: a request was sent to the other origin");
    }
}
