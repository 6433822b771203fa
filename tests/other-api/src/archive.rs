//! A client of an API whose operations need credentials of every kind. All of them are generated.

#[rustfmt::skip]
mod generated;

pub use generated::{
    Client, ClientBuilder, catalogue, clients, credentials, headers, operations, requirements,
    scopes, types,
};
