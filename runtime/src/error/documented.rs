//! Reads the errors that an OpenAPI document describes for an operation. The status of a response determines the type
//! of its body.

use http::StatusCode;
use serde::de::DeserializeOwned;

use super::failure::Error;
use super::kind::ErrorKind;
use crate::json::read_leniently;
use crate::operation::Operation;

/// The errors that an OpenAPI document describes for one operation. Generated clients implement this trait for the
/// enums that [`Error::documented`] returns.
pub trait DocumentedError: Sized {
    /// Returns the operation that can return these errors.
    #[doc(hidden)]
    fn operation() -> &'static Operation;

    /// Reads the body as the type that the OpenAPI document gives for the response's status.
    #[doc(hidden)]
    fn read(body: ErrorBody<'_>) -> Option<Self>;
}

/// The body of an error response.
#[derive(Clone, Copy)]
pub struct ErrorBody<'a> {
    status: StatusCode,
    bytes: &'a [u8],
}

impl ErrorBody<'_> {
    /// Returns the status, which determines the type of the body.
    #[must_use]
    pub fn status(self) -> u16 {
        self.status.as_u16()
    }

    /// Returns whether the status is in the range `4XX`.
    #[must_use]
    pub fn is_client_error(self) -> bool {
        self.status.is_client_error()
    }

    /// Returns whether the status is in the range `5XX`.
    #[must_use]
    pub fn is_server_error(self) -> bool {
        self.status.is_server_error()
    }

    /// Reads the body as a `T`. An optional value that doesn't match its type is left out.
    #[must_use]
    pub fn read<T: DeserializeOwned + 'static>(self) -> Option<T> {
        let text = std::str::from_utf8(self.bytes).ok()?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        read_leniently(text).ok().map(|read| read.value)
    }
}

impl Error {
    /// Reads the body of the response as the type that the OpenAPI document gives for the response's status. `E` is an
    /// enum of the operation's error bodies. Generated clients have such an enum for each operation that documents
    /// several error bodies.
    ///
    /// The type for a single status takes precedence over the type for a range, e.g. `4XX`. The type for a range takes
    /// precedence over `default`.
    ///
    /// Returns `None` if the error is from another operation, there was no response, the document gives no type for the
    /// status, or the body doesn't match the type. [`body`](Error::body) always returns the body, and
    /// [`body_as`](Error::body_as) reads it as a type of your choice.
    ///
    /// ```
    /// # use openapi_keys_runtime::generated::ErrorBody;
    /// # use openapi_keys_runtime::{DocumentedError, Method, Operation};
    /// # static CREATE_ORDER: Operation = Operation::new("createOrder", Method::POST, "/orders");
    /// # #[derive(serde::Deserialize)]
    /// # struct Conflict { order: String }
    /// # enum CreateOrderError { Conflict(Conflict) }
    /// # impl DocumentedError for CreateOrderError {
    /// #     fn operation() -> &'static Operation { &CREATE_ORDER }
    /// #     fn read(body: ErrorBody<'_>) -> Option<Self> { body.read().map(Self::Conflict) }
    /// # }
    /// fn existing_order(error: &openapi_keys_runtime::Error) -> Option<String> {
    ///     match error.documented()? {
    ///         CreateOrderError::Conflict(conflict) => Some(conflict.order),
    ///     }
    /// }
    /// ```
    #[must_use]
    pub fn documented<E: DocumentedError>(&self) -> Option<E> {
        if self.operation()?.id != E::operation().id {
            return None;
        }
        let status = match self.kind() {
            // If the API reports errors in the body, the status may come from the body.
            ErrorKind::Refused(status) | ErrorKind::Failed(status) => status,
            _ => self.status().filter(|status| !status.is_success())?,
        };
        E::read(ErrorBody { status, bytes: self.body()? })
    }
}
