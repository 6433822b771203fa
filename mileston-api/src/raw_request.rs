//! Sends requests to endpoints that aren't in the OpenAPI document. The caller describes the endpoint, and the request
//! is sent like any other call.

mod described;
mod value;

use std::fmt::{self, Display};
use std::marker::PhantomData;

use mileston_keys::{Credential, scope};
use openapi_keys_runtime::generated::{RequestBuilder, call_at};
use openapi_keys_runtime::{
    Call, Error, ErrorKind, Method, Operation, Request, RequiredScheme, SecurityRequirement,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

use self::described::Reached;
use crate::generated::Client;

/// An endpoint that isn't in the OpenAPI document, with the scope `S` that it requires: [`Normal`], [`Checkout`],
/// [`Wallet`] or [`Open`]. [`Client::raw`] calls it.
///
/// The scope decides which credentials are sent. If a client lacks them, the call doesn't compile:
///
/// ```compile_fail,E0277
/// use mileston_api::raw::{Normal, RawOperation};
/// use mileston_api::{CheckoutClient, Test};
///
/// static PING: RawOperation<Normal> =
///     RawOperation::get("ping", "https://payment-service.mileston.co", "/ping");
/// # fn run(client: CheckoutClient<Test>) {
/// // error[E0277]: this raw operation needs the scope `raw::Normal`, but the client holds `CheckoutKey<Test>`
/// let request = client.raw(&PING);
/// # }
/// ```
///
/// The server must be one of those in [`catalogue::OPERATIONS`](crate::catalogue::OPERATIONS), because a key is sent
/// only to these servers. A client with a custom [`origin`](crate::ClientBuilder::origin) sends the request to that
/// origin instead.
///
/// The path begins with `/`. Each segment either consists of letters, digits, `-`, `.`, `_` and `~`, or is a `{name}`
/// that [`RawRequest::path`] fills in. The path and the filled-in values are checked when the call is awaited. A value
/// that a server could read as more than one segment is rejected.
///
/// If the endpoint is in the OpenAPI document after all, the raw operation must have the endpoint's scope. So a raw
/// operation can't bypass the scopes. A path that matches a template in the document (`/invoice/new` matches
/// `/invoice/{invoiceId}`) is treated as that endpoint. With a custom origin, which serves all services, the path is
/// compared with the operations of all services.
///
/// A GET is treated as a read, and is retried if a retry can help. A POST is treated as a write, and is sent at most
/// once.
#[derive(Debug)]
pub struct RawOperation<S> {
    operation: Operation,
    server: &'static str,
    scope: PhantomData<S>,
}

/// Requires a Normal key. See [`scope::Normal`].
#[derive(Debug)]
pub enum Normal {}

/// Requires a Checkout key. See [`scope::Checkout`].
#[derive(Debug)]
pub enum Checkout {}

/// Requires a Normal key with a wallet secret, and signs the body. See [`scope::Wallet`].
#[derive(Debug)]
pub enum Wallet {}

/// Requires nothing. No credential is sent, even if the client holds one.
#[derive(Debug)]
pub enum Open {}

/// The scope that a raw operation requires. Other crates can't implement this trait.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a scope of a raw operation",
    label = "not a scope",
    note = "the scopes are `raw::Normal`, `raw::Checkout`, `raw::Wallet` and `raw::Open`"
)]
pub trait Scope: sealed::Sealed {
    #[doc(hidden)]
    const SECURITY: &'static [SecurityRequirement];
    #[doc(hidden)]
    const NAME: Option<&'static str>;
}

/// A credential that satisfies the scope `S`. Other crates can implement this trait only if they define `S` themselves.
/// Such an `S` can't implement [`Scope`], so no raw operation can require it.
///
/// If a credential doesn't satisfy the scope, the compiler also names the trait in [`keys::scope`](crate::keys::scope)
/// that the credential doesn't implement.
#[diagnostic::on_unimplemented(
    message = "this raw operation needs the scope `{S}`, but the client holds `{Self}`",
    label = "lacks the scope `{S}`",
    note = "`Normal` needs a Normal key, `Checkout` a Checkout key, `Wallet` a Normal key with a wallet secret; `Open` needs none"
)]
pub trait Satisfies<S>: Credential {}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Normal {}
    impl Sealed for super::Checkout {}
    impl Sealed for super::Wallet {}
    impl Sealed for super::Open {}
}

