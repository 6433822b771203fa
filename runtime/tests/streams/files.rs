//! Tests files that are uploaded, including files that change during the upload.

use std::io::Write as _;
use std::path::PathBuf;

use openapi_keys_runtime::{Body, ErrorKind, Outcome, Part};

use super::server::{Server, response};
use super::{ADD, JsonCall, core};

/// Creates a file with this content.
fn file(name: &str, content: &[u8]) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("streams");
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    std::fs::write(&path, content).unwrap();
    path
}

#[tokio::test]
async fn a_file_is_sent_with_its_length() {
    let content: Vec<u8> = (0..200_000_u32).flat_map(u32::to_le_bytes).collect();
    for content in [&content[..], b"", b"abc"] {
        let path = file(&format!("sent-{}", content.len()), content);
        let body = Body::file(&path).await.unwrap();
        assert_eq!(body.length(), Some(u64::try_from(content.len()).unwrap()));
        let server = Server::responding(response(200, "application/json", "7"));
        JsonCall::new(&core(&server), &ADD).body("text/plain", body).await.unwrap();
        let seen = server.seen(1).await.remove(0);
        assert_eq!(seen.framing(), content.len().to_string());
        assert!(seen.body == content);
    }
}

#[tokio::test]
async fn a_file_that_shrinks_fails_the_call_with_the_lengths() {
    let path = file("shrinks", &vec![b'x'; 1_000_000]);
    let body = Body::file(&path).await.unwrap();
    std::fs::OpenOptions::new().write(true).open(&path).unwrap().set_len(70_000).unwrap();
    let server = Server::responding(response(200, "application/json", "7"));
    let call = JsonCall::new(&core(&server), &ADD).body("text/plain", body);
    let error = call.await.unwrap_err();
    let got = (error.kind(), error.outcome(), error.attempts());
    assert_eq!(got, (ErrorKind::RequestBody, Outcome::Unknown, 1));
    assert!(error.to_string().contains(": it ended after 70000 of 1000000 bytes; "), "{error}");
    assert!(!server.seen(1).await[0].is_whole);
}

#[tokio::test]
async fn data_appended_to_a_file_is_not_sent() {
    let path = file("grows", &vec![b'x'; 100_000]);
    let body = Body::file(&path).await.unwrap();
    let mut end = std::fs::OpenOptions::new().append(true).open(&path).unwrap();
    end.write_all(&vec![b'y'; 100_000]).unwrap();
    let server = Server::responding(response(200, "application/json", "7"));
    JsonCall::new(&core(&server), &ADD).body("text/plain", body).await.unwrap();
    let seen = server.seen(1).await.remove(0);
    assert_eq!(seen.framing(), "100000");
    assert!(seen.body == vec![b'x'; 100_000]);
}

#[tokio::test]
async fn a_missing_file_or_a_folder_is_an_error_before_any_call() {
    let missing = file("there", b"").with_file_name("missing");
    let kind = std::io::ErrorKind::NotFound;
    assert_eq!(Body::file(&missing).await.unwrap_err().kind(), kind);
    assert_eq!(Part::file(&missing).await.unwrap_err().kind(), kind);
    Body::file(missing.parent().unwrap()).await.unwrap_err();
}
