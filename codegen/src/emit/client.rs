//! `client.rs`: the client and its builder, as thin types around the runtime's, so that accessors can be added to them.

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use crate::passes::{docs, path};

/// Methods of the client that are always written, also those of its traits.
pub(crate) const METHODS: &[&str] = &["clone", "clone_from", "fmt", "origin", "with_origin"];

/// Methods of the client that are written unless the settings name an authenticator.
pub(crate) const CONSTRUCTORS: &[&str] = &["builder", "credential", "new"];

pub(crate) fn file(context: &Context<'_>) -> TokenStream {
    let documentation =
        docs::inner(&format!("The client of {} and its builder.", context.model.title));
    let (profile, client, builder) = (profile(context), client(context), builder(context));
    quote! {
        #documentation
        use ::std::fmt;
        use ::std::time::Duration;
        #profile
        #client
        #builder
    }
}

/// What authenticates: the credential, or the settings' type around it.
fn authenticator(context: &Context<'_>) -> TokenStream {
    match &context.settings.authenticator {
        Some(authenticator) => {
            let authenticator = path(authenticator);
            quote!(#authenticator<K>)
        }
        None => quote!(K),
    }
}

/// The profile that a client has if the settings name none.
fn profile(context: &Context<'_>) -> Option<TokenStream> {
    let runtime = &context.runtime;
    context.settings.profile.is_none().then(|| {
        quote! {
            static PROFILE: #runtime::Profile =
                #runtime::Profile::new(concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")));
        }
    })
}

fn client(context: &Context<'_>) -> TokenStream {
    let runtime = &context.runtime;
    let (credential, authenticator) = (path(&context.settings.credential), authenticator(context));
    let about = docs::lines(&format!(
        "A client of {} that holds a credential of type `K`, which decides what it can call.\n\n\
         A clone is cheap and shares the connections: create one client and clone it. `Debug` shows no secret.",
        context.model.title
    ));
    let constructors = constructors(context);
    quote! {
        #about
        pub struct Client<K> {
            pub(crate) core: #runtime::ClientCore<#authenticator>,
        }
        impl<K: #credential> Client<K> {
            #constructors
            /// Returns the one origin that everything goes to, if one was set.
            pub fn origin(&self) -> ::std::option::Option<&str> {
                self.core.origin()
            }
            /// Returns the same client, but sending everything to one origin: short for [`ClientBuilder::origin`].
            ///
            /// # Errors
            ///
            /// The origin isn't of the form `http(s)://host[:port]`, or not a place for this credential.
            pub fn with_origin(self, origin: &str) -> ::std::result::Result<Self, #runtime::Error> {
                ::std::result::Result::Ok(Client { core: self.core.with_origin(origin)? })
            }
        }
        impl<K> Clone for Client<K> {
            fn clone(&self) -> Self {
                Client { core: self.core.clone() }
            }
        }
        impl<K: fmt::Debug> fmt::Debug for Client<K> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.core, f)
            }
        }
    }
}

/// How a client is made of a credential that authenticates by itself.
fn constructors(context: &Context<'_>) -> Option<TokenStream> {
    let runtime = &context.runtime;
    context.settings.authenticator.is_none().then(|| {
        quote! {
            /// Creates a client for the servers of the document, with the default settings. Nothing is sent.
            ///
            /// # Errors
            ///
            /// TLS can't be set up, e.g. because the machine trusts no authority at all.
            pub fn new(credential: K) -> ::std::result::Result<Self, #runtime::Error> {
                Self::builder(credential).build()
            }
            /// Starts a client with other settings than the default ones.
            pub fn builder(credential: K) -> ClientBuilder<K> {
                ClientBuilder::around(credential)
            }
            /// Returns the credential that it holds.
            pub fn credential(&self) -> &K {
                self.core.authenticator()
            }
        }
    })
}

