//! Compares what documents say with what is in the repository: paths, links, commands, counts, names and quotations.
//!
//! Each module takes one kind of claim. It gets text and facts, reads no file, and returns what is wrong in words, so that
//! it can be tested with small inputs. `tests/tests/documents.rs` applies them to every page.

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
