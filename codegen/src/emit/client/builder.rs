//! Emits the client's builder. Each setter forwards to the runtime's builder.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Context, authenticator};
use crate::passes::{docs, path};

pub(super) fn builder(context: &Context<'_>) -> TokenStream {
    let runtime = &context.runtime;
    let (credential, authenticator) =
        (path(&context.settings.credential_path()), authenticator(context));
    let profile = context.settings.profile.as_deref().map_or_else(|| quote!(PROFILE), path);
    let about = docs::lines(&format!("The settings of a client for {}.", context.model.title));
    let defaults = defaults();
    let (setters, build) = (setters(context), build(context));
    quote! {
        #about
        #defaults
        #[must_use = "a builder does nothing until `build` is called"]
        pub struct ClientBuilder<K> {
            pub(crate) core: #runtime::CoreBuilder<#authenticator>,
        }
        impl<K: #credential> ClientBuilder<K> {
            pub(crate) fn around(authenticator: #authenticator) -> Self {
                Self { core: #runtime::CoreBuilder::new(authenticator, &#profile) }
            }
            #setters
            #build
            pub fn build(self) -> Result<Client<K>, Error> {
                Ok(Client { core: self.core.build()? })
            }
        }
        impl<K> Clone for ClientBuilder<K> {
            fn clone(&self) -> Self {
                Self { core: self.core.clone() }
            }
        }
        impl<K: #credential> fmt::Debug for ClientBuilder<K> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.core, f)
            }
        }
    }
}

/// Emits the table of the builder's settings with their defaults, in the order of the methods.
fn defaults() -> TokenStream {
    docs::as_written(
        "\n| setting | default |
| --- | --- |
| [`origin`](ClientBuilder::origin) | the production servers |
| [`connect_timeout`](ClientBuilder::connect_timeout) | 10 seconds |
| [`total_timeout`](ClientBuilder::total_timeout) | 30 seconds |
| [`retries`](ClientBuilder::retries) | 2 retries, for reads and for writes that were not sent |
| [`retry_budget`](ClientBuilder::retry_budget) | 20 retries |
| [`max_response_bytes`](ClientBuilder::max_response_bytes) | 8 MiB |
| [`default_header`](ClientBuilder::default_header) | none |
| [`governor`](ClientBuilder::governor) | none |
| [`observer`](ClientBuilder::observer) | none |
| [`transport`](ClientBuilder::transport) | the runtime's HTTP client |
| [`clock`](ClientBuilder::clock) | the system clock |
| [`configure_http`](ClientBuilder::configure_http) | no proxy, the system's root certificates and DNS |",
    )
}

/// Emits `build` with its documentation.
fn build(context: &Context<'_>) -> TokenStream {
    docs::as_written(&format!(
        "Builds the client. Nothing is sent.\n\n\
         # Errors\n\n\
         * {setup}: TLS can't be set up, e.g. because the system has no root certificates, or because \
                   the crate was built without TLS and the origin is https; or the settings from \
                   [`configure_http`](ClientBuilder::configure_http) can't be used.\n\
         * {argument}: a [`default_header`](ClientBuilder::default_header) can't be set.",
        setup = docs::error_kind(context.settings, "Setup"),
        argument = docs::error_kind(context.settings, "InvalidArgument"),
    ))
}

