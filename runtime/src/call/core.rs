//! Defines the part that all calls have in common. It contains the operation and, until the call is sent, the client
//! and the options. Afterwards, it contains the operation and the future.

use std::error::Error as StdError;
use std::fmt::{self, Display};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http::{HeaderMap, HeaderValue};
use serde::Serialize;

use super::access::Access;
use super::draft::Draft;
use crate::argument::argument;
use crate::authenticate::Authenticate;
use crate::client_core::ClientCore;
use crate::encode::header_text;
use crate::error::{Error, ErrorKind};
use crate::json::AnyValue;
use crate::operation::Operation;
use crate::options::Options;
use crate::outcome::Outcome;
use crate::pages::{Links, next_link};
use crate::perform::{self, Done};
use crate::platform::BoxFuture;
use crate::reading::Reading;
use crate::request::Request;
use crate::request_builder::RequestBuilder;
use crate::retry::RetryPolicy;
use crate::shared::Shared;
use crate::transport::Body;
use crate::typed::typed;

/// A call to an operation. Generated code implements this trait for each call type, so that other code can be generic
/// over calls.
///
/// ```
/// use openapi_keys_runtime::{Error, OperationCall};
///
/// async fn logged<C: OperationCall>(call: C) -> Result<C::Answer, Error> {
///     let operation = call.operation().id;
///     let result = call.await;
///     println!("{operation}: {}", result.is_ok());
///     result
/// }
/// ```
pub trait OperationCall: Future<Output = Result<Self::Answer, Error>> {
    /// The type of the response.
    type Answer: 'static;

    /// Returns the operation: its method, path, `security` and more.
    fn operation(&self) -> &'static Operation;

    /// Returns the function that decodes the response.
    #[doc(hidden)]
    fn reading(access: Access<Self>) -> Reading
    where
        Self: Sized;

    /// Returns the part that all calls have in common.
    #[doc(hidden)]
    fn core(&mut self, access: Access<Self>) -> &mut CallCore<Self::Answer>
    where
        Self: Sized;
}

/// A call to an operation, with its arguments.
pub trait BuildRequest: OperationCall {
    /// Writes the arguments into a request. This method is called once, when the call is awaited, and only if all
    /// arguments were accepted.
    ///
    /// # Errors
    ///
    /// Returns an error if an argument can't be part of a request.
    fn request(&mut self, request: RequestBuilder) -> Result<Request, Error>;
}

/// The part that all calls have in common. Each operation's call type wraps a `CallCore`.
pub struct CallCore<T> {
    operation: &'static Operation,
    state: State<T>,
}

enum State<T> {
    Unsent(Unsent),
    Running(BoxFuture<'static, Result<T, Error>>),
    Finished,
}

/// A call before it is sent.
pub(super) struct Unsent {
    shared: Arc<Shared>,
    server: &'static str,
    /// The options. They are boxed because most calls have none and shouldn't reserve space for them.
    options: Option<Box<Options>>,
    /// The media type and the body that replace the operation's own.
    raw_body: Option<Box<(HeaderValue, Body)>>,
    /// The links from previous responses that lead to this page. If there are any, they replace the operation's own
    /// URL.
    links: Links,
    /// The first problem with an argument or option. The problem is reported when the call is awaited.
    problem: Option<Error>,
}

impl<T> CallCore<T> {
    /// Creates a call to an operation that has at most one server.
    pub fn new<A: Authenticate>(core: &ClientCore<A>, operation: &'static Operation) -> Self {
        match operation.servers.first() {
            Some(server) => Self::at(core, operation, server),
            None if core.shared.settings.origin.is_some() => Self::at(core, operation, ""),
            None => {
                let mut call = Self::at(core, operation, "");
                call.refuse(Error::new(ErrorKind::InvalidOrigin).with_detail(
                    "the OpenAPI document has no server for this operation: set an origin on the client",
                ));
                call
            }
        }
    }

    /// Creates a call to a server that the caller chose. An origin that is set on the client takes precedence.
    pub fn at<A: Authenticate>(
        core: &ClientCore<A>,
        operation: &'static Operation,
        server: &'static str,
    ) -> Self {
        let shared = core.shared.clone();
        let unsent = Unsent {
            shared,
            server,
            options: None,
            raw_body: None,
            links: Links::default(),
            problem: None,
        };
        CallCore { operation, state: State::Unsent(unsent) }
    }

