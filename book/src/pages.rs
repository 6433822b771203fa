//! Includes every page that contains Rust examples, each as a module's documentation, so that
//! rustdoc compiles the examples and runs those that can run.

#[doc = include_str!("../../docs/client.md")]
pub mod client {}

#[doc = include_str!("../../docs/credentials.md")]
pub mod credentials {}

#[doc = include_str!("../../docs/errors.md")]
pub mod errors {}

#[doc = include_str!("../../docs/extending.md")]
pub mod extending {}

#[doc = include_str!("../../docs/frontend.md")]
pub mod frontend {}

#[doc = include_str!("../../docs/keys.md")]
pub mod keys {}

#[doc = include_str!("../../docs/own-credentials.md")]
pub mod own_credentials {}

#[doc = include_str!("../../docs/paid.md")]
pub mod paid {}

#[doc = include_str!("../../docs/payments.md")]
pub mod payments {}

#[doc = include_str!("../../docs/recovery.md")]
pub mod recovery {}

#[doc = include_str!("../../docs/server.md")]
pub mod server {}

#[doc = include_str!("../../docs/settings.md")]
pub mod settings {}

#[doc = include_str!("../../docs/start.md")]
pub mod start {}

#[doc = include_str!("../../docs/streams.md")]
pub mod streams {}

#[doc = include_str!("../../docs/testing.md")]
pub mod testing {}

#[doc = include_str!("../../docs/webhooks.md")]
pub mod webhooks {}
