//! Defines the methods that every call has. They are in a macro, because only the crate that defines a type can give
//! the type inherent methods.

/// Turns a type into a call: a future with the options that every call has. The type must implement
/// [`BuildRequest`](crate::generated::BuildRequest) and have a [`CallCore`](crate::generated::CallCore) named `call`.
///
/// `call!(GetBookCall -> Bytes as bytes)` is for a response that isn't JSON. `bytes` names a function of
/// [`Reading`](crate::generated::Reading).
///
/// In `call!(GetBookCall -> Book { title })`, `title` is a method of the response, not of the call. If a program calls
/// `title` on the call, the compiler suggests `.await`.
#[macro_export]
#[doc(hidden)]
macro_rules! call {
    ($call:ident -> $answer:ty $({ $($accessor:ident),+ $(,)? })?) => {
        $crate::call!(@impl [] $call, $answer, json);
        $crate::call!(@awaited [] $call, $answer $($(, $accessor)+)?);
    };
    ($call:ident -> $answer:ty as $reading:ident) => {
        $crate::call!(@impl [] $call, $answer, $reading);
        $crate::call!(@awaited [] $call, $answer);
    };
    (@impl [$($generics:tt)*] $call:ty, $answer:ty, $reading:ident) => {
        impl $($generics)* $call {
            /// Returns the operation: its method, path, `security` and more.
            #[must_use]
            pub fn operation(&self) -> &'static $crate::Operation {
                self.call.operation()
            }

            /// Sets how long this call may take, including all attempts and the waits between them. This replaces the
            /// client's `total_timeout`.
            pub fn timeout(mut self, total: ::std::time::Duration) -> Self {
                self.call.timeout(total);
                self
            }

            /// Sets the retry policy of this call, which replaces the client's `retries`.
            ///
            /// A write that may have been sent is not retried, whatever the policy.
            pub fn retries(mut self, policy: $crate::RetryPolicy) -> Self {
                self.call.retries(policy);
                self
            }

            /// Sends this call at most once.
            pub fn without_retries(self) -> Self {
                self.retries($crate::RetryPolicy::never())
            }

            /// Adds a header. A second value for the same name replaces the first.
            ///
            /// If you add an `accept` header, the server may send a media type that the call can't decode. Read such a
            /// response with `streamed()`.
            ///
            /// # Errors
            ///
            /// In these cases, awaiting the call returns `ErrorKind::InvalidArgument` and nothing is sent:
            ///
            /// * The name isn't a valid header name, or the value contains anything other than visible ASCII, spaces
            ///   and tabs.
            /// * The client or its HTTP library sets the header itself. This applies to `content-type`,
            ///   `content-length`, `host`, `accept-encoding`, headers that security schemes use, and connection
            ///   headers, e.g. `upgrade`.
            /// * The header is an argument of the operation.
            pub fn header(mut self, name: &str, value: &str) -> Self {
                self.call.header(name, value);
                self
            }

            /// Adds a query parameter that isn't in the OpenAPI document. The name and value are escaped.
            ///
            /// # Errors
            ///
            /// When awaited, the call returns `ErrorKind::InvalidArgument` and sends nothing if the name is empty or is
            /// an argument of the operation.
            pub fn query(mut self, name: &str, value: impl ::std::fmt::Display) -> Self {
                self.call.query(name, &value);
                self
            }

            /// Adds a body field that isn't in the OpenAPI document. If the body is signed, the signature covers the
            /// field.
            ///
            /// The field comes after the other fields, whose bytes don't change.
            ///
            /// # Errors
            ///
            /// When awaited, the call returns `ErrorKind::InvalidArgument` and sends nothing if there is no body, the
            /// body isn't an object, it already contains the field, or the value can't be written as JSON.
            pub fn body_field(
                mut self,
                name: &str,
                value: impl $crate::generated::Serialize,
            ) -> Self {
                self.call.body_field(name, &value);
                self
            }

            /// Sends this body instead of the operation's own, e.g. a body in a different media type that the server
            /// accepts.
            ///
            /// # Errors
            ///
            /// When awaited, the call returns `ErrorKind::InvalidArgument` and sends nothing if the operation's method
            /// doesn't allow a body, e.g. GET, or if the media type can't be written in a header.
            pub fn raw_body(
                mut self,
                content_type: &str,
                body: impl ::std::convert::Into<$crate::Body>,
            ) -> Self {
                self.call.raw_body(content_type, body.into());
                self
            }

            /// Returns a call whose result is a `Response`, which has the status and headers in addition to the value.
            /// Set other options first.
            pub fn with_response(self) -> $crate::CallWithResponse<Self> {
                $crate::CallWithResponse::new(self)
            }

            /// Returns a call whose result is a `Download`: the body of the response as it arrives, whatever it
            /// contains. The timeout applies to the head of the response, and then to each pause in the body. Set other
            /// options first.
            pub fn streamed(self) -> $crate::StreamedCall<Self> {
                $crate::StreamedCall::new(self)
            }
        }

        impl $($generics)* $crate::OperationCall for $call {
            type Answer = $answer;

            fn operation(&self) -> &'static $crate::Operation {
                self.call.operation()
            }

            fn reading(_: $crate::generated::Access<Self>) -> $crate::generated::Reading {
                $crate::generated::Reading::$reading::<$answer>()
            }

            fn core(
                &mut self,
                _: $crate::generated::Access<Self>,
            ) -> &mut $crate::generated::CallCore<$answer> {
                &mut self.call
            }
        }

        impl $($generics)* ::std::future::Future for $call {
            type Output = ::std::result::Result<$answer, $crate::Error>;

            /// Sends the call at the first poll.
            fn poll(
                self: ::std::pin::Pin<&mut Self>,
                context: &mut ::std::task::Context<'_>,
            ) -> ::std::task::Poll<Self::Output> {
                $crate::generated::poll(self.get_mut(), context)
            }
        }

        // Nothing in a call is pinned. Without this line, the compiler would check that for every type that a call's
        // body can contain, and would give up on deeply nested types.
        impl $($generics)* ::std::marker::Unpin for $call {}

        /// Shows the operation but not the arguments, which may contain personal data.
        impl $($generics)* ::std::fmt::Debug for $call {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Debug::fmt(&self.call, f)
            }
        }
    };
    // Adds the methods that people call when they forget `.await`.
    (@awaited [$($generics:tt)*] $call:ty, $answer:ty $(, $accessor:ident)*) => {
        #[doc(hidden)]
        #[allow(clippy::must_use_candidate, clippy::missing_errors_doc, reason = "nothing can call them")]
        impl $($generics)* $call {
            $crate::call!(@method $answer, unwrap);
            $crate::call!(@method $answer, expect, text: &str);
            $crate::call!(@method bool, is_ok);
            $crate::call!(@method bool, is_err);
            $($crate::call!(@method ::std::result::Result<&'static str, $crate::Error>, $accessor);)*
        }
    };
    (@method $returned:ty, $method:ident $(, $argument:ident: $type:ty)?) => {
        pub fn $method(self $(, $argument: $type)?) -> $returned
        where
            for<'a> Self: $crate::generated::Awaited<'a>,
        {
            $(let _ = $argument;)?
            <Self as $crate::generated::Awaited<'static>>::never()
        }
    };
}
