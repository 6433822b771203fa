//! Tests paginated lists with the client of `tests/other-api/small/pages.yaml`.

use std::time::Duration;

use openapi_keys_runtime::http::Response;
use openapi_keys_runtime::{ErrorKind, FakeTransport, Items, Paged, RetryPolicy};
use other_api::small::pages::Client;
use other_api::small::pages::credentials::Credentials;

fn client(pages: &[&'static str]) -> (Client<Credentials>, FakeTransport) {
    let transport = FakeTransport::new();
    pages.iter().for_each(|page| transport.respond(Response::new(*page)));
    (Client::builder(Credentials::new()).transport(transport.clone()).build().unwrap(), transport)
}

/// Returns the paths and queries of the requests.
fn targets(transport: &FakeTransport) -> Vec<String> {
    let requests = transport.requests();
    requests.iter().map(|it| it.uri().path_and_query().unwrap().to_string()).collect()
}

async fn all<C: Paged>(mut items: Items<C>) -> Vec<C::Item> {
    let mut all = Vec::new();
    while let Some(item) = items.next().await {
        all.push(item.unwrap());
    }
    all
}

#[tokio::test]
async fn a_cursor_selects_the_next_page() {
    let (client, transport) = client(&[
        r#"{"books": [{"id": "a"}, {"id": "b"}], "meta": {"next": "x y"}}"#,
        r#"{"books": [], "meta": {"next": "z"}}"#,
        r#"{"books": [{"id": "c"}], "meta": {"next": null}}"#,
    ]);
    let books = all(client.lists().books().shelf("s").items()).await;
    let ids: Vec<&str> = books.iter().map(|book| book.id.as_str()).collect();
    assert_eq!(ids, ["a", "b", "c"]);
    let expected =
        ["/v1/books?shelf=s", "/v1/books?cursor=x+y&shelf=s", "/v1/books?cursor=z&shelf=s"];
    assert_eq!(targets(&transport), expected);
}

#[tokio::test]
async fn a_missing_or_empty_cursor_ends_the_list() {
    for page in [
        r#"{"books": []}"#,
        r#"{"books": [], "meta": {}}"#,
        r#"{"books": [], "meta": {"next": ""}}"#,
    ] {
        let (client, transport) = client(&[page]);
        assert!(all(client.lists().books().items()).await.is_empty());
        assert_eq!(transport.requests().len(), 1);
    }
}

/// Without the error, the list would never end.
#[tokio::test]
async fn a_cursor_that_repeats_the_page_is_an_error() {
    let same = r#"{"books": [{"id": "a"}], "meta": {"next": "x"}}"#;
    let (client, transport) = client(&[same, same, same]);
    let mut pages = client.lists().books().pages();
    // Both pages are returned before the error.
    for _ in 0..2 {
        assert_eq!(pages.next().await.unwrap().unwrap().books.len(), 1);
    }
    let error = pages.next().await.unwrap().unwrap_err();
    assert!(
        error.to_string().contains("the next page's cursor is the same as this page's"),
        "{error}"
    );
    assert!(pages.next().await.is_none());
    assert_eq!(transport.requests().len(), 2);
}

#[tokio::test]
async fn the_next_page_begins_after_the_last_item() {
    let (client, transport) = client(&[
        r#"{"data": [{"id": "a"}, {"id": "b"}], "has_more": true}"#,
        r#"{"data": [{"id": "c"}], "has_more": false}"#,
    ]);
    assert_eq!(all(client.lists().loans().items()).await.len(), 3);
    assert_eq!(targets(&transport), ["/v1/loans", "/v1/loans?starting_after=b"]);
}

#[tokio::test]
async fn pages_are_counted_until_one_is_empty() {
    let (client, transport) = client(&[r#"["a", "b"]"#, r#"["c"]"#, "[]"]);
    assert_eq!(all(client.lists().readers().items()).await, ["a", "b", "c"]);
    assert_eq!(targets(&transport), ["/v1/readers", "/v1/readers?page=2", "/v1/readers?page=3"]);
}

#[tokio::test]
async fn a_list_can_begin_in_the_middle() {
    let (client, transport) = client(&[r#"["g"]"#, "[]"]);
    assert_eq!(all(client.lists().readers().page(7).items()).await, ["g"]);
    assert_eq!(targets(&transport), ["/v1/readers?page=7", "/v1/readers?page=8"]);
}

#[tokio::test]
async fn items_are_counted_until_a_page_is_empty() {
    let (client, transport) =
        client(&[r#"{"shelves": ["a", "b"]}"#, r#"{"shelves": ["c"]}"#, r#"{"shelves": null}"#]);
    assert_eq!(all(client.lists().shelves().items()).await, ["a", "b", "c"]);
    let expected = ["/v1/shelves", "/v1/shelves?offset=2", "/v1/shelves?offset=3"];
    assert_eq!(targets(&transport), expected);
}

fn linked(page: &'static str, link: &str) -> Response<&'static str> {
    Response::builder().header("link", link).body(page).unwrap()
}

#[tokio::test]
async fn a_link_to_the_same_origin_is_followed() {
    let (client, transport) = client(&[]);
    transport.respond(linked(
        r#"[{"id": "a"}]"#,
        "<https://library.example/v2/branches?after=a>; rel=\"next\"",
    ));
    transport.respond(linked(r#"[{"id": "b"}]"#, "<?after=b>; rel=next"));
    transport.respond(Response::new("[]"));
    // A parameter is already called `items`, so the method that lists the items is called `items_`.
    assert_eq!(all(client.lists().branches().items(2).items_()).await.len(), 2);
    let expected = ["/v1/branches?items=2", "/v2/branches?after=a", "/v2/branches?after=b"];
    assert_eq!(targets(&transport), expected);
}

/// Without the error, the list would never end.
#[tokio::test]
async fn a_link_to_the_same_page_is_an_error() {
    let (client, transport) = client(&[]);
    for id in [r#"[{"id": "a"}]"#, r#"[{"id": "b"}]"#, r#"[{"id": "c"}]"#] {
        transport.respond(linked(id, "</v1/branches?after=a>; rel=next"));
    }
    let mut branches = client.lists().branches().items_();
    assert_eq!(branches.next().await.unwrap().unwrap().id.as_str(), "a");
    assert_eq!(branches.next().await.unwrap().unwrap().id.as_str(), "b");
    let error = branches.next().await.unwrap().unwrap_err();
    assert!(
        error.to_string().contains("the link to the next page points back to this page"),
        "{error}"
    );
    assert!(branches.next().await.is_none());
    assert_eq!(transport.requests().len(), 2);
}

/// Following the link would send the credential to the other origin.
#[tokio::test]
async fn a_link_to_a_different_origin_is_not_followed() {
    for link in [
        "https://evil.example/",
        "//evil.example/",
        "http://library.example/",
        "https://u@library.example/",
    ] {
        let (client, transport) = client(&[]);
        transport.respond(linked("[]", &format!("<{link}>; rel=next")));
        transport.respond(Response::new("[]"));
        let mut pages = client.lists().branches().pages();
        assert!(pages.next().await.unwrap().is_ok());
        let error = pages.next().await.unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidOrigin, "{link}");
        assert!(!format!("{error} {error:?}").contains("evil"), "{error:?}");
        assert_eq!(transport.requests().len(), 1, "{link}");
    }
}

#[tokio::test]
async fn every_page_is_requested_with_the_same_options() {
    let (client, transport) = client(&[r#"["a"]"#, "[]"]);
    let call = client.lists().readers().header("x-trace", "7").query("debug", 1);
    let call = call.timeout(Duration::from_secs(1)).retries(RetryPolicy::never());
    assert_eq!(all(call.items()).await, ["a"]);
    for request in transport.requests() {
        assert_eq!(request.headers()["x-trace"], "7");
        assert!(request.uri().query().unwrap().contains("debug=1"));
    }
}

#[tokio::test]
async fn an_error_is_the_last_item() {
    let (client, transport) = client(&[r#"["a"]"#]);
    transport.respond(Response::builder().status(403).body("no").unwrap());
    let mut readers = client.lists().readers().items();
    assert_eq!(readers.next().await.unwrap().unwrap(), "a");
    assert!(matches!(readers.next().await.unwrap().unwrap_err().kind(), ErrorKind::Refused(_)));
    assert!(readers.next().await.is_none());
}

#[tokio::test]
async fn pages_are_requested_only_when_needed() {
    let (client, transport) = client(&[r#"["a", "b"]"#, r#"["c"]"#]);
    let mut readers = client.lists().readers().items();
    assert!(transport.requests().is_empty());
    readers.next().await.unwrap().unwrap();
    readers.next().await.unwrap().unwrap();
    assert_eq!(transport.requests().len(), 1);
}
