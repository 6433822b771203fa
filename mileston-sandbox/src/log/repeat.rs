//! Code that repeats a call: a shell command and Rust. Secrets come from the variables that `serve` prints.

mod arguments;
mod command;
mod credentials;
mod program;

pub(crate) use command::curl;
pub(crate) use program::rust;
