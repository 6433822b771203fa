//! Tests that success responses with every kind of body have a status that the document declares.

#![allow(clippy::unwrap_used, reason = "tests may panic")]

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use futures_util::stream;
use openapi_keys_runtime::{Bytes, SecurityScheme};
use other_api::small::statuses::catalogue::SECURITY_SCHEMES;
use other_api::small::statuses::types::Job;
use other_server::runtime::{Authority, Event, Identity, Items, Presented, Refusal};
use other_server::small::statuses::server::answers::{
    Accepted, Answer, FollowJobAnswer, GetJobAnswer, GetTitleAnswer, NoContent, PutJobAnswer,
    WithStatus,
};
use other_server::small::statuses::server::identities::KeyOrTokenOrAnonymous;
use other_server::small::statuses::server::services::{Jobs, Logs};
use other_server::small::statuses::server::{Services, router};
use tower_service::Service;

struct Secrets;

impl Authority for Secrets {
    fn schemes(&self) -> &'static [SecurityScheme] {
        SECURITY_SCHEMES
    }

    fn scopes(&self, _: &SecurityScheme, presented: &Presented<'_>) -> Option<Vec<String>> {
        let known = [Presented::Key("fake"), Presented::Token("fake")].contains(presented);
        known.then(Vec::new)
    }
}

/// A queue that selects the success response by the job's id.
struct Queue;

fn job(name: &str) -> Job {
    Job::new(name)
}

impl Jobs for Queue {
    async fn add_job(&self) -> Result<Answer<Job>, Refusal> {
        Ok(Answer::with_status::<226>(job("added")))
    }

    async fn get_job(
        &self,
        caller: Option<&Identity>,
        id: String,
    ) -> Result<GetJobAnswer, Refusal> {
        Ok(match id.as_str() {
            "new" => GetJobAnswer::Ok(job(caller.map_or("anyone", |_| "key"))),
            "same" => GetJobAnswer::NotModified,
            _ => GetJobAnswer::Other(Answer::with_status::<206>(())),
        })
    }

    async fn put_job(&self, caller: &Identity, id: String) -> Result<PutJobAnswer, Refusal> {
        Ok(match id.as_str() {
            "new" => PutJobAnswer::Created(job(&caller.met.to_string())),
            "same" => PutJobAnswer::NoContent,
            _ => PutJobAnswer::Ok(job("old")),
        })
    }

    async fn delete_job(
        &self,
        caller: &KeyOrTokenOrAnonymous,
        id: String,
    ) -> Result<WithStatus<205, ()>, Refusal> {
        let name = match caller {
            KeyOrTokenOrAnonymous::Key(_) => "key",
            KeyOrTokenOrAnonymous::Token(_) => "token",
            KeyOrTokenOrAnonymous::Anonymous => "anyone",
        };
        assert_eq!((name, caller.identity().is_some()), (&*id, id != "anyone"));
        Ok(WithStatus(()))
    }
}

impl Logs for Queue {
    async fn get_log(&self, _: String) -> Result<WithStatus<206, Bytes>, Refusal> {
        Ok(WithStatus(Bytes::from_static(b"\xff")))
    }

    async fn find_log(&self, _: String) -> Result<NoContent, Refusal> {
        Ok(NoContent)
    }

    async fn follow_job(&self, id: String) -> Result<FollowJobAnswer, Refusal> {
        Ok(match id.as_str() {
            "ended" => FollowJobAnswer::NoContent,
            _ => FollowJobAnswer::Ok(Items::new(stream::iter([Event::new(job("a"))]))),
        })
    }

    async fn list_lines(&self, _: String) -> Result<Accepted<Items<Job>>, Refusal> {
        Ok(Accepted(Items::new(stream::iter(["a", "b"].map(job)))))
    }

    async fn get_title(&self, id: String) -> Result<GetTitleAnswer, Refusal> {
        Ok(match id.as_str() {
            "copy" => GetTitleAnswer::NonAuthoritativeInformation("A copy".to_owned()),
            _ => GetTitleAnswer::Ok("A title".to_owned()),
        })
    }
}

