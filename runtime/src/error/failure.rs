//! The error of a call: one opaque struct that knows what went wrong, how far the request got, and what came back.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use http::StatusCode;
use http::header::HeaderMap;
use serde::de::DeserializeOwned;

use super::classify::classify;
use super::kind::ErrorKind;
use super::not_found;
use super::text::{self, Sentence};
use crate::error_report::write_report;
use crate::operation::Operation;
use crate::outcome::Outcome;
use crate::profile::Profile;
use crate::redact::Redactor;

/// A call failed, or a client could not be built.
///
/// Its text is one line that stands alone: which operation, what happened, what to do next. To branch, use
/// [`kind`](Error::kind), and for "may it have happened?" [`outcome`](Error::outcome).
///
/// Neither `Display` nor `Debug` nor any accessor shows a credential: URLs are never kept, and where the server
/// echoes a credential or a signature, or eight characters or more of one, it is replaced by `[redacted]` before the error is
/// made: in any case, escaped or in base64.
///
/// What the server wrote ([`messages`](Error::messages), [`error_name`](Error::error_name), [`body`](Error::body),
/// [`headers`](Error::headers)) is untrusted. The error's text quotes it, escapes it and says that it comes
/// from the server; escape it yourself before you show it elsewhere.
///
/// ```
/// use openapi_keys_runtime::{Error, ErrorKind, Outcome};
///
/// let error = Error::invalid_argument("`amount` is zero");
/// assert_eq!((error.kind(), error.outcome()), (ErrorKind::InvalidArgument, Outcome::NotSent));
/// assert_eq!(error.to_string(), "`amount` is zero");
/// ```
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    outcome: Outcome,
    operation: Option<&'static Operation>,
    profile: Option<&'static Profile>,
    /// Scheme, host and port that were called, or would have been.
    server: Option<String>,
    /// What happened, where the kind alone doesn't say it.
    detail: Option<String>,
    json_path: Option<String>,
    answer: Option<Answered>,
    attempts: u32,
    /// What the client itself asks for.
    retry_after: Option<Duration>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// What came back, without secrets.
pub(crate) struct Answered {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
    pub(crate) messages: Vec<String>,
    pub(crate) error_name: Option<String>,
    pub(crate) retry_after: Option<Duration>,
}

impl Error {
    /// An error of this kind, for a client's own checks and for tests of code that handles errors.
    ///
    /// Its outcome is that of a write, until a call says which operation it is.
    #[must_use]
    pub fn new(kind: ErrorKind) -> Self {
        Error(Box::new(Inner {
            kind,
            outcome: classify(kind, true),
            operation: None,
            profile: None,
            server: None,
            detail: None,
            json_path: None,
            answer: None,
            attempts: 0,
            retry_after: None,
            source: None,
        }))
    }

    /// An argument that can't be part of a request; nothing was sent. The text says which and why, without its value.
    #[must_use]
    pub fn invalid_argument(detail: impl Into<String>) -> Self {
        Error::new(ErrorKind::InvalidArgument).with_detail(detail)
    }

    /// A credential that couldn't be added to a request; nothing was sent. The text says why, without the credential.
    #[must_use]
    pub fn authentication(detail: impl Into<String>) -> Self {
        Error::new(ErrorKind::Authentication).with_detail(detail)
    }

    /// A credential that the client doesn't hold; nothing was sent.
    #[must_use]
    pub fn missing_credential(detail: impl Into<String>) -> Self {
        Error::new(ErrorKind::MissingCredential).with_detail(detail)
    }