fn builder(context: &Context<'_>) -> TokenStream {
    let runtime = &context.runtime;
    let (credential, authenticator) = (path(&context.settings.credential), authenticator(context));
    let profile = context.settings.profile.as_deref().map_or_else(|| quote!(PROFILE), path);
    let about = docs::lines(&format!("What can be set about a client of {}.", context.model.title));
    let defaults = defaults();
    let setters = setters(runtime);
    quote! {
        #about
        #defaults
        #[must_use = "a builder does nothing until `build` makes a client of it"]
        pub struct ClientBuilder<K> {
            pub(crate) core: #runtime::CoreBuilder<#authenticator>,
        }
        impl<K: #credential> ClientBuilder<K> {
            pub(crate) fn around(authenticator: #authenticator) -> Self {
                ClientBuilder { core: #runtime::CoreBuilder::new(authenticator, &#profile) }
            }
            #setters
            /// Makes the client. Nothing is sent.
            ///
            /// # Errors
            ///
            /// TLS can't be set up, e.g. because the machine trusts no authority at all, or because the crate was built
            /// without TLS and the origin is https; or what `configure_http` added is no good.
            pub fn build(self) -> ::std::result::Result<Client<K>, #runtime::Error> {
                ::std::result::Result::Ok(Client { core: self.core.build()? })
            }
        }
        impl<K: Clone> Clone for ClientBuilder<K> {
            fn clone(&self) -> Self {
                ClientBuilder { core: self.core.clone() }
            }
        }
        impl<K: fmt::Debug> fmt::Debug for ClientBuilder<K> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.core, f)
            }
        }
    }
}

/// The settings of the builder with their defaults.
fn defaults() -> TokenStream {
    docs::as_written(
        "\n| setting | default |
| --- | --- |
| [`origin`](ClientBuilder::origin) | each operation at the servers of the document |
| [`connect_timeout`](ClientBuilder::connect_timeout) | 10 seconds |
| [`total_timeout`](ClientBuilder::total_timeout) | 30 seconds |
| [`retries`](ClientBuilder::retries) | 2, of reads, and of writes that were not sent |
| [`retry_budget`](ClientBuilder::retry_budget) | 20 retries |
| [`governor`](ClientBuilder::governor) | none |
| [`observer`](ClientBuilder::observer) | none |
| [`max_response_bytes`](ClientBuilder::max_response_bytes) | 8 MiB |
| [`transport`](ClientBuilder::transport) | the runtime's own HTTP client |
| [`clock`](ClientBuilder::clock) | the clock of the machine |
| [`configure_http`](ClientBuilder::configure_http) | no proxy, the roots and names of the machine |",
    )
}

/// What forwards to the runtime's builder.
fn setters(runtime: &TokenStream) -> TokenStream {
    let (origin, limits) = (origin(runtime), limits(runtime));
    let (parts, http) = (parts(runtime), http(runtime));
    quote!(#origin #limits #parts #http)
}

fn origin(runtime: &TokenStream) -> TokenStream {
    quote! {
        /// Sends everything to one origin, `http(s)://host[:port]`, instead of the servers of the document: for a
        /// sandbox.
        ///
        /// The credential goes there, so plain http is for this machine only (`127.0.0.0/8`, `[::1]`, `localhost`).
        ///
        /// # Errors
        ///
        /// The origin isn't of this form, or not a place for this credential.
        pub fn origin(mut self, origin: &str) -> ::std::result::Result<Self, #runtime::Error> {
            self.core = self.core.origin(origin)?;
            ::std::result::Result::Ok(self)
        }
    }
}