/// Emits the setters that forward to the runtime's builder.
fn setters(context: &Context<'_>) -> TokenStream {
    let runtime = &context.runtime;
    let (origin, limits, responses) = (origin(context), limits(runtime), responses(context));
    let (parts, http) = (parts(runtime), http(runtime));
    quote!(#origin #limits #responses #parts #http)
}

fn origin(context: &Context<'_>) -> TokenStream {
    let about = docs::as_written(&format!(
        "Sends all requests to one origin, `http(s)://host[:port]`, instead of the production servers, \
         e.g. to a sandbox.\n\n\
         The origin receives the credential, so plain http is accepted only for this machine (`127.0.0.0/8`, \
         `[::1]`, `localhost`).\n\n\
         # Errors\n\n\
         {}: `origin` doesn't have this form, or the credential may not be sent there.",
        docs::error_kind(context.settings, "InvalidOrigin")
    ));
    quote! {
        #about
        pub fn origin(mut self, origin: &str) -> Result<Self, Error> {
            self.core = self.core.origin(origin)?;
            Ok(self)
        }
    }
}

fn limits(runtime: &TokenStream) -> TokenStream {
    quote! {
        /// Sets how long to wait for a connection, including TLS. If this limit is reached, the
        /// request was not sent.
        pub fn connect_timeout(mut self, timeout: Duration) -> Self {
            self.core = self.core.connect_timeout(timeout);
            self
        }
        /// Sets how long a call may take, from connecting to the last byte of the response, including all attempts and
        /// the waits between them.
        ///
        /// Make the total timeout longer than the connect timeout. If the total timeout expires while the client waits
        /// for a connection, the outcome of the call is unknown. A write that could not connect is retried only if
        /// there is time for another full connect timeout.
        pub fn total_timeout(mut self, timeout: Duration) -> Self {
            self.core = self.core.total_timeout(timeout);
            self
        }
        /// Sets how many times a call is retried, and how long the client waits between attempts. The policy doesn't
        /// change which failures are retried.
        pub fn retries(mut self, policy: #runtime::RetryPolicy) -> Self {
            self.core = self.core.retries(policy);
            self
        }
        /// Disables retries.
        pub fn without_retries(mut self) -> Self {
            self.core = self.core.without_retries();
            self
        }
        /// Sets the size of the retry budget, which the client shares with its clones.
        ///
        /// Each retry takes 1 from this budget, and each successful call adds 0.1, up to this size. While the service
        /// is down, the budget is soon used up. From then on, each call is attempted only once, so the client doesn't
        /// make an outage worse.
        pub fn retry_budget(mut self, retries: u32) -> Self {
            self.core = self.core.retry_budget(retries);
            self
        }
    }
}

/// Emits the setters for the response limit and for default headers.
fn responses(context: &Context<'_>) -> TokenStream {
    let runtime = &context.runtime;
    let max_response_bytes = docs::as_written(&format!(
        "Sets the size of the largest response body to read, in bytes. A larger body results in {}.",
        docs::error_kind(context.settings, "BodyTooLarge")
    ));
    quote! {
        #max_response_bytes
        pub fn max_response_bytes(mut self, limit: usize) -> Self {
            self.core = self.core.max_response_bytes(limit);
            self
        }
        /// Sends a header with every request, unless the call sets the header itself. A second value for
        /// the same name replaces the first.
        ///
        /// [`build`](ClientBuilder::build) rejects headers that the client sets itself, such as
        /// credential headers, and connection headers.
        pub fn default_header(mut self, name: #runtime::HeaderName, value: #runtime::HeaderValue) -> Self {
            self.core = self.core.default_header(name, value);
            self
        }
    }
}

fn parts(runtime: &TokenStream) -> TokenStream {
    quote! {
        /// Delays requests to stay within the service's rate limits. Each attempt counts as a request.
        ///
        /// All clones share the governor, and so do the clients that [`with_origin`](Client::with_origin) returns.
        pub fn governor(mut self, governor: impl #runtime::Governor + 'static) -> Self {
            self.core = self.core.governor(governor);
            self
        }
        /// Registers an observer that receives every attempt and call, for metrics.
        ///
        /// All clones share the observer, and so do the clients that [`with_origin`](Client::with_origin) returns.
        pub fn observer(mut self, observer: impl #runtime::Observer + 'static) -> Self {
            self.core = self.core.observer(observer);
            self
        }
        /// Sends requests through this transport instead of the default HTTP client.
        pub fn transport(mut self, transport: impl #runtime::Transport + 'static) -> Self {
            self.core = self.core.transport(transport);
            self
        }
        /// Uses this clock to read the time and to wait, instead of the system's clock.
        pub fn clock(mut self, clock: impl #runtime::Clock + 'static) -> Self {
            self.core = self.core.clock(clock);
            self
        }
    }
}

fn http(runtime: &TokenStream) -> TokenStream {
    quote! {
        /// Configures the HTTP client for a particular network: a proxy, certificates, a local address, a DNS resolver.
        ///
        /// The closure receives a new builder from the version of `reqwest` that the runtime uses. A second closure
        /// replaces the first. The closure is called when a client is built. [`Client::with_origin`] doesn't call it,
        /// because the new client shares connections with the original.
        ///
        /// The settings that protect credentials and outcomes are applied after the closure and can't be changed: no
        /// redirects, no `Referer`, no retries by reqwest, HTTP/1.1, no decompression, no logging of raw bytes, this
        /// builder's timeouts, an idle timeout of 4 seconds for connections, and the `User-Agent`.
        ///
        /// Certificates are checked even if the closure disables the check with reqwest's own settings
        /// (`tls_danger_accept_invalid_certs`, `tls_danger_accept_invalid_hostnames`).
        ///
        /// The closure controls everything else. A root certificate that it adds is trusted. A TLS configuration that
        /// it sets (`tls_backend_preconfigured`) replaces the client's, including its certificate checks. A
        /// configuration that accepts every certificate exposes the credential to anyone between this machine and the
        /// server. A proxy can read everything that is sent over plain http. Variables such as `HTTPS_PROXY` are not
        /// read, so set the proxy explicitly.
        ///
        /// This method doesn't exist in browsers (`wasm32-unknown-unknown`), where the browser itself sends requests.
        #[cfg(not(target_family = "wasm"))]
        pub fn configure_http(
            mut self,
            configure: impl Fn(#runtime::HttpBuilder) -> #runtime::HttpBuilder + Send + Sync + 'static,
        ) -> Self {
            self.core = self.core.configure_http(configure);
            self
        }
    }
}