const BUSINESS: RequiredScheme = RequiredScheme::new("businessId");
const NORMAL_KEY: RequiredScheme = RequiredScheme::new("normalKey");
const NORMAL: SecurityRequirement = SecurityRequirement::new(&[NORMAL_KEY, BUSINESS]);
const CHECKOUT: SecurityRequirement =
    SecurityRequirement::new(&[RequiredScheme::new("checkoutKey"), BUSINESS]);
const WALLET: SecurityRequirement =
    SecurityRequirement::new(&[NORMAL_KEY, BUSINESS, RequiredScheme::new("walletSignature")]);

impl Scope for Normal {
    const SECURITY: &'static [SecurityRequirement] = &[NORMAL];
    const NAME: Option<&'static str> = Some("Normal");
}

impl Scope for Checkout {
    const SECURITY: &'static [SecurityRequirement] = &[CHECKOUT];
    const NAME: Option<&'static str> = Some("Checkout");
}

impl Scope for Wallet {
    const SECURITY: &'static [SecurityRequirement] = &[WALLET];
    const NAME: Option<&'static str> = Some("Wallet");
}

impl Scope for Open {
    const SECURITY: &'static [SecurityRequirement] = &[];
    const NAME: Option<&'static str> = None;
}

impl<K: scope::Normal> Satisfies<Normal> for K {}
impl<K: scope::Checkout> Satisfies<Checkout> for K {}
impl<K: scope::Wallet> Satisfies<Wallet> for K {}
impl<K: Credential> Satisfies<Open> for K {}

impl<S: Scope> RawOperation<S> {
    /// Creates a read operation. `id` identifies the operation in errors and spans. [`RawOperation`] describes the
    /// allowed servers and paths.
    ///
    /// ```
    /// use mileston_api::raw::{Open, RawOperation};
    ///
    /// static PING: RawOperation<Open> =
    ///     RawOperation::get("ping", "https://payment-service.mileston.co", "/ping");
    /// # let _ = &PING;
    /// ```
    pub const fn get(id: &'static str, server: &'static str, path: &'static str) -> Self {
        Self::of(Method::GET, id, server, path)
    }

    /// Creates a write operation. As with any write, check whether it was executed before you send it again.
    ///
    /// ```
    /// use mileston_api::raw::{Normal, RawOperation};
    ///
    /// static ARCHIVE: RawOperation<Normal> = RawOperation::post(
    ///     "archiveInvoice",
    ///     "https://invoice-service.mileston.co",
    ///     "/invoice/{id}/archive",
    /// );
    /// # let _ = &ARCHIVE;
    /// ```
    pub const fn post(id: &'static str, server: &'static str, path: &'static str) -> Self {
        Self::of(Method::POST, id, server, path)
    }

    /// Declares that the response has no body to read. The call then returns `()`.
    ///
    /// ```
    /// use mileston_api::raw::{Normal, RawOperation};
    ///
    /// const SERVER: &str = "https://invoice-service.mileston.co";
    /// static TOUCH: RawOperation<Normal> =
    ///     RawOperation::post("touch", SERVER, "/invoice/touch").without_response();
    /// # let _ = &TOUCH;
    /// ```
    pub const fn without_response(mut self) -> Self {
        self.operation.answer = None;
        self
    }

    const fn of(
        method: Method,
        id: &'static str,
        server: &'static str,
        path: &'static str,
    ) -> Self {
        let operation = Operation::new(id, method, path)
            .tag("raw")
            .accessor("raw")
            .function("call")
            .security(S::SECURITY)
            .answer("any JSON")
            .summary("Not in the OpenAPI document.")
            .undescribed();
        let operation = match S::NAME {
            Some(scope) => operation.bound(scope),
            None => operation,
        };
        RawOperation { operation, server, scope: PhantomData }
    }
}