    /// Returns the value of an argument. If the conversion failed, the call reports that when it is awaited.
    pub fn argument<V, E>(&mut self, name: &'static str, value: Result<V, E>) -> Option<V>
    where
        E: StdError + Send + Sync + 'static,
    {
        self.accept(argument(name, value))
    }

    /// Passes the value of an argument to `set`. If the conversion failed, the call reports that when it is awaited.
    pub fn apply<V, E>(&mut self, name: &'static str, value: Result<V, E>, set: impl FnOnce(V))
    where
        E: StdError + Send + Sync + 'static,
    {
        if let Some(value) = self.argument(name, value) {
            set(value);
        }
    }

    /// Returns the body with the required values. If one of them is invalid, the call reports that when it is awaited.
    pub fn draft<B>(&mut self, body: Result<B, Error>) -> Draft<B> {
        Draft(self.accept(body))
    }

    /// Returns the value. If there is an error instead, keeps the error until the call is awaited, and returns `None`.
    pub(super) fn accept<V>(&mut self, value: Result<V, Error>) -> Option<V> {
        value.map_err(|problem| self.refuse(problem)).ok()
    }

    /// Returns the body unless an argument or option is invalid or the call has already been sent.
    ///
    /// # Errors
    ///
    /// Returns the error that awaiting the call would return.
    pub fn given<'b, B>(&self, body: &'b B) -> Result<&'b B, Error> {
        match &self.state {
            State::Unsent(Unsent { problem: Some(problem), .. }) => Err(problem.repeated()),
            State::Unsent(_) => Ok(body),
            // A value set after the call was sent is in the body, but wasn't sent.
            _ => Err(sent_already(self.operation)),
        }
    }

    /// Does the same as [`given`](CallCore::given) for the body of a [`Draft`].
    ///
    /// # Errors
    ///
    /// Returns the same errors as [`given`](CallCore::given).
    pub fn given_draft<'b, B>(&self, body: &'b Draft<B>) -> Result<&'b B, Error> {
        let body = self.given(body)?.get();
        body.ok_or_else(|| Error::invalid_argument("a value in the body was invalid"))
    }

    /// Returns the operation.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// Sets the time limit.
    pub fn timeout(&mut self, total: Duration) {
        if let Some(options) = self.options() {
            options.timeout = Some(total);
        }
    }

    /// Sets the retry policy.
    pub fn retries(&mut self, policy: RetryPolicy) {
        if let Some(options) = self.options() {
            options.retries = Some(policy);
        }
    }

    /// Adds a header.
    pub fn header(&mut self, name: &str, value: &str) {
        let State::Unsent(unsent) = &mut self.state else { return };
        let schemes = unsent.shared.profile.security_schemes;
        let options = unsent.options.get_or_insert_default();
        let result = options.header(self.operation, schemes, name, value);
        self.accept(result);
    }

    /// Adds a query parameter.
    pub fn query(&mut self, name: &str, value: &impl Display) {
        let State::Unsent(unsent) = &mut self.state else { return };
        let schemes = unsent.shared.profile.security_schemes;
        let options = unsent.options.get_or_insert_default();
        let result = options.query(self.operation, schemes, name, value.to_string());
        self.accept(result);
    }

    /// Adds a body field.
    pub fn body_field(&mut self, name: &str, value: &impl Serialize) {
        let result = self.options().map(|it| it.field(name, value));
        self.accept(result.unwrap_or(Ok(())));
    }

    /// Replaces the body.
    pub fn raw_body(&mut self, content_type: &str, body: Body) {
        let method = &self.operation.method;
        let content_type = match header_text(content_type) {
            _ if method.is_safe() => {
                return self.refuse(Error::invalid_argument(format!(
                    "a {method} request can't have a body"
                )));
            }
            Some(content_type) => content_type,
            None => {
                return self.refuse(Error::invalid_argument(
                    "the media type of the body can't be written in a header",
                ));
            }
        };
        if let State::Unsent(unsent) = &mut self.state {
            unsent.raw_body = Some(Box::new((content_type, body)));
        }
    }

    /// Returns a copy of the call, so that the same request can be sent more than once. Copy a call before it is sent.
    /// Otherwise, sending the copy fails. It also fails if the body isn't in memory, e.g. because the body is a file.
    #[must_use]
    pub fn again(&self) -> Self {
        let operation = self.operation;
        let State::Unsent(Unsent { shared, server, options, raw_body, links, problem }) =
            &self.state
        else {
            return CallCore { operation, state: State::Finished };
        };
        let whole = raw_body.as_ref().map(|replaced| {
            let (content_type, body) = &**replaced;
            body.whole().map(|bytes| Box::new((content_type.clone(), Body::full(bytes.clone()))))
        });
        let unsendable = matches!(whole, Some(None)).then(|| {
            Error::invalid_argument("a body that is read while it is sent can't be sent again")
        });
        let unsent = Unsent {
            shared: shared.clone(),
            server,
            options: options.clone(),
            raw_body: whole.flatten(),
            links: links.clone(),
            problem: problem.as_ref().map(Error::repeated).or(unsendable),
        };
        CallCore { operation, state: State::Unsent(unsent) }
    }

    /// Prepares the call for the next page, which the `Link` header of a response names. Returns whether there is a
    /// next page.
    ///
    /// # Errors
    ///
    /// Returns an error if the link points back to this page, because the list would never end.
    pub fn follow(&mut self, headers: &HeaderMap) -> Result<bool, Error> {
        let Some(link) = next_link(headers) else { return Ok(false) };
        if let State::Unsent(unsent) = &mut self.state
            && !unsent.links.push(link)
        {
            let error = Error::new(ErrorKind::Decode);
            return Err(error.with_detail("the link to the next page points back to this page"));
        }
        Ok(true)
    }

    /// Returns the URL that the path of the request is appended to.
    pub(super) fn base(&self) -> &str {
        match &self.state {
            State::Unsent(unsent) => unsent.shared.base(unsent.server),
            _ => "",
        }
    }

    fn options(&mut self) -> Option<&mut Options> {
        match &mut self.state {
            State::Unsent(unsent) => Some(unsent.options.get_or_insert_default()),
            _ => None,
        }
    }

    fn refuse(&mut self, error: Error) {
        if let State::Unsent(unsent) = &mut self.state {
            unsent.problem.get_or_insert(error);
        }
    }

    /// Takes the part of the call that exists only until it is sent.
    fn take(&mut self) -> Option<Unsent> {
        if !matches!(self.state, State::Unsent(_)) {
            return None;
        }
        match std::mem::replace(&mut self.state, State::Finished) {
            State::Unsent(unsent) => Some(unsent),
            _ => None,
        }
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Result<T, Error>> {
        let State::Running(future) = &mut self.state else {
            return Poll::Ready(Err(sent_already(self.operation)));
        };
        let result = future.as_mut().poll(context);
        if result.is_ready() {
            self.state = State::Finished;
        }
        result
    }
}

