//! A call that has been built and not yet sent: `.await` sends it.

use std::fmt::{self, Display};
use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::runtime::HttpRequest;
use crate::runtime::credentials::Secrets;
use crate::runtime::error::Error;
use crate::runtime::operation::Operation;
use crate::runtime::options::Options;
use crate::runtime::perform::{self, Done};
use crate::runtime::response::CallWithResponse;
use crate::runtime::retry::RetryPolicy;
use crate::runtime::transport::Shared;

/// A call that is ready to be sent; `.await` sends it and gives a `T`.
///
/// It is independent of the client and can be moved to another task. Dropping the future in the middle, as a
/// `select!` does, leaves it open whether the platform carried it out.
///
/// Before that, options for this one call can be set. An operation with optional parameters has `into_call()` that
/// leads here. An option that cannot be is reported when the call is awaited, and then nothing is sent.
///
/// The future needs tokio.
///
/// ```no_run
/// use std::time::Duration;
///
/// use mileston_api::{NormalClient, types};
///
/// # async fn run(client: NormalClient) -> Result<(), mileston_api::Error> {
/// let call = client.payment_links().create(&types::CreatePaymentLink::new("100.00".parse()?));
/// assert_eq!(call.operation().id, "createPaymentLink");
/// let link = call.timeout(Duration::from_secs(5)).await?;
///
/// let links = client.payment_links().list().limit(10).into_call().without_retries().await?;
/// # let _ = (link, links);
/// # Ok(())
/// # }
/// ```
#[must_use = "a call is sent only when it is awaited: add `.await`"]
pub struct Call<T> {
    shared: Arc<Shared<dyn Secrets>>,
    operation: &'static Operation,
    server: &'static str,
    request: Prepared,
    /// Most calls have none, so there is no room for them in each.
    options: Option<Box<Options>>,
    answer: PhantomData<fn() -> T>,
}

/// The request, or why it can't be sent. Its own type, because where a `Result` is expected and `.await` was forgotten,
/// the compiler suggests a field that is a `Result`, though it is private.
struct Prepared(Result<HttpRequest, Error>);

impl<T> Call<T> {
    pub(crate) fn new<K: Secrets + 'static>(
        shared: Arc<Shared<K>>,
        operation: &'static Operation,
        server: &'static str,
        request: Result<HttpRequest, Error>,
    ) -> Self {
        let request = Prepared(request);
        Call { shared, operation, server, request, options: None, answer: PhantomData }
    }

    /// Which operation it is: method, path, scope and more.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// How long this call may take, all attempts and the waits between them, instead of the client's
    /// [`total_timeout`](crate::ClientBuilder::total_timeout).
    ///
    /// ```no_run
    /// # use std::time::Duration;
    /// # async fn run(client: mileston_api::NormalClient) -> Result<(), mileston_api::Error> {
    /// let link = client.payment_links().get(&"id".into()).timeout(Duration::from_secs(2)).await?;
    /// # let _ = link;
    /// # Ok(())
    /// # }
    /// ```
    pub fn timeout(mut self, total: Duration) -> Self {
        self.options().timeout = Some(total);
        self
    }

    /// How often this call is tried again, instead of the client's [`retries`](crate::ClientBuilder::retries).
    ///
    /// A write is not tried again when it may have been sent, whatever the policy.
    ///
    /// ```no_run
    /// # use mileston_api::RetryPolicy;
    /// # async fn run(client: mileston_api::NormalClient) -> Result<(), mileston_api::Error> {
    /// let link = client.payment_links().get(&"id".into()).retries(RetryPolicy::new(5)).await?;
    /// # let _ = link;
    /// # Ok(())
    /// # }
    /// ```
    pub fn retries(mut self, policy: RetryPolicy) -> Self {
        self.options().retries = Some(policy);
        self
    }

    /// This call is sent once at most.
    ///
    /// ```no_run
    /// # async fn run(client: mileston_api::NormalClient) -> Result<(), mileston_api::Error> {
    /// let link = client.payment_links().get(&"id".into()).without_retries().await?;
    /// # let _ = link;
    /// # Ok(())
    /// # }
    /// ```
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
    /// * The client sets it: `apikey`, `businessid`, `x-request-signature`, `content-type`, `content-length`, `accept`,
    ///   `host`, and all that is about the connection.
    /// * It is an argument of the operation.
    ///
    /// ```no_run
    /// # async fn run(client: mileston_api::NormalClient) -> Result<(), mileston_api::Error> {
    /// let link = client.payment_links().get(&"id".into()).header("x-trace", "0af7651916cd43dd").await?;
    /// # let _ = link;
    /// # Ok(())
    /// # }
    /// ```
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let operation = self.operation;
        let result = self.options().header(operation, name, value);
        self.checked(result)
    }

    /// Adds a parameter to the query, for one that this crate does not know. It is escaped.
    ///
    /// # Errors
    ///
    /// When awaited, [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument), and nothing is sent: the name
    /// is empty or an argument of the operation.
    ///
    /// ```no_run
    /// # async fn run(client: mileston_api::NormalClient) -> Result<(), mileston_api::Error> {
    /// let links = client.payment_links().list().into_call().query("page", 2).await?;
    /// # let _ = links;
    /// # Ok(())
    /// # }
    /// ```
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
    ///
    /// ```no_run
    /// # use mileston_api::types;
    /// # async fn run(client: mileston_api::NormalClient) -> Result<(), mileston_api::Error> {
    /// let body = types::CreatePaymentLink::new("100.00".parse()?);
    /// let call = client.payment_links().create(&body).body_field("customerEmail", "ada@shop.example");
    /// let link = call.await?;
    /// # let _ = link;
    /// # Ok(())
    /// # }
    /// ```
    pub fn body_field(mut self, name: &str, value: impl Serialize) -> Self {
        let result = self.options().field(name, &value);
        self.checked(result)
    }

    /// Awaits to a [`Response`](crate::Response) that has status and headers along with the value. Other options come
    /// before it.
    ///
    /// ```no_run
    /// # async fn run(client: mileston_api::NormalClient) -> Result<(), mileston_api::Error> {
    /// let answer = client.payment_links().get(&"id".into()).with_response().await?;
    /// println!("{} {:?}", answer.status, answer.headers.get("date"));
    /// let link = answer.value;
    /// # let _ = link;
    /// # Ok(())
    /// # }
    /// ```
    pub fn with_response(self) -> CallWithResponse<T> {
        CallWithResponse::new(self)
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
    ///
    /// The fields are used where they are: what is moved from one variable to another is kept twice in a future.
    #[allow(clippy::manual_async_fn, reason = "an async function keeps `self` twice")]
    pub(super) fn run<R>(
        mut self,
        take: fn(Done<'_, T>) -> R,
    ) -> impl Future<Output = Result<R, Error>> {
        async move {
            let Call { shared, operation, server, request, options, answer: _ } = &mut self;
            let done = match &mut request.0 {
                Ok(request) => {
                    perform::perform(shared, operation, options.as_deref(), request).await
                }
                Err(error) => Err(std::mem::replace(error, Error::new(error.kind()))),
            };
            done.map(take).map_err(|error| {
                error.in_operation(operation, shared.settings.origin.as_deref().unwrap_or(server))
            })
        }
    }
}

impl<T: DeserializeOwned + 'static> IntoFuture for Call<T> {
    type Output = Result<T, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    /// Sends the call.
    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run(|done| done.value))
    }
}

/// Shows the operation and nothing of the arguments, which may be personal.
impl<T> fmt::Debug for Call<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("operation", &self.operation.id).finish_non_exhaustive()
    }
}
