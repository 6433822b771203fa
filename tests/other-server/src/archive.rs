//! A server for an API whose operations need credentials of every kind. It accepts only fake
//! credentials.

mod desk;
#[rustfmt::skip]
pub mod generated;
mod issuer;
mod journal;
mod login;
mod running;
mod secrets;

pub use desk::Desk;
pub use generated::server::{Services, router};
pub use issuer::Issuer;
pub use journal::Entry;
pub use login::{CLIENT, CLIENT_SECRET, FIRST_REFRESH_TOKEN, Login, TokenRequest};
pub use running::Running;
pub use secrets::{USER, secret};
