//! Defines how a call converts a success response into a value. Generated code chooses one of [`Reading`]'s functions
//! for each operation.

use std::any::Any;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use serde::de::DeserializeOwned;

use crate::download::{Download, Provenance, utf8};
use crate::error::{Error, ErrorKind};
use crate::events::EventStream;
use crate::json::{AnyValue, ReadValue, value_of};
use crate::media_type::essence;
use crate::prepare::Prepared;
use crate::send::Success;

/// How the body of a success response becomes the value of a call.
#[derive(Clone, Copy)]
pub struct Reading(pub(crate) Kind);

#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Json(ReadValue),
    /// Any other format. `make` reads the body. It is a function pointer, so a program contains only the code for the
    /// formats that it uses.
    Other {
        make: fn(Given<'_>) -> Result<AnyValue, Error>,
        /// Whether the caller reads the body.
        is_streamed: bool,
    },
}

/// A success response whose body the runtime doesn't read as JSON.
pub(crate) struct Given<'a> {
    pub(crate) prepared: &'a Prepared<'a>,
    pub(crate) success: &'a mut Success,
    pub(crate) attempt: u32,
}

impl Reading {
    /// Reads the body as JSON.
    #[must_use]
    pub fn json<T: DeserializeOwned + 'static>() -> Self {
        Reading(Kind::Json(value_of::<T>))
    }

    /// Reads the body as UTF-8 text.
    #[must_use]
    pub fn text<T: From<String> + 'static>() -> Self {
        Reading::other(false, |given| given.text().map(boxed::<_, T>))
    }

    /// Keeps a body of any format in memory.
    #[must_use]
    pub fn bytes<T: From<Bytes> + 'static>() -> Self {
        Reading::other(false, |given| Ok(boxed::<_, T>(given.bytes())))
    }

    /// Reads the body as UTF-8 text. The body may be missing.
    #[must_use]
    pub fn optional_text<T: From<String> + Default + 'static>() -> Self {
        Reading::other(false, |given| match given.has_body() {
            true => given.text().map(boxed::<_, T>),
            false => Ok(Box::new(T::default())),
        })
    }

    /// Keeps a body of any format in memory. The body may be missing.
    #[must_use]
    pub fn optional_bytes<T: From<Bytes> + Default + 'static>() -> Self {
        Reading::other(false, |given| {
            Ok(match given.has_body() {
                true => boxed::<_, T>(given.bytes()),
                false => Box::new(T::default()),
            })
        })
    }

    /// Lets the caller read the body.
    #[must_use]
    pub fn streamed<T: From<Download> + 'static>() -> Self {
        Reading::other(true, |given| Ok(boxed::<_, T>(given.download(false))))
    }

    /// Reads the body as a sequence of JSON values, which may arrive at any time.
    #[must_use]
    pub fn lines<T: From<Download> + 'static>() -> Self {
        Reading::other(true, |given| Ok(boxed::<_, T>(given.download(true))))
    }

    /// Reads the body as a sequence of server-sent events.
    #[must_use]
    pub fn events<T: From<Download> + 'static>() -> Self {
        Reading::other(true, |given| {
            given.check_media_type("text/event-stream")?;
            Ok(boxed::<_, T>(given.download(true)))
        })
    }

    /// Reads the body as a sequence of server-sent events whose data is text.
    #[must_use]
    pub fn text_events<T: From<EventStream<String>> + 'static>() -> Self {
        Reading::other(true, |given| {
            given.check_media_type("text/event-stream")?;
            Ok(boxed::<_, T>(EventStream::of_text(given.download(true))))
        })
    }

    fn other(is_streamed: bool, make: fn(Given<'_>) -> Result<AnyValue, Error>) -> Self {
        Reading(Kind::Other { make, is_streamed })
    }

    pub(crate) fn is_streamed(self) -> bool {
        matches!(self.0, Kind::Other { is_streamed: true, .. })
    }
}

impl Given<'_> {
    /// Returns whether a response with this status can have a body.
    fn has_body(&self) -> bool {
        !matches!(self.success.status.as_u16(), 204 | 205 | 304)
    }

    fn content_type(&self) -> Option<&str> {
        self.success.headers.get(&CONTENT_TYPE)?.to_str().ok()
    }

    fn check_media_type(&self, expected: &str) -> Result<(), Error> {
        if self.content_type().is_some_and(|it| essence(it).eq_ignore_ascii_case(expected)) {
            return Ok(());
        }
        let detail = format!("expected `{expected}`");
        Err(Error::new(ErrorKind::WrongMediaType).with_detail(detail))
    }

    fn text(self) -> Result<String, Error> {
        let body = self.success.body.take().unwrap_or_default();
        utf8(body, self.content_type())
    }

    fn bytes(self) -> Bytes {
        self.success.body.take().unwrap_or_default().into()
    }

    /// Returns the body for the caller to read. If `patient` is true, the server may pause for any length of time.
    fn download(self, patient: bool) -> Download {
        let Given { prepared, success, attempt } = self;
        let settings = &prepared.shared.settings;
        let provenance = Provenance {
            operation: prepared.operation,
            server: prepared.base.to_owned(),
            profile: prepared.shared.profile,
            requirement: prepared.requirement,
            status: success.status,
            headers: success.headers.clone(),
            attempts: attempt,
            authenticator: prepared.shared.authenticator.clone(),
            transient: success.transient.clone(),
            clock: settings.clock.clone(),
        };
        let body = success.stream.take().unwrap_or_default();
        let longest_pause = (!patient).then(|| prepared.total_timeout());
        Download::new(body, settings.max_body, longest_pause, provenance)
    }
}

fn boxed<B, T: From<B> + Any>(body: B) -> AnyValue {
    Box::new(T::from(body))
}
