//! Compares the documentation with the repository: paths, links, commands, counts, names and quotations.
//!
//! Each check is in its own module. It takes text and facts, doesn't read files, and returns the problems as text, so
//! it can be tested with small inputs. `tests/tests/documents.rs` applies the checks to every page.

pub mod commands;
pub mod counts;
pub mod links;
pub mod markdown;
pub mod names;
pub mod pages;
pub mod paths;
pub mod quotes;
pub mod rust;
pub mod usage;
pub mod wording;