/// Sends a request, and returns the status, the media type and the body of its response.
async fn send(
    (method, path): (&str, &str),
    credential: Option<(&str, &str)>,
) -> (u16, String, Vec<u8>) {
    let mut request = Request::builder().method(method).uri(path);
    if let Some((name, value)) = credential {
        request = request.header(name, value);
    }
    let request = request.body(Body::empty()).unwrap();
    let mut router = router(Arc::new(Secrets), Services { jobs: Queue, logs: Queue });
    let response = router.call(request).await.unwrap();
    let media_type = response.headers().get(header::CONTENT_TYPE);
    let media_type = media_type.map_or("", |value| value.to_str().unwrap()).to_owned();
    let status = response.status().as_u16();
    (status, media_type, to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec())
}

#[track_caller]
fn check(found: &(u16, String, Vec<u8>), status: u16, media_type: &str, body: &[u8]) {
    let (found_status, found_type, found_body) = found;
    let text = String::from_utf8_lossy(found_body);
    assert_eq!((*found_status, &**found_type), (status, media_type), "{text}");
    assert_eq!(found_body, body, "{text}");
}

const KEY: Option<(&str, &str)> = Some(("x-key", "fake"));
const TOKEN: Option<(&str, &str)> = Some(("authorization", "Bearer fake"));
const JSON: &str = "application/json";

#[tokio::test]
async fn each_of_several_successes_has_its_own_status() {
    let put = |id| send(("PUT", id), KEY);
    check(&put("/jobs/new").await, 201, JSON, br#"{"name":"key"}"#);
    check(&put("/jobs/same").await, 204, "", b"");
    check(&put("/jobs/old").await, 200, JSON, br#"{"name":"old"}"#);
    let title = "text/plain; charset=utf-8";
    check(&send(("GET", "/jobs/a/title"), None).await, 200, title, b"A title");
    check(&send(("GET", "/jobs/copy/title"), None).await, 203, title, b"A copy");
}

#[tokio::test]
async fn the_server_chooses_the_status_within_a_range() {
    check(&send(("POST", "/jobs"), None).await, 226, JSON, br#"{"name":"added"}"#);
    check(&send(("GET", "/jobs/other"), None).await, 206, "", b"");
    check(&send(("GET", "/jobs/same"), None).await, 304, "", b"");
}

#[tokio::test]
async fn every_kind_of_stream_has_the_documented_status() {
    check(&send(("GET", "/jobs/a/log"), None).await, 206, "application/octet-stream", b"\xff");
    check(&send(("HEAD", "/jobs/a/log"), None).await, 204, "", b"");
    let events = send(("GET", "/jobs/a/events"), None).await;
    check(&events, 200, "text/event-stream", b"data: {\"name\":\"a\"}\n\n");
    check(&send(("GET", "/jobs/ended/events"), None).await, 204, "", b"");
    let lines = send(("GET", "/jobs/a/lines"), None).await;
    check(&lines, 202, "application/x-ndjson", b"{\"name\":\"a\"}\n{\"name\":\"b\"}\n");
}

#[tokio::test]
async fn callers_with_each_alternative_are_accepted_and_others_are_rejected() {
    check(&send(("GET", "/jobs/new"), None).await, 200, JSON, br#"{"name":"anyone"}"#);
    check(&send(("GET", "/jobs/new"), KEY).await, 200, JSON, br#"{"name":"key"}"#);
    for (path, credential) in [("/jobs/key", KEY), ("/jobs/token", TOKEN), ("/jobs/anyone", None)] {
        check(&send(("DELETE", path), credential).await, 205, "", b"");
    }
    let wrong = Some(("x-key", "wrong"));
    for request in [("GET", "/jobs/new"), ("PUT", "/jobs/new"), ("DELETE", "/jobs/key")] {
        assert_eq!(send(request, wrong).await.0, 401, "{request:?}");
    }
    assert_eq!(send(("PUT", "/jobs/new"), None).await.0, 401);
}
