//! A call that has been built and not yet sent: `.await` sends it.

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

/// A call that is ready to be sent; `.await` sends it and gives a `T`.
///
/// It is independent of the client and can be moved to another task. Dropping the future in the middle, as a
/// `select!` does, leaves it open whether the server carried it out.
///
/// Before that, options for this one call can be set. An operation with optional parameters has `into_call()` that
/// leads here. An option that cannot be is reported when the call is awaited, and then nothing is sent.
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
///     Err(error) if error.outcome() == Outcome::Unknown => println!("look before repeating: {error}"),
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
    /// Most calls have none, so there is no room for them in each.
    options: Option<Box<Options>>,
    answer: PhantomData<fn() -> T>,
}

/// The request, or why it can't be sent. Its own type, because where a `Result` is expected and `.await` was forgotten,
/// the compiler suggests a field that is a `Result`, though it is private.
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

    /// Which operation it is: method, path, scope and more.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// How long this call may take, all attempts and the waits between them, instead of the client's
    /// `total_timeout`.
    pub fn timeout(mut self, total: Duration) -> Self {
        self.options().timeout = Some(total);
        self
    }

    /// How often this call is tried again, instead of the client's `retries`.
    ///
    /// A write is not tried again when it may have been sent, whatever the policy.
    pub fn retries(mut self, policy: RetryPolicy) -> Self {
        self.options().retries = Some(policy);
        self
    }

    /// This call is sent once at most.
    pub fn without_retries(self) -> Self {
        self.retries(RetryPolicy::never())
    }

    /// Sends a header along. A second value for the same name replaces the first.
    ///
    /// # Errors
    ///
    /// When awaited, [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument), and nothing is sent:
    ///
    /// * Name or value cannot be in a header; of a value that is visible ASCII, space and tab.
    /// * The client sets it: the headers of security schemes, `content-type`, `content-length`, `accept`, `host`, and all
    ///   that is about the connection.
    /// * It is an argument of the operation.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let operation = self.operation;
        let schemes = self.shared.profile.security_schemes;
        let result = self.options().header(operation, schemes, name, value);
        self.checked(result)
    }

    /// Adds a parameter to the query, for one that this crate does not know. It is escaped.
    ///
    /// # Errors
    ///
    /// When awaited, [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument), and nothing is sent: the name
    /// is empty or an argument of the operation.
    pub fn query(mut self, name: &str, value: impl Display) -> Self {
        let operation = self.operation;
        let result = self.options().query(operation, name, value.to_string());
        self.checked(result)
    }

    /// Adds a field to the body, for one that this crate does not know. It is signed along with the rest.
    ///
    /// It comes after the other fields, and they keep their bytes.
    ///
    /// # Errors
    ///
    /// When awaited, [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument), and nothing is sent: there is
    /// no body, or it is no object, or it has the field already, or the value cannot be JSON.
    pub fn body_field(mut self, name: &str, value: impl Serialize) -> Self {
        let result = self.options().field(name, &value);
        self.checked(result)
    }

    /// Awaits to a [`Response`] that has status and headers along with the value. Other options come
    /// before it.
    pub fn with_response(self) -> CallWithResponse<T> {
        CallWithResponse(self)
    }

    fn options(&mut self) -> &mut Options {
        self.options.get_or_insert_default()
    }

    /// The first problem is the one that is reported.
    fn checked(mut self, result: Result<(), Error>) -> Self {
        if let (Ok(_), Err(error)) = (&self.request.0, result) {
            self.request.0 = Err(error);
        }
        self
    }
}

impl<T: DeserializeOwned + 'static> Call<T> {
    /// Sends the call and takes from what came what is asked for.
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

/// A [`Call`] that awaits to a [`Response`]. [`Call::with_response`] makes it.
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

/// Shows the operation and nothing of the arguments, which may be personal.
impl<T> fmt::Debug for Call<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("operation", &self.operation.id).finish_non_exhaustive()
    }
}
