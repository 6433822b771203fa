//! Tests uploads, downloads, server-sent events and JSON lines with calls like those in generated code. Checks the
//! bytes on the wire and the errors, and that nothing leaks.

#![allow(clippy::unwrap_used, reason = "a test fails at the first error")]

mod downloads;
mod early;
mod errors;
mod events;
mod files;
mod leaks;
mod lines;
mod multipart;
mod pauses;
mod retries;
mod server;
mod steps;
mod uploads;
mod values;

use openapi_keys_runtime::generated::{BuildRequest, CallCore, RequestBuilder};
use openapi_keys_runtime::{
    Authenticate, Body, Bytes, ClientCore, CoreBuilder, Download, Error, EventStream, Eventually,
    JsonLines, Method, Operation, Outgoing, Profile, Redactor, Request, RequiredScheme, call,
};

use self::server::Server;

static PROFILE: Profile = Profile::new("weather/1.0");

const fn operation(id: &'static str, method: Method, accept: &'static str) -> Operation {
    Operation::new(id, method, "/readings")
        .servers(&["https://weather.example"])
        .answer("Reading")
        .accept(accept)
}

static ADD: Operation = operation("addReading", Method::POST, "application/json");
static GET: Operation = operation("getReading", Method::GET, "application/json");
static HEAD: Operation = operation("headReading", Method::HEAD, "*/*");
static EXPORT: Operation = operation("exportReadings", Method::GET, "application/octet-stream");
static NOTE: Operation = operation("getNote", Method::GET, "text/plain");
static WATCH: Operation = operation("watchReadings", Method::GET, "text/event-stream");
static LIST: Operation = operation("listReadings", Method::GET, "application/x-ndjson");

struct Nobody;

impl Authenticate for Nobody {
    fn holds(&self, _: &RequiredScheme) -> bool {
        false
    }
    fn authenticate<'a>(&'a self, _: Outgoing<'a>) -> Eventually<'a, Result<(), Error>> {
        Eventually::Now(Ok(()))
    }
    fn redact(&self, _: &mut Redactor) {}
}

type Build = Box<dyn FnOnce(RequestBuilder) -> RequestBuilder + Send>;

/// Defines calls like the generated ones. A function builds each call's request.
macro_rules! calls {
    ($($name:ident -> $answer:ty $(as $reading:ident)?;)*) => {$(
        #[must_use]
        struct $name {
            call: CallCore<$answer>,
            build: Option<Build>,
        }

        impl $name {
            fn new<A: Authenticate>(core: &ClientCore<A>, operation: &'static Operation) -> Self {
                $name { call: CallCore::new(core, operation), build: None }
            }

            #[allow(dead_code, reason = "most operations that return a stream have no body")]
            fn build(
                mut self,
                build: impl FnOnce(RequestBuilder) -> RequestBuilder + Send + 'static,
            ) -> Self {
                self.build = Some(Box::new(build));
                self
            }

            #[allow(dead_code, reason = "most operations that return a stream have no body")]
            fn body(self, media_type: &'static str, body: impl Into<Body>) -> Self {
                let body = body.into();
                self.build(move |request| request.raw(media_type, Some(body)))
            }
        }

        impl BuildRequest for $name {
            fn request(&mut self, request: RequestBuilder) -> Result<Request, Error> {
                let request = request.path("/readings");
                match self.build.take() {
                    Some(build) => build(request).finish(),
                    None => request.finish(),
                }
            }
        }

        call!($name -> $answer $(as $reading)?);
    )*};
}

calls! {
    JsonCall -> i32;
    BytesCall -> Bytes as bytes;
    TextCall -> String as text;
    DownloadCall -> Download as streamed;
    EventsCall -> EventStream<Reading> as events;
    TextEventsCall -> EventStream<String> as text_events;
    LinesCall -> JsonLines<Reading> as lines;
}

#[derive(Debug, PartialEq, serde::Deserialize)]
struct Reading {
    degrees: i32,
}

const fn reading(degrees: i32) -> Reading {
    Reading { degrees }
}

fn builder(server: &Server) -> CoreBuilder<Nobody> {
    CoreBuilder::new(Nobody, &PROFILE).origin(&server.origin).unwrap()
}

fn core(server: &Server) -> ClientCore<Nobody> {
    builder(server).build().unwrap()
}