/// Polls a call. The first poll sends it.
pub fn poll<C: BuildRequest>(
    call: &mut C,
    context: &mut Context<'_>,
) -> Poll<Result<C::Answer, Error>> {
    if let Some(unsent) = call.core(Access::new()).take() {
        let reading = C::reading(Access::new());
        let future = start(call, unsent, reading, |done| Ok(done.value()));
        call.core(Access::new()).state = State::Running(future);
    }
    call.core(Access::new()).poll(context)
}

/// Builds the request and returns the future that sends it. `take` extracts a value of type `R` from the result.
fn start<C: BuildRequest, R: 'static>(
    call: &mut C,
    mut unsent: Unsent,
    reading: Reading,
    take: fn(Done<'_>) -> Result<AnyValue, Error>,
) -> BoxFuture<'static, Result<R, Error>> {
    let operation = call.core(Access::new()).operation;
    let request = match unsent.problem.take() {
        Some(problem) => Err(problem),
        None => {
            let base = unsent.shared.base(unsent.server);
            call.request(RequestBuilder::new(operation.method.clone(), base))
        }
    };
    let request = request.and_then(|mut request| {
        if let Some((content_type, body)) = unsent.raw_body.take().map(|replaced| *replaced) {
            request.set_body(body);
            request.content_type = Some(content_type);
        }
        unsent.links.iter().try_for_each(|link| request.follow(link))?;
        Ok(request)
    });
    let running = run(operation, unsent, request, reading, take);
    Box::pin(async { typed(running.await?) })
}

/// Polls a call whose result isn't just the operation's value, e.g. a response with its headers. `running` is `None`
/// before the call is sent and after it has ended.
pub(super) fn drive<C: BuildRequest, R: 'static>(
    call: &mut C,
    running: &mut Option<BoxFuture<'static, Result<R, Error>>>,
    reading: Reading,
    take: fn(Done<'_>) -> Result<AnyValue, Error>,
    context: &mut Context<'_>,
) -> Poll<Result<R, Error>> {
    if let Some(unsent) = call.core(Access::new()).take() {
        *running = Some(start(call, unsent, reading, take));
    }
    let Some(future) = running else {
        return Poll::Ready(Err(sent_already(call.core(Access::new()).operation())));
    };
    let result = future.as_mut().poll(context);
    if result.is_ready() {
        *running = None;
    }
    result
}

async fn run(
    operation: &'static Operation,
    unsent: Unsent,
    mut request: Result<Request, Error>,
    reading: Reading,
    take: fn(Done<'_>) -> Result<AnyValue, Error>,
) -> Result<AnyValue, Error> {
    let Unsent { shared, server, options, .. } = unsent;
    let base = shared.base(server);
    let done = match &mut request {
        Ok(request) => {
            perform::perform(&shared, operation, base, options.as_deref(), request, reading).await
        }
        Err(error) => Err(std::mem::replace(error, Error::new(error.kind()))),
    };
    done.and_then(take).map_err(|error| error.in_operation(operation, base, shared.profile))
}

/// Returns the error for a call that is awaited a second time. Its outcome is unknown, because the request may already
/// have been executed.
fn sent_already(operation: &'static Operation) -> Error {
    Error::invalid_argument("the call was already awaited, and each call is sent only once")
        .of(operation)
        .with_outcome(Outcome::Unknown)
}

/// Shows the operation but not the arguments, which may contain personal data.
impl<T> fmt::Debug for CallCore<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("operation", &self.operation.id).finish_non_exhaustive()
    }
}
