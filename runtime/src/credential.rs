//! The building blocks of generated credentials: one type for each way to send a credential.
//!
//! Generated newtypes wrap these types, so each security scheme in an OpenAPI document has its own
//! Rust type.

mod basic;
mod certificate;
mod environment;
mod http_scheme;
mod key;
mod part;
mod token;
mod unset;

pub use self::basic::Basic;
pub use self::certificate::Certificate;
pub use self::http_scheme::{Authorization, HttpScheme};
pub use self::key::{Key, Place, secret_header};
pub use self::part::Part;
pub use self::part::{authenticate, holds, label, redact, rejected, show};
pub use self::token::token_from_env;
pub use self::unset::Unset;
