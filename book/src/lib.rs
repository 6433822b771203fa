//! Builds the book in `docs` with mdBook, checks its links, draws its pictures, and runs its
//! examples as doctests.
//!
//! mdBook is used as a library, so there is no tool to install. If mdBook is installed,
//! `mdbook build docs` also works, because `docs/book.toml` names this crate's program as a
//! preprocessor.

mod build;
mod chart;
mod failure;
mod links;
#[cfg(doctest)]
mod pages;
mod pictures;
mod repository;
mod tables;
mod warnings;

pub use build::build;
pub use failure::Failure;
pub use pictures::{check_pictures, draw};
pub use repository::Repository;