fn limits(runtime: &TokenStream) -> TokenStream {
    quote! {
        /// How long to wait for a connection, TLS included. What fails within it was not sent.
        pub fn connect_timeout(mut self, timeout: Duration) -> Self {
            self.core = self.core.connect_timeout(timeout);
            self
        }
        /// How long a call may take, from the start of connecting to the last byte of the response: all attempts and
        /// the waits between them.
        ///
        /// Give it more than the connect timeout: where it ends the wait for a connection, the outcome of the call
        /// counts as unknown, and a write that had no connection is tried again only if there is time for a whole such
        /// wait.
        pub fn total_timeout(mut self, timeout: Duration) -> Self {
            self.core = self.core.total_timeout(timeout);
            self
        }
        /// How often a call is tried again, and how long it waits in between. What is tried again stays the same.
        pub fn retries(mut self, policy: #runtime::RetryPolicy) -> Self {
            self.core = self.core.retries(policy);
            self
        }
        /// Tries nothing again.
        pub fn without_retries(mut self) -> Self {
            self.core = self.core.without_retries();
            self
        }
        /// How many retries the client and its clones have in stock together.
        ///
        /// Each retry takes one, each call that succeeds gives a tenth of one back. When the service is down, the stock
        /// is soon empty, and then every call is attempted once: a client does not make an outage worse.
        pub fn retry_budget(mut self, retries: u32) -> Self {
            self.core = self.core.retry_budget(retries);
            self
        }
        /// The largest body of a response that is read, in bytes; a larger one is an error.
        pub fn max_response_bytes(mut self, limit: usize) -> Self {
            self.core = self.core.max_response_bytes(limit);
            self
        }
    }
}

fn parts(runtime: &TokenStream) -> TokenStream {
    quote! {
        /// Holds requests back, so that the service's limits are not run into. Each attempt is a request.
        ///
        /// All clones share it, and clients that [`with_origin`](Client::with_origin) makes.
        pub fn governor(mut self, governor: impl #runtime::Governor + 'static) -> Self {
            self.core = self.core.governor(governor);
            self
        }
        /// Reports every attempt and every call to the observer, for metrics.
        ///
        /// All clones share it, and clients that [`with_origin`](Client::with_origin) makes.
        pub fn observer(mut self, observer: impl #runtime::Observer + 'static) -> Self {
            self.core = self.core.observer(observer);
            self
        }
        /// Sends requests with the transport, in place of the runtime's own HTTP client.
        pub fn transport(mut self, transport: impl #runtime::Transport + 'static) -> Self {
            self.core = self.core.transport(transport);
            self
        }
        /// Takes time and waits from the clock, in place of that of the machine.
        pub fn clock(mut self, clock: impl #runtime::Clock + 'static) -> Self {
            self.core = self.core.clock(clock);
            self
        }
    }
}

fn http(runtime: &TokenStream) -> TokenStream {
    quote! {
        /// Adds to the HTTP client what a network asks for: a proxy, certificates, a local address, a resolver of names.
        ///
        /// The closure gets a fresh builder of the version of `reqwest` that the runtime uses. A second closure replaces
        /// the first. It is called when a client is built, and not by [`Client::with_origin`], which shares connections.
        ///
        /// What guards credentials and outcomes is set after it and cannot be changed: no redirects, no `Referer`, no
        /// retries of reqwest's own, HTTP/1.1, no decompression, no log of raw bytes, the limits of time of this builder,
        /// 4 seconds for an idle connection, and `User-Agent`.
        ///
        /// The check of certificates is switched on again after the closure, if it was switched off by reqwest's own
        /// settings (`tls_danger_accept_invalid_certs`, `tls_danger_accept_invalid_hostnames`).
        ///
        /// The closure is trusted in everything else. A root certificate that it adds is trusted. A TLS setup that it
        /// brings along (`tls_backend_preconfigured`) replaces ours together with its check of certificates: one that
        /// accepts every certificate gives the credential to anyone between here and the server. A proxy sees what goes
        /// over plain http. Variables such as `HTTPS_PROXY` are not read; name the proxy.
        pub fn configure_http(
            mut self,
            configure: impl Fn(#runtime::reqwest::ClientBuilder) -> #runtime::reqwest::ClientBuilder + Send + Sync + 'static,
        ) -> Self {
            self.core = self.core.configure_http(configure);
            self
        }
    }
}
