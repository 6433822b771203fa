//! A client for an API whose operations need credentials of every kind. The types of the
//! credentials are generated.

#[rustfmt::skip]
mod generated;

pub use generated::{
    Client, ClientBuilder, catalogue, clients, credentials, headers, operations, requirements,
    scopes, types,
};
