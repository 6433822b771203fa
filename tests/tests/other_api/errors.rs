//! Tests how a program reads documented errors and headers: the client generated from
//! `tests/other-api/small/errors.yaml` gets responses with various statuses.

use openapi_keys_runtime::http::Response;
use openapi_keys_runtime::{Error, ErrorKind, FakeTransport, Header, Outcome};
use other_api::small::errors::operations::{CreateOrderError, DeleteOrderError, ReplaceOrderError};
use other_api::small::errors::types::{ApiError, ListOrdersResponse, XOrderHeader};
use other_api::small::errors::{Client, headers};
use other_api::{Reader, Timestamp};

fn client(response: Response<&'static str>) -> Client<Reader> {
    let transport = FakeTransport::new();
    transport.respond(response);
    Client::builder(Reader).transport(transport).build().unwrap()
}

fn response(status: u16, body: &'static str) -> Response<&'static str> {
    Response::builder().status(status).body(body).unwrap()
}

/// Creates an order, gets this response, and returns the error.
async fn refused(status: u16, body: &'static str) -> Error {
    let client = client(response(status, body));
    client.orders().create("maps").await.unwrap_err()
}

/// Checks the documented error. `expected` contains the variant and one of its values.
#[track_caller]
fn check(error: &Error, expected: Option<&str>) {
    let found = error.documented::<CreateOrderError>();
    let found = found.map(|found| match found {
        CreateOrderError::BadRequest(problem) => format!("BadRequest {}", problem.title),
        CreateOrderError::Unauthorized(error) => format!("Unauthorized {}", error.code),
        CreateOrderError::Conflict(conflict) => format!("Conflict {}", conflict.order),
        CreateOrderError::Status499(error) => format!("Status499 {}", error.code),
        CreateOrderError::ClientError(mistake) => format!("ClientError {}", mistake.mistake),
        CreateOrderError::Other(error) => format!("Other {}", error.code),
        _ => "a new variant".to_owned(),
    });
    assert_eq!(found.as_deref(), expected, "{error}");
}

/// A body that matches every documented type, so only the status determines the type.
const ALL: &str = r#"{"title":"t","order":"o","mistake":"m","code":7}"#;

#[tokio::test]
async fn the_status_decides_the_type_of_a_body() {
    for (status, expected) in [
        (400, "BadRequest t"),
        (401, "Unauthorized 7"),
        (409, "Conflict o"),
        (499, "Status499 7"),
        (402, "ClientError m"),
        (422, "ClientError m"),
        (500, "Other 7"),
        (599, "Other 7"),
        (302, "Other 7"),
    ] {
        check(&refused(status, ALL).await, Some(expected));
    }
}

/// Checks that a range or `default` doesn't apply to a status that the document describes
/// separately.
#[tokio::test]
async fn a_status_documented_without_json_has_no_type() {
    for status in [404, 413] {
        let error = refused(status, ALL).await;
        check(&error, None);
        assert_eq!(error.body(), Some(ALL.as_bytes()));
    }
}

#[tokio::test]
async fn a_body_that_does_not_match_its_type_stays_unchanged() {
    for body in ["", "<html>", "null", "[]", "{}", r#"{"order":"o"}"#, r#"{"title":"t""#] {
        let error = refused(400, body).await;
        check(&error, None);
        assert_eq!(error.body(), Some(body.as_bytes()), "{body}");
    }
    // Only the invalid optional value is lost.
    let error = refused(400, r#"{"title":"t","fields":"title","more":1}"#).await;
    check(&error, Some("BadRequest t"));
}

/// Checks that an unreadable success response isn't read as a documented error, although `default`
/// applies to every status that the document doesn't list.
#[tokio::test]
async fn a_success_is_never_read_as_an_error() {
    let error = refused(200, r#"{"code":7}"#).await;
    assert_eq!(error.kind(), ErrorKind::Decode);
    check(&error, None);
    check(&Error::new(ErrorKind::Connect), None);
}

#[tokio::test]
async fn an_error_from_a_different_operation_is_not_read() {
    let error = refused(410, r#"{"at":"noon"}"#).await;
    assert_eq!(error.documented::<DeleteOrderError>(), None);
    let client = client(response(410, r#"{"at":"noon"}"#));
    let error = client.orders().delete("1").await.unwrap_err();
    check(&error, None);
    let found = error.documented::<DeleteOrderError>();
    assert!(matches!(found, Some(DeleteOrderError::Gone(gone)) if gone.at == "noon"));
}

#[tokio::test]
async fn statuses_without_a_variant_return_none() {
    for (status, body) in [(500, r#"{"code":7}"#), (404, r#"{"code":7}"#), (410, "gone")] {
        let client = client(response(status, body));
        let error = client.orders().delete("1").await.unwrap_err();
        assert_eq!(error.documented::<DeleteOrderError>(), None, "{status}");
    }
}

#[tokio::test]
async fn a_range_without_a_type_takes_precedence_over_the_default() {
    for (status, expected) in [(500, None), (418, Some(7))] {
        let client = client(response(status, r#"{"code":7}"#));
        let error = client.orders().replace("1").await.unwrap_err();
        let found = error.documented::<ReplaceOrderError>().map(|found| match found {
            ReplaceOrderError::Other(error) => error.code,
            _ => unreachable!("{error}"),
        });
        assert_eq!(found, expected, "{status}");
    }
}

#[tokio::test]
async fn the_same_schema_in_several_places_becomes_one_type() {
    for status in [409, 412] {
        let client = client(response(status, r#"{"version":3}"#));
        let error = client.orders().replace("1").await.unwrap_err();
        let (ReplaceOrderError::Conflict(found) | ReplaceOrderError::PreconditionFailed(found)) =
            error.documented().unwrap()
        else {
            unreachable!("{error}")
        };
        assert_eq!(found.version, 3);
    }
}

/// There is no enum, because all errors of the operation have the same type.
#[tokio::test]
async fn a_single_error_type_is_read_directly() {
    let client = client(response(400, r#"{"code":7}"#));
    let error = client.orders().list().await.unwrap_err();
    assert_eq!(error.body_as::<ApiError>().map(|error| error.code), Some(7));
}

/// Lists orders, and gets a response with these headers.
async fn listed(
    list: &[(&'static str, &'static str)],
) -> openapi_keys_runtime::Response<ListOrdersResponse> {
    let mut response = Response::builder();
    for (name, value) in list {
        response = response.header(*name, *value);
    }
    let client = client(response.body("[]").unwrap());
    client.orders().list().with_response().await.unwrap()
}

#[tokio::test]
async fn a_header_has_its_documented_type() {
    let response = listed(&[
        ("x-total", "12"),
        ("x-regions", "north, south"),
        ("x-level", "high"),
        ("x-order", "desc"),
        ("x-cached", "true"),
        ("x-updated", "2031-01-31T00:00:00Z"),
        ("retry-after", "5"),
    ])
    .await;
    assert_eq!(response.header(headers::X_TOTAL).unwrap(), Some(12));
    let regions: Vec<String> = response.header(headers::X_REGIONS).unwrap().unwrap();
    assert_eq!(regions, ["north", "south"]);
    assert_eq!(response.header(headers::X_LEVEL).unwrap().unwrap().as_str(), "high");
    assert_eq!(response.header(headers::X_ORDER).unwrap(), Some(XOrderHeader::Desc));
    assert_eq!(response.header(headers::X_CACHED).unwrap(), Some(true));
    let updated: Timestamp = response.header(headers::X_UPDATED).unwrap().unwrap();
    assert_eq!(updated.to_string(), "2031-01-31T00:00:00Z");
    assert_eq!(response.header(headers::RETRY_AFTER).unwrap(), Some(5));
    // For `createOrder`, the document declares `X-Total` as a string.
    let total: Header<String> = headers::CREATE_ORDER_X_TOTAL;
    assert_eq!(response.header(total).unwrap().as_deref(), Some("12"));
}

#[tokio::test]
async fn a_missing_header_is_none_and_several_header_lines_form_one_list() {
    let response = listed(&[("x-regions", "north"), ("x-regions", "south")]).await;
    assert_eq!(response.header(headers::X_TOTAL).unwrap(), None);
    let regions = response.header(headers::X_REGIONS).unwrap().unwrap();
    assert_eq!(regions, ["north", "south"]);
}

#[tokio::test]
async fn the_error_for_an_unreadable_header_does_not_show_the_value() {
    let response = listed(&[("x-total", "hunter2"), ("x-cached", "true")]).await;
    let error = response.header(headers::X_TOTAL).unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::InvalidHeader, Outcome::Executed));
    assert_eq!(
        error.to_string(),
        "a response header doesn't have the documented form: `X-Total` isn't an integer"
    );
    assert_eq!(
        response.header(headers::X_CACHED).unwrap(),
        Some(true),
        "other headers can still be read"
    );
}

#[tokio::test]
async fn headers_of_an_error_can_be_read() {
    for (value, expected) in [("5", Some(5)), ("soon", None)] {
        let response = Response::builder().status(429).header("retry-after", value);
        let client = client(response.body("{}").unwrap());
        let error = client.orders().create("maps").await.unwrap_err();
        assert_eq!(error.header(headers::RETRY_AFTER), expected);
        assert_eq!(error.header(headers::X_TOTAL), None);
    }
}