impl<K: Credential> Client<K> {
    /// Prepares a request to an endpoint that isn't in the OpenAPI document.
    ///
    /// Credentials, signatures, limits, retries and errors work as for any other call.
    ///
    /// ```no_run
    /// use mileston_api::raw::{Normal, RawOperation};
    /// use mileston_api::{NormalClient, Test};
    ///
    /// static ARCHIVE: RawOperation<Normal> = RawOperation::post(
    ///     "archiveInvoice",
    ///     "https://invoice-service.mileston.co",
    ///     "/invoice/{id}/archive",
    /// );
    ///
    /// #[derive(serde::Deserialize)]
    /// struct Archived {
    ///     message: String,
    /// }
    ///
    /// # async fn run(client: NormalClient<Test>) -> Result<(), mileston_api::Error> {
    /// let request = client.raw(&ARCHIVE).path("id", "7").json(&serde_json::json!({"reason": "paid twice"}));
    /// let archived: Archived = request.call().await?;
    /// println!("{}", archived.message);
    /// # Ok(())
    /// # }
    /// ```
    pub fn raw<S>(&self, operation: &'static RawOperation<S>) -> RawRequest<'_, K>
    where
        K: Satisfies<S>,
    {
        let RawOperation { operation, server, scope: _ } = operation;
        RawRequest { client: self, operation, server, values: Vec::new(), body: None }
    }
}

/// A request to a [`RawOperation`]. Add values and a body to it, and turn it into a call with
/// [`call`](RawRequest::call).
#[must_use = "a raw request is sent only as a call: add `.call().await`"]
pub struct RawRequest<'c, K> {
    client: &'c Client<K>,
    operation: &'static Operation,
    server: &'static str,
    values: Vec<(&'static str, String)>,
    /// The body, or the reason why there is none.
    body: Option<Result<Vec<u8>, Error>>,
}

impl<K: Credential> RawRequest<'_, K> {
    /// Fills in the `{name}` segment of the path. The value is escaped and stays a single segment.
    ///
    /// A value is rejected if it is empty, `.` or `..`, or if it is already percent-encoded. It also can't contain `/`,
    /// `\`, `?`, `#`, a character that looks like one of these or like `.` or `%`, a control character or an invisible
    /// character. Some servers would treat such a value as a different path. The value is checked when the call is
    /// awaited, before anything is sent.
    pub fn path(mut self, name: &'static str, value: impl Display) -> Self {
        self.values.push((name, value.to_string()));
        self
    }

    /// Sets the body. Without a body, a POST sends `{}`, like the vendor's SDK.
    pub fn json(mut self, body: &(impl Serialize + ?Sized)) -> Self {
        self.body = Some(serde_json::to_vec(body).map_err(|_| {
            // The source is left out of the error, because its text could contain a value.
            invalid("the body can't be written as JSON")
        }));
        self
    }

    /// Returns the call. It takes the same options as any other call, including query parameters, and is sent by
    /// `.await`. The response's JSON is deserialized into a `T`.
    ///
    /// # Errors
    ///
    /// When awaited, the call can fail like any other call. In the following cases, it sends nothing and returns
    /// [`ErrorKind::InvalidArgument`] or [`ErrorKind::InvalidOrigin`]:
    ///
    /// * [`RawOperation`] doesn't allow the path or the server.
    /// * The OpenAPI document contains the endpoint, but with a different scope.
    /// * A `{name}` segment doesn't have exactly one value, or its value is invalid.
    /// * A value has a name that isn't in the path.
    /// * A GET has a body.
    pub fn call<T: DeserializeOwned>(self) -> Call<T> {
        let RawRequest { client, operation, server, values, body } = self;
        let reached = if client.origin().is_some() { Reached::All } else { Reached::One(server) };
        call_at(&client.core, operation, server, |base| {
            check_server(server)?;
            let request = build(base, operation, &values, body)?;
            let path = request.url().strip_prefix(base).unwrap_or_default();
            described::check(operation, reached, path)?;
            Ok(request)
        })
    }
}

/// Shows the operation but not the values, which may contain personal data.
impl<K> fmt::Debug for RawRequest<'_, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawRequest").field("operation", &self.operation.id).finish_non_exhaustive()
    }
}

