//! Tests responses that are read as they arrive, over a network.

use std::sync::mpsc;
use std::time::Duration;

use openapi_keys_runtime::{Error, ErrorKind, Outcome, StatusCode};

use super::server::{Server, chunk, chunked, response};
use super::{DownloadCall, EXPORT, GET, HEAD, JsonCall, builder, core};

async fn chunks(call: DownloadCall) -> Result<(Vec<u8>, Option<u64>), Error> {
    let mut download = call.await?;
    let (mut all, length) = (Vec::new(), download.length());
    while let Some(chunk) = download.chunk().await? {
        assert!(!chunk.is_empty());
        all.extend_from_slice(&chunk);
    }
    assert!(download.chunk().await?.is_none(), "nothing follows the end");
    Ok((all, length))
}

fn export(server: &Server) -> DownloadCall {
    DownloadCall::new(&core(server), &EXPORT)
}

#[tokio::test]
async fn a_body_arrives_completely_with_any_framing() {
    let text = "\0abc\n".repeat(100_000);
    let in_chunks: String = ["x", "", "yz"].iter().map(|it| chunk(it)).collect::<String>();
    let in_chunks = in_chunks.replace("0\r\n\r\n", "") + &chunk("");
    for (response, expected, length) in [
        (response(200, "text/plain", &text), &*text, Some(500_000)),
        (chunked("text/plain") + &in_chunks, "xyz", None),
        ("HTTP/1.1 200 OK\r\n\r\nuntil the end".to_owned(), "until the end", None),
        (response(200, "text/plain", ""), "", Some(0)),
        (chunked("text/plain") + &chunk(""), "", None),
        ("HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\nignored".to_owned(), "", Some(0)),
        (response(206, "text/plain", "a part"), "a part", Some(6)),
    ] {
        let server = Server::responding(response.clone());
        let (all, found) = chunks(export(&server)).await.unwrap();
        assert!(all == expected.as_bytes(), "{response:.80}");
        assert_eq!(found, length, "{response:.80}");
        assert_eq!(server.seen(1).await[0].header("accept"), ["application/octet-stream"]);
    }
}

#[tokio::test]
async fn the_length_is_the_length_of_the_remaining_body() {
    let server = Server::responding(response(200, "text/plain", &"x".repeat(1_000_000)));
    let mut download = export(&server).await.unwrap();
    let mut left = 1_000_000;
    assert_eq!(download.length(), Some(left));
    while let Some(chunk) = download.chunk().await.unwrap() {
        left -= u64::try_from(chunk.len()).unwrap();
        assert_eq!(download.length(), Some(left));
    }
    assert_eq!(left, 0);
}

#[tokio::test]
async fn a_response_to_head_has_headers_and_no_body() {
    let server = Server::responding(
        "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 500\r\ncontent-type: image/png\r\n\r\n",
    );
    let response = DownloadCall::new(&core(&server), &HEAD).with_response().await.unwrap();
    assert_eq!(response.headers["content-length"], "500");
    assert_eq!(response.value.content_type(), Some("image/png"));
    assert_eq!(response.value.bytes().await.unwrap(), "");
}

#[tokio::test]
async fn any_operation_can_be_streamed() {
    let server = Server::responding(response(200, "application/json", "{\"not\": "));
    let download = JsonCall::new(&core(&server), &GET).streamed().await.unwrap();
    assert_eq!(download.content_type(), Some("application/json"));
    assert_eq!(download.text().await.unwrap(), "{\"not\": ");
    let mut call = JsonCall::new(&core(&server), &GET).streamed();
    (&mut call).await.unwrap();
    let error = call.await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::InvalidArgument, Outcome::Unknown));
}

#[tokio::test]
async fn a_streamed_call_can_also_return_its_response() {
    let server = Server::responding(
        "HTTP/1.1 201 Created\r\nconnection: close\r\netag: \"7\"\r\ncontent-length: 3\r\n\r\nabc",
    );
    let response = DownloadCall::new(&core(&server), &EXPORT).with_response().await.unwrap();
    assert_eq!((response.status, response.attempts), (StatusCode::CREATED, 1));
    assert_eq!(response.headers["etag"], "\"7\"");
    assert_eq!(response.value.bytes().await.unwrap(), "abc");
}

#[tokio::test]
async fn a_broken_connection_is_reported_as_the_last_item() {
    for response in [
        "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc".to_owned(),
        chunked("text/plain") + &chunk("abc"),
        chunked("text/plain") + "3\r\nabc\r\n5\r\nde",
    ] {
        let server = Server::responding(response.clone());
        let mut download = export(&server).await.unwrap();
        let mut all = Vec::new();
        let error = loop {
            match download.chunk().await {
                Ok(chunk) => all.extend_from_slice(&chunk.expect("it is cut")),
                Err(error) => break error,
            }
        };
        assert!(all.starts_with(b"abc"));
        let got = (error.kind(), error.outcome(), error.status(), error.attempts());
        let expected = (ErrorKind::BodyCut, Outcome::Unknown, Some(StatusCode::OK), 1);
        assert_eq!(got, expected, "{response}");
        assert!(
            error.to_string().ends_with(
                "/readings): 200 OK, but the connection broke in the middle of its body"
            ),
            "{error}"
        );
        assert!(download.chunk().await.unwrap().is_none(), "the error is the last item");
        assert_eq!(server.seen(1).await.len(), 1, "the call isn't retried");
    }
}

#[tokio::test]
async fn a_download_that_is_dropped_closes_its_connection() {
    let (tell, told) = mpsc::channel();
    let server = Server::start(move |connection| {
        connection.write(chunked("text/plain") + &chunk("abc"));
        tell.send(connection.is_closed()).unwrap();
    });
    let mut download = export(&server).await.unwrap();
    assert_eq!(download.chunk().await.unwrap().unwrap(), "abc");
    told.try_recv().unwrap_err();
    drop(download);
    let is_closed = tokio::task::spawn_blocking(move || told.recv_timeout(Duration::from_secs(5)));
    assert!(is_closed.await.unwrap().unwrap());
}

#[tokio::test]
async fn a_body_in_memory_has_a_size_limit() {
    for (size, fits) in [(1000, true), (1001, false)] {
        for framed in [
            response(200, "text/plain", &"x".repeat(size)),
            chunked("text/plain") + &chunk(&"x".repeat(size)) + &chunk(""),
        ] {
            let server = Server::responding(framed);
            let core = builder(&server).max_response_bytes(1000).build().unwrap();
            let get = || DownloadCall::new(&core, &EXPORT);
            let bytes = get().await.unwrap().bytes().await.map(|bytes| bytes.len());
            let text = get().await.unwrap().text().await.map(|text| text.len());
            for result in [bytes, text] {
                match result {
                    Ok(length) => assert!(fits && length == size),
                    Err(error) => {
                        assert!(!fits);
                        assert_eq!(error.kind(), ErrorKind::BodyTooLarge);
                        assert!(error.to_string().contains("the limit is 1000 bytes"), "{error}");
                    }
                }
            }
            assert_eq!(chunks(get()).await.unwrap().0.len(), size, "chunks have no limit");
        }
    }
}
