//! Tests responses that arrive before the server has read the complete request.

use std::time::Duration;

use openapi_keys_runtime::{Body, Error, ErrorKind, Outcome, StatusCode};

use super::server::{Connection, Server, response};
use super::steps::{Chunk, Stall, steps};
use super::{ADD, JsonCall, core};

/// The size of an upload that doesn't fit into the connection's buffers.
const LARGE: usize = 32 << 20;

const TOO_LARGE: ErrorKind = ErrorKind::Refused(StatusCode::PAYLOAD_TOO_LARGE);

fn refuse(connection: &mut Connection) {
    connection.write(response(413, "text/plain", "at most 1 MB"));
}

async fn refused(server: &Server, body: impl Into<Body>) -> Error {
    let call = JsonCall::new(&core(server), &ADD).body("text/plain", body);
    call.timeout(Duration::from_secs(20)).await.unwrap_err()
}

#[track_caller]
fn check_rejected(error: &Error) {
    assert_eq!((error.kind(), error.outcome()), (TOO_LARGE, Outcome::Refused), "{error}");
    assert_eq!(error.messages(), ["at most 1 MB"]);
}

/// The server reads the rest of the request, as careful servers do, so the client's operating system doesn't discard
/// the response.
#[tokio::test]
async fn a_rejection_before_the_end_of_the_request_is_reported() {
    let server = Server::start(|connection| {
        refuse(connection);
        connection.end_writing();
        connection.is_closed();
    });
    check_rejected(&refused(&server, vec![b'x'; LARGE]).await);
    check_rejected(&refused(&server, Body::from_stream(steps(&[Chunk("abc"), Stall]))).await);
}

/// The server neither reads the request nor closes the connection, so the upload would never end.
#[tokio::test]
async fn a_rejection_ends_an_upload_that_the_server_does_not_read() {
    let server = Server::start(|connection| {
        refuse(connection);
        std::thread::sleep(Duration::from_secs(30));
    });
    check_rejected(&refused(&server, vec![b'x'; LARGE]).await);
}

/// The server closes the connection before it has read all the data, so the server's operating system resets the
/// connection. The client's operating system may then discard the response.
#[tokio::test]
async fn a_rejection_with_a_reset_is_reported_or_the_outcome_is_unknown() {
    let server = Server::start(refuse);
    let mut reported = 0;
    for _ in 0..10 {
        let error = refused(&server, vec![b'x'; LARGE]).await;
        match error.kind() {
            ErrorKind::Interrupted => assert_eq!(error.outcome(), Outcome::Unknown),
            _ => {
                assert_eq!((error.kind(), error.outcome()), (TOO_LARGE, Outcome::Refused));
                reported += 1;
            }
        }
    }
    println!("reported: {reported} of 10");
}