fn build(
    base: &str,
    operation: &'static Operation,
    values: &[(&'static str, String)],
    body: Option<Result<Vec<u8>, Error>>,
) -> Result<Request, Error> {
    let builder = RequestBuilder::new(operation.method.clone(), base);
    let mut request = fill(builder, operation.path, values)?.finish()?;
    if let Some(body) = body {
        if operation.method.is_safe() {
            return Err(invalid("a raw read operation can't have a body"));
        }
        request.set_body(body?);
    }
    Ok(request)
}

/// Checks that the server is in the OpenAPI document. A key must not be sent to any other server.
fn check_server(server: &str) -> Result<(), Error> {
    if crate::catalogue::SERVERS.contains(&server) {
        return Ok(());
    }
    Err(Error::new(ErrorKind::InvalidOrigin).with_detail(
        "the server of the raw operation is not one of those in `catalogue::OPERATIONS`",
    ))
}

const NO_PATH: &str = "the path of the raw operation is invalid: it must begin with `/`, each \
segment must be `{name}` \
                       or consist of letters, digits, `-`, `.`, `_` and `~`, and no segment may be empty, `.` or `..`";

/// Adds the path and fills in its values.
fn fill(
    mut request: RequestBuilder,
    template: &'static str,
    values: &[(&'static str, String)],
) -> Result<RequestBuilder, Error> {
    let segments = template.strip_prefix('/').ok_or_else(|| invalid(NO_PATH))?;
    let mut used = 0;
    for segment in segments.split('/') {
        request = request.path("/");
        match name(segment) {
            Some(name) => {
                let mut given = values.iter().filter(|(given, _)| *given == name);
                let (Some(&(name, ref value)), None) = (given.next(), given.next()) else {
                    return Err(invalid(
                        "each `{name}` in the path of the raw operation needs exactly one value",
                    ));
                };
                used += 1;
                value::check(name, value)?;
                request = request.segment(name, value);
            }
            None if is_plain(segment) => request = request.path(segment),
            None => return Err(invalid(NO_PATH)),
        }
    }
    if used != values.len() {
        return Err(invalid(
            "a value was given for a name that is not in the path of the raw operation",
        ));
    }
    Ok(request)
}

fn name(segment: &str) -> Option<&str> {
    let name = segment.strip_prefix('{')?.strip_suffix('}')?;
    (!name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric())).then_some(name)
}

fn is_plain(segment: &str) -> bool {
    let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    !matches!(segment, "" | "." | "..") && segment.bytes().all(unreserved)
}

fn invalid(problem: &str) -> Error {
    Error::invalid_argument(problem)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const HOST: &str = "https://host.example";

    fn fill(template: &'static str, values: &[(&'static str, String)]) -> Result<String, Error> {
        let request = super::fill(RequestBuilder::new(Method::GET, HOST), template, values)?;
        Ok(request.finish()?.url().strip_prefix(HOST).unwrap().to_owned())
    }

    #[test]
    fn a_path_is_filled_in_as_documented() {
        let id = |value: &str| vec![("id", value.to_owned())];
        assert_eq!(fill("/ping", &[]).unwrap(), "/ping");
        assert_eq!(fill("/a/{id}/b", &id("x..y z%é")).unwrap(), "/a/x..y%20z%25%C3%A9/b");
        for path in [
            "", "ping", "//ping", "/", "/a/", "/a//b", "/../a", "/a/.", "/a?b", "/a#b", "/a\\b",
            "/a%2e",
        ] {
            let error = fill(path, &[]).unwrap_err();
            assert_eq!(
                (error.kind(), error.to_string().as_str()),
                (ErrorKind::InvalidArgument, NO_PATH),
                "{path}"
            );
        }
        for path in ["/{}", "/{a b}", "/x{id}", "/{id"] {
            assert_eq!(fill(path, &id("1")).unwrap_err().to_string(), NO_PATH, "{path}");
        }
        let text = |path, values: &[_]| fill(path, values).unwrap_err().to_string();
        let one = "each `{name}` in the path of the raw operation needs exactly one value";
        assert_eq!(text("/{id}", &[]), one);
        assert_eq!(text("/{id}", &[("id", "1".to_owned()), ("id", "2".to_owned())]), one);
        assert_eq!(
            text("/a", &id("1")),
            "a value was given for a name that is not in the path of the raw operation"
        );
        assert_eq!(
            text("/{id}", &id("..")),
            "the value for `id` in the path of the raw operation is empty, `.` or `..`, so the \
            request could reach a different endpoint"
        );
    }

    proptest! {
        /// Checks that a value can't move the request to a different path or server.
        #[test]
        fn a_value_stays_a_single_segment(value in any::<String>()) {
            if let Ok(path) = fill("/a/{id}/b", &[("id", value.clone())]) {
                // Some servers decode the path once or twice before they match the route.
                let decoded = |text: &str| {
                    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
                };
                for path in [decoded(&path), decoded(&decoded(&path))] {
                    prop_assert_eq!(path.split(['/', '\\']).count(), 4);
                    prop_assert!(!path.contains(['?', '#']) && !path.contains("/../"));
                }
                let url = openapi_keys_runtime::reqwest::Url::parse(&format!("{HOST}{path}")).unwrap();
                prop_assert_eq!(url.host_str(), Some("host.example"));
                prop_assert_eq!(url.path(), path.as_str());
                prop_assert_eq!(url.path_segments().unwrap().count(), 3);
                prop_assert!(url.query().is_none() && url.fragment().is_none());
            }
        }
    }
}
