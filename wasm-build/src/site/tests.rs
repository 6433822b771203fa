//! Tests a server by sending requests over a plain socket.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::*;

const PAGE: &str = "<!doctype html><meta name=\"api-key\" content=\"\"><p>Hello";

fn site(name: &str) -> Site {
    let folder = tools::target().join("tests/wasm-build").join(name);
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("index.html"), PAGE).unwrap();
    std::fs::write(folder.join("page_bg.wasm"), "\0asm").unwrap();
    std::fs::write(folder.join("page.js"), "export default 1;").unwrap();
    std::fs::write(folder.parent().unwrap().join("outside.txt"), "outside").unwrap();
    Site::new(folder)
}

/// Sends a request, and returns the head and the body of the response.
async fn send(server: &Server, request: &str) -> (String, String) {
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    let text = format!("{request} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    stream.write_all(text.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.to_lowercase(), body.to_owned())
}

#[tokio::test]
async fn files_have_the_type_that_browsers_need() {
    let server = site("types").file("/config.json", "{}").start().await.unwrap();
    for (path, expected) in [
        ("/", "content-type: text/html"),
        ("/page.js", "content-type: text/javascript"),
        ("/page_bg.wasm", "content-type: application/wasm"),
        ("/config.json", "content-type: application/json"),
    ] {
        let (head, _) = send(&server, &format!("GET {path}")).await;
        assert!(head.starts_with("http/1.1 200") && head.contains(expected), "{path}: {head}");
        assert!(head.contains("cache-control: no-cache"), "{path}: {head}");
    }
}

#[tokio::test]
async fn nothing_outside_the_folder_is_served() {
    let server = site("outside").start().await.unwrap();
    for path in ["/../outside.txt", "/%2e%2e/outside.txt", "/..%2foutside.txt", "/none.html"] {
        let (head, body) = send(&server, &format!("GET {path}")).await;
        assert!(head.starts_with("http/1.1 404"), "{path}: {head}");
        assert!(!body.contains("outside"), "{path}: {body}");
    }
}

#[tokio::test]
async fn settings_appear_in_the_page_and_headers_appear_in_every_response() {
    let policy = "default-src 'self'";
    let server = site("settings")
        .meta("api-key", "\"key\"")
        .header("content-security-policy", policy)
        .header("cache-control", "max-age=60")
        .start()
        .await
        .unwrap();
    for path in ["/", "/index.html", "/page.js", "/none"] {
        let (head, body) = send(&server, &format!("GET {path}")).await;
        assert!(head.contains(&format!("content-security-policy: {policy}")), "{path}: {head}");
        assert!(head.contains("cache-control: max-age=60"), "{path}: {head}");
        assert!(!head.contains("no-cache"), "{path}: {head}");
        assert_eq!(body.contains("content=\"&quot;key&quot;\""), body.contains("Hello"), "{path}");
    }
}

#[tokio::test]
async fn every_request_is_recorded() {
    let server = site("record").start().await.unwrap();
    send(&server, "GET /page.js?key=fake0123").await;
    send(&server, "POST /other").await;
    let requests = server.requests();
    assert_eq!(format!("{requests:?}"), "[GET /page.js, POST /other]");
    assert!(requests[0].contains("fake0123") && !requests[1].contains("fake0123"));
    assert!(requests[1].contains("connection") && requests[1].contains("close"));
}

#[tokio::test]
async fn invalid_settings_are_rejected_at_startup() {
    let folder = site("mistakes");
    let taken = folder.clone().start().await.unwrap();
    let empty = Site::new("/no/such/folder").meta("a", "b");
    for (site, expected) in [
        (folder.clone().header("a b", "c"), "the `a b` header has invalid characters"),
        (folder.clone().header("key", "fake\n0123"), "the `key` header has invalid characters"),
        (
            folder.clone().meta("api-url", "x"),
            "the page has no `<meta name=\"api-url\" content=\"\">`: add it to index.html",
        ),
        (empty, "/no/such/folder/index.html: No such file or directory (os error 2)"),
        (
            folder.port(taken.address.port()),
            &format!(
                "cannot listen on port {} on 127.0.0.1: Address already in use (os error 98)",
                taken.address.port()
            ),
        ),
    ] {
        assert_eq!(site.start().await.unwrap_err().to_string(), expected);
    }
}
