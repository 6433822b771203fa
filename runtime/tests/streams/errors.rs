//! Tests error responses to calls whose success response is a stream.

use openapi_keys_runtime::{
    Authenticate, ClientCore, Error, ErrorKind, EventStream, Operation, Outcome, StatusCode,
};

use super::server::{Server, response};
use super::{
    BytesCall, DownloadCall, EXPORT, EventsCall, GET, JsonCall, LIST, LinesCall, NOTE, TextCall,
    WATCH, builder, core,
};

/// Returns the errors of all kinds of calls.
async fn all<A: Authenticate>(core: &ClientCore<A>) -> Vec<Error> {
    vec![
        BytesCall::new(core, &EXPORT).await.unwrap_err(),
        TextCall::new(core, &NOTE).await.unwrap_err(),
        DownloadCall::new(core, &EXPORT).await.unwrap_err(),
        DownloadCall::new(core, &EXPORT).with_response().await.unwrap_err(),
        EventsCall::new(core, &WATCH).await.unwrap_err(),
        LinesCall::new(core, &LIST).await.unwrap_err(),
        JsonCall::new(core, &GET).streamed().await.unwrap_err(),
    ]
}

#[tokio::test]
async fn an_error_response_is_an_error_with_its_body() {
    let body = r#"{"message": "no such station", "code": 7}"#;
    let server = Server::responding(response(404, "application/json", body));
    for error in all(&core(&server)).await {
        let kind = ErrorKind::Refused(StatusCode::NOT_FOUND);
        assert_eq!((error.kind(), error.outcome()), (kind, Outcome::Refused));
        assert_eq!(error.body(), Some(body.as_bytes()));
        assert_eq!(error.messages(), ["no such station"]);
    }
}

#[tokio::test]
async fn a_read_is_retried_until_its_response_begins() {
    let server = Server::start(|connection| {
        connection.read();
        connection.write(match connection.number {
            1 => response(503, "text/plain", "later"),
            2 => "HTTP/1.1 200".to_owned(),
            _ => response(200, "text/event-stream", "data: {\"degrees\": 1}\n\n"),
        });
    });
    let core = builder(&server).build().unwrap();
    let response = EventsCall::new(&core, &WATCH).with_response().await.unwrap();
    assert_eq!(response.attempts, 3);
    let mut events = response.value;
    assert_eq!(events.next().await.unwrap().unwrap().data.degrees, 1);
}

async fn watch(
    operation: &'static Operation,
    content_type: &str,
) -> Result<EventStream<super::Reading>, Error> {
    let server = Server::responding(response(200, content_type, "<html>secret</html>"));
    EventsCall::new(&core(&server), operation).await
}

#[tokio::test]
async fn events_must_have_their_media_type() {
    for right in ["text/event-stream", "Text/Event-Stream; charset=utf-8", "text/event-stream;"] {
        watch(&WATCH, right).await.unwrap();
    }
    for wrong in ["text/html", "", "application/json", "text/event-stream-2", "text/*"] {
        let error = watch(&WATCH, wrong).await.unwrap_err();
        let got = (error.kind(), error.outcome(), error.status(), error.attempts());
        let status = Some(StatusCode::OK);
        assert_eq!(got, (ErrorKind::WrongMediaType, Outcome::Unknown, status, 1), "{wrong}");
        assert!(
            error.to_string().ends_with(
                "200 OK, but its body has an unexpected media type: expected \
                 `text/event-stream`"
            ),
            "{error}"
        );
    }
}
