//! A call that has been built and not yet sent: `.await` sends it.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;

use serde::de::DeserializeOwned;

use crate::runtime::HttpRequest;
use crate::runtime::credentials::Secrets;
use crate::runtime::decode;
use crate::runtime::error::Error;
use crate::runtime::operation::Operation;
use crate::runtime::transport::{self, Shared};

/// A call that is ready to be sent; `.await` sends it and gives a `T`.
///
/// It is independent of the client and can be moved to another task. Dropping the future in the middle, as a
/// `select!` does, leaves it open whether the platform carried it out.
///
/// The future needs tokio.
///
/// ```no_run
/// use mileston_api::{NormalClient, types};
///
/// # async fn run(client: NormalClient) -> Result<(), mileston_api::Error> {
/// let call = client.payment_links().create(&types::CreatePaymentLink::new("100.00"));
/// assert_eq!(call.operation().id, "createPaymentLink");
/// let link = call.await?;
/// # let _ = link;
/// # Ok(())
/// # }
/// ```
#[must_use = "a call is sent only when it is awaited: add `.await`"]
pub struct Call<T> {
    shared: Arc<Shared<dyn Secrets>>,
    operation: &'static Operation,
    server: String,
    request: Result<HttpRequest, Error>,
    answer: PhantomData<fn() -> T>,
}

impl<T> Call<T> {
    pub(crate) fn new<K: Secrets + 'static>(
        shared: Arc<Shared<K>>,
        operation: &'static Operation,
        server: &str,
        request: Result<HttpRequest, Error>,
    ) -> Self {
        Call { shared, operation, server: server.to_owned(), request, answer: PhantomData }
    }

    /// Which operation it is: method, path, scope and more.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }
}

impl<T: DeserializeOwned + 'static> IntoFuture for Call<T> {
    type Output = Result<T, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    /// Sends the call.
    fn into_future(self) -> Self::IntoFuture {
        let Call { shared, operation, server, request, answer: _ } = self;
        Box::pin(async move {
            let answer = match request {
                Ok(request) => run(&shared, operation, request).await,
                Err(error) => Err(error),
            };
            answer.map_err(|error| error.in_operation(operation, &server))
        })
    }
}

async fn run<T: DeserializeOwned>(
    shared: &Shared<dyn Secrets>,
    operation: &'static Operation,
    request: HttpRequest,
) -> Result<T, Error> {
    let success = transport::send(shared, operation, request).await?;
    match &success.body {
        None => decode::nothing(),
        Some(body) => decode::decode(body),
    }
    .map_err(|error| success.not_understood(error))
}

/// Shows the operation and nothing of the arguments, which may be personal.
impl<T> fmt::Debug for Call<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("operation", &self.operation.id).finish_non_exhaustive()
    }
}