    /// Says what happened, where the kind alone doesn't: a clause, without a secret.
    #[must_use]
    pub fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.0.detail = Some(detail.into());
        self
    }

    /// Adds the error that caused it. `Debug` shows its text, so it must not hold a secret.
    #[must_use]
    pub fn with_source(mut self, source: impl StdError + Send + Sync + 'static) -> Self {
        self.0.source = Some(Box::new(source));
        self
    }

    pub(crate) fn caused_by(mut self, source: Option<Box<dyn StdError + Send + Sync>>) -> Self {
        self.0.source = source;
        self
    }

    /// Adds the place in JSON where the promised shape ends.
    #[must_use]
    pub fn with_json_path(mut self, path: String) -> Self {
        self.0.json_path = Some(path);
        self
    }

    pub(crate) fn with_answer(mut self, answer: Answered) -> Self {
        self.0.answer = Some(answer);
        self
    }

    pub(crate) fn with_retry_after(mut self, pause: Duration) -> Self {
        self.0.retry_after = Some(pause);
        self
    }

    pub(crate) fn with_attempts(mut self, attempts: u32) -> Self {
        self.0.attempts = attempts;
        self
    }

    /// The path of a place in JSON holds names of fields that the server chose.
    pub(crate) fn without_secrets(mut self, redactor: &Redactor) -> Self {
        self.0.json_path = self.0.json_path.map(|path| redactor.text(&path));
        self
    }

    /// Says which operation failed; from then on the outcome also depends on its method.
    pub(crate) fn of(mut self, operation: &'static Operation) -> Self {
        self.0.outcome = classify(self.0.kind, !operation.method.is_safe());
        self.0.operation = Some(operation);
        self
    }

    /// Says which operation failed, where, and in whose words to say it.
    pub(crate) fn in_operation(
        self,
        operation: &'static Operation,
        server: &str,
        profile: &'static Profile,
    ) -> Self {
        let mut error = self.of(operation);
        error.0.server = Some(server.to_owned());
        error.0.profile = Some(profile);
        error
    }

    /// What went wrong, to branch on.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Whether the request may have been carried out.
    ///
    /// A success whose body could not be read is [`Outcome::Unknown`], a 4xx [`Outcome::Refused`], a 5xx on a write
    /// `Unknown`: a proxy answers 502 or 504 also for a service that has done its work. An error inside the body of a
    /// success is `Refused` only if it has the API's own shape ([`Envelope`](crate::Envelope)).
    ///
    /// ```
    /// use openapi_keys_runtime::{Error, Outcome};
    ///
    /// fn next_step(error: &Error) -> &'static str {
    ///     match error.outcome() {
    ///         Outcome::NotSent => "repeat",
    ///         Outcome::Refused => "correct the request",
    ///         _ => "look whether it happened",
    ///     }
    /// }
    /// ```
    pub fn outcome(&self) -> Outcome {
        self.0.outcome
    }

    /// The operation that failed, with method and path. `None` where a client could not be built.
    pub fn operation(&self) -> Option<&'static Operation> {
        self.0.operation
    }

    /// The id of the operation that failed, e.g. `createBook`.
    pub fn operation_id(&self) -> Option<&'static str> {
        self.0.operation.map(|operation| operation.id)
    }

    /// The status of the response by HTTP, if one came. [`kind`](Error::kind) may have another one, from its body.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.answer.as_ref().map(|answer| answer.status)
    }

    /// The headers of the answer, if one came. A value that held a credential reads `[redacted]`.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.0.answer.as_ref().map(|answer| &answer.headers)
    }

    /// The reasons in the body: `message`, one entry for each, then those in `error`, `errors`, `title` and `detail`,
    /// where proxies, validators and RFC 9457 have them. Plain text is a reason as a whole.
    ///
    /// Empty if there was no response or nothing like it in its body. At most 100, of 4096 characters each.
    ///
    /// ```
    /// fn show(error: &openapi_keys_runtime::Error) {
    ///     for message in error.messages() {
    ///         println!("the server says: {message}");
    ///     }
    /// }
    /// ```
    pub fn messages(&self) -> &[String] {
        self.0.answer.as_ref().map_or(&[], |answer| &answer.messages)
    }

    /// What the body says in `error`, e.g. `Bad Request`.
    pub fn error_name(&self) -> Option<&str> {
        self.0.answer.as_ref()?.error_name.as_deref()
    }

    /// The body of the answer as it came, but for credentials in it, which read `[redacted]`.
    ///
    /// At most 64 KiB are kept. `None` if no answer came.
    pub fn body(&self) -> Option<&[u8]> {
        self.0.answer.as_ref().map(|answer| &*answer.body)
    }

    /// Reads the body of the response as a type of your own, such as the API's documented form of an error.
    ///
    /// `None` if no response came, or its body is not of that type.
    ///
    /// ```
    /// #[derive(serde::Deserialize)]
    /// struct Problem {
    ///     code: String,
    /// }
    ///
    /// fn is_sold_out(error: &openapi_keys_runtime::Error) -> bool {
    ///     error.body_as::<Problem>().is_some_and(|problem| problem.code == "sold_out")
    /// }
    /// ```
    pub fn body_as<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_slice(self.body()?).ok()
    }

    /// Whether the API itself says that it has nothing under this id: 404 with JSON that isn't a router's.
    ///
    /// A 404 alone doesn't say it. A proxy answers 404 with a page of its own, and frameworks say `Cannot GET /…` of a path
    /// that they don't serve: then nothing is known about the record. For an API with an [`Envelope`](crate::Envelope) that
    /// has a status, the body has to say 404 as well, and why.
    ///
    /// ```
    /// use openapi_keys_runtime::Error;
    ///
    /// fn next_step(error: &Error) -> &'static str {
    ///     if error.is_not_found() { "it does not exist" } else { "nothing is known: ask again" }
    /// }
    /// ```
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        let status_field = self.0.profile.and_then(|profile| profile.envelope.status);
        self.kind() == ErrorKind::Refused(StatusCode::NOT_FOUND)
            && self
                .0
                .answer
                .as_ref()
                .is_some_and(|answer| not_found::says(&answer.headers, &answer.body, status_field))
    }

    /// How often it was tried to send the request: 0 if it could not be built, 1 if nothing was tried again.
    ///
    /// The error is that of the last attempt.
    ///
    /// ```
    /// fn log(error: &openapi_keys_runtime::Error) {
    ///     eprintln!("after {} attempts: {error}", error.attempts());
    /// }
    /// ```
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// How long the server asks to wait before the next request, by `Retry-After`; for
    /// [`ErrorKind::RateLimited`], how long the client itself has no room.
    ///
    /// A date is measured from the `Date` of the answer; one that has passed is zero.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// fn pause(error: &openapi_keys_runtime::Error) -> Duration {
    ///     error.retry_after().unwrap_or(Duration::from_secs(60))
    /// }
    /// ```
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.answer.as_ref().map_or(self.0.retry_after, |answer| answer.retry_after)
    }

    /// Where in the JSON the promised shape ends, e.g. `books[0].title`. `.` is the whole.
    pub fn json_path(&self) -> Option<&str> {
        self.0.json_path.as_deref()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_ref().map(|source| &**source as &(dyn StdError + 'static))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { kind, outcome, operation, profile, server, detail, json_path, .. } = &*self.0;
        let answer = self.0.answer.as_ref();
        text::sentence(
            &Sentence {
                kind: *kind,
                outcome: *outcome,
                operation: *operation,
                wording: profile.map(|profile| &profile.wording),
                server: server.as_deref(),
                detail: detail.as_deref(),
                json_path: json_path.as_deref(),
                status: answer.map(|answer| answer.status),
                messages: answer.map_or(&[], |answer| &answer.messages),
                error_name: answer.and_then(|answer| answer.error_name.as_deref()),
                attempts: self.0.attempts,
            },
            f,
        )
    }
}

/// The sentence, then its causes. With `{:#?}` the fields, without the headers, which may hold cookies, and with the
/// start of the body only.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !f.alternate() {
            return write_report(self, f);
        }
        let body = self.body().map(|body| text::shown(&String::from_utf8_lossy(body), 512));
        f.debug_struct("Error")
            .field("kind", &self.0.kind)
            .field("outcome", &self.0.outcome)
            .field("attempts", &self.0.attempts)
            .field("text", &self.to_string())
            .field("body", &body)
            .field("source", &self.0.source)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Profile;
    use crate::testing::{CREATE, GET};
    use crate::wording::Wording;

    static PROFILE: Profile = Profile::new("test/1")
        .wording(Wording::plain().after_unauthorized("check that key and branch belong together"));

    fn answered(status: StatusCode, messages: &[&str]) -> Answered {
        Answered {
            status,
            headers: HeaderMap::new(),
            body: Vec::new(),
            messages: messages.iter().map(|&message| message.to_owned()).collect(),
            error_name: None,
            retry_after: None,
        }
    }

    #[track_caller]
    fn check(error: Error, expected: &str) {
        let error = error.in_operation(&CREATE, "https://pay.example", &PROFILE);
        assert_eq!(error.to_string(), expected);
    }

    #[test]
    fn it_is_one_pointer() {
        assert_eq!(size_of::<Error>(), size_of::<usize>());
        fn sendable<T: Send + Sync + 'static>() {}
        sendable::<Error>();
    }

    #[test]
    fn the_text_stands_alone() {
        check(
            Error::new(ErrorKind::Connect),
            "createThing (POST https://pay.example/thing/create): no connection; nothing was sent, so it may be \
             repeated",
        );
        let refused = StatusCode::UNAUTHORIZED;
        check(
            Error::new(ErrorKind::Refused(refused)).with_answer(answered(refused, &["a", "b\n"])),
            "createThing (POST https://pay.example/thing/create): refused with 401 Unauthorized; the server says \"a\", \"b\\n\"; \
             check that key and branch belong together",
        );
        let failed = StatusCode::BAD_GATEWAY;
        check(
            Error::new(ErrorKind::Failed(failed)).with_answer(answered(failed, &[])),
            "createThing (POST https://pay.example/thing/create): the service failed with 502 Bad Gateway; it is not \
             known whether it was carried out: look before repeating",
        );
        check(
            Error::new(ErrorKind::Decode)
                .with_detail("missing field `id`")
                .with_json_path("books[0]".to_owned())
                .with_answer(answered(StatusCode::OK, &[])),
            "createThing (POST https://pay.example/thing/create): 200 OK, but its JSON has another shape than \
             expected at `books[0]`: missing field `id`; it is not known whether it was carried out: look \
             before repeating",
        );
    }

    #[test]
    fn a_read_may_be_repeated() {
        let error =
            Error::new(ErrorKind::Timeout).in_operation(&GET, "https://pay.example", &PROFILE);
        assert_eq!(
            error.to_string(),
            "getThing (GET https://pay.example/thing/{id}): no complete answer in time; it only reads, so it \
             may be repeated"
        );
    }

    #[test]
    fn more_than_one_attempt_is_told() {
        let error = Error::new(ErrorKind::Connect).with_attempts(3);
        assert_eq!(error.attempts(), 3);
        check(
            error,
            "createThing (POST https://pay.example/thing/create): no connection, after 3 attempts; nothing was sent, \
             so it may be repeated",
        );
        let once = Error::new(ErrorKind::Connect).with_attempts(1).to_string();
        assert!(!once.contains("attempt"), "{once}");
    }

    #[test]
    fn debug_shows_the_start_of_the_body() {
        let mut answer = answered(StatusCode::OK, &[]);
        answer.body = vec![b'x'; 2000];
        let text = format!("{:#?}", Error::new(ErrorKind::NotJson).with_answer(answer));
        assert!(text.contains("xxx…"), "{text}");
        assert!(text.len() < 1000, "{text}");
    }
}
