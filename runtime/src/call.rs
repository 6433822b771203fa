//! A call that is built but not yet sent; `.await` sends it.

use std::fmt::{self, Display};
use std::future::IntoFuture;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::Error;
use crate::operation::Operation;
use crate::options::Options;
use crate::perform::{self, Done};
use crate::platform::BoxFuture;
use crate::request::Request;
use crate::response::Response;
use crate::retry::RetryPolicy;
use crate::shared::Shared;

/// A call that is ready to be sent; `.await` sends it and returns a `T`.
///
/// It is independent of the client and can be moved to another task. If the future is dropped while it runs, e.g. by
/// `select!`, it is unknown whether the server executed the request.
///
/// Options for this one call can be set before it is awaited. An operation with optional parameters has `into_call()`,
/// which returns this type. An invalid option is reported when the call is awaited, and then nothing is sent.
///
/// The future needs tokio, unless the client has another [`Clock`](crate::Clock) and [`Transport`](crate::Transport).
///
/// ```no_run
/// use std::time::Duration;
///
/// use openapi_keys_runtime::{Call, Error, Outcome};
///
/// # async fn run(call: Call<String>) {
/// match call.timeout(Duration::from_secs(5)).header("x-trace", "0af7651916cd43dd").await {
///     Ok(value) => println!("{value}"),
///     Err(error) if error.outcome() == Outcome::Unknown => println!("check before retrying: {error}"),
///     Err(error) => println!("{error}"),
/// }
/// # }
/// ```
#[must_use = "a call is sent only when it is awaited: add `.await`"]
pub struct Call<T> {
    shared: Arc<Shared>,
    operation: &'static Operation,
    server: &'static str,
    request: Built,
    /// Boxed because most calls have no options and should not reserve space for them.
    options: Option<Box<Options>>,
    answer: PhantomData<fn() -> T>,
}

/// The request, or why it can't be sent. This is a separate type because where a `Result` is expected and `.await` was
/// forgotten, the compiler suggests a field that is a `Result`, even if it is private.
struct Built(Result<Request, Error>);

impl<T> Call<T> {
    pub(crate) fn new(
        shared: Arc<Shared>,
        operation: &'static Operation,
        server: &'static str,
        request: Result<Request, Error>,
    ) -> Self {
        let request = Built(request);
        Call { shared, operation, server, request, options: None, answer: PhantomData }
    }

    /// Returns the operation: its method, path, scope and more.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// Sets how long this call may take, including all attempts and the waits between them, instead of the client's
    /// `total_timeout`.
    pub fn timeout(mut self, total: Duration) -> Self {
        self.options().timeout = Some(total);
        self
    }

    /// Sets how often this call is retried, instead of the client's `retries`.
    ///
    /// A write that may have been sent is not retried, whatever the policy.
    pub fn retries(mut self, policy: RetryPolicy) -> Self {
        self.options().retries = Some(policy);
        self
    }

    /// Sends this call at most once.
    pub fn without_retries(self) -> Self {
        self.retries(RetryPolicy::never())
    }

    /// Adds a header. A second value for the same name replaces the first.
    ///
    /// # Errors
    ///
    /// When awaited, [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument), and nothing is sent:
    ///
    /// * The name isn't a valid header name, or the value contains anything but visible ASCII, spaces and tabs.
    /// * The client sets the header itself: the headers of security schemes, `content-type`, `content-length`,
    ///   `accept`, `host`, and those that belong to the connection.
    /// * The header is an argument of the operation.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let operation = self.operation;
        let schemes = self.shared.profile.security_schemes;
        let result = self.options().header(operation, schemes, name, value);
        self.checked(result)
    }

    /// Adds a query parameter that this crate doesn't know. Name and value are escaped.
    ///
    /// # Errors
    ///
    /// When awaited, [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument), and nothing is sent: the name
    /// is empty, or it is an argument of the operation.
    pub fn query(mut self, name: &str, value: impl Display) -> Self {
        let operation = self.operation;
        let result = self.options().query(operation, name, value.to_string());
        self.checked(result)
    }

    /// Adds a body field that this crate doesn't know. It is signed with the rest of the body.
    ///
    /// It is placed after the other fields, whose bytes don't change.
    ///
    /// # Errors
    ///
    /// When awaited, [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument), and nothing is sent: there is
    /// no body, the body isn't an object, it already has the field, or the value can't be written as JSON.
    pub fn body_field(mut self, name: &str, value: impl Serialize) -> Self {
        let result = self.options().field(name, &value);
        self.checked(result)
    }

    /// Returns a call that awaits to a [`Response`], which has the status and headers as well as the value. Set other
    /// options first.
    pub fn with_response(self) -> CallWithResponse<T> {
        CallWithResponse(self)
    }

    fn options(&mut self) -> &mut Options {
        self.options.get_or_insert_default()
    }

    /// Keeps the first problem, which is the one that is reported.
    fn checked(mut self, result: Result<(), Error>) -> Self {
        if let (Ok(_), Err(error)) = (&self.request.0, result) {
            self.request.0 = Err(error);
        }
        self
    }
}

impl<T: DeserializeOwned + 'static> Call<T> {
    /// Sends the call, and returns the part of the result that `take` selects.
    async fn run<R>(mut self, take: fn(Done<'_, T>) -> R) -> Result<R, Error> {
        let Call { shared, operation, server, request, options, answer: _ } = &mut self;
        let done = match &mut request.0 {
            Ok(request) => perform::perform(shared, operation, options.as_deref(), request).await,
            Err(error) => Err(std::mem::replace(error, Error::new(error.kind()))),
        };
        done.map(take)
            .map_err(|error| error.in_operation(operation, shared.base(server), shared.profile))
    }
}

impl<T: DeserializeOwned + 'static> IntoFuture for Call<T> {
    type Output = Result<T, Error>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    /// Sends the call.
    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run(|done| done.value))
    }
}

/// A [`Call`] that awaits to a [`Response`]. Made by [`Call::with_response`].
#[must_use = "a call is sent only when it is awaited: add `.await`"]
pub struct CallWithResponse<T>(Call<T>);

impl<T: DeserializeOwned + 'static> IntoFuture for CallWithResponse<T> {
    type Output = Result<Response<T>, Error>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    /// Sends the call.
    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.0.run(|done| done.response()))
    }
}

impl<T> fmt::Debug for CallWithResponse<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("CallWithResponse").field(&self.0).finish()
    }
}

/// Shows the operation but no arguments, which may be personal.
impl<T> fmt::Debug for Call<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("operation", &self.operation.id).finish_non_exhaustive()
    }
}
