//! Finds or installs what tests and builds need besides Rust: Node.js, Python, Chromium, Debian packages.

mod chromium;
pub mod debian;
mod missing;
pub mod once;
mod packages;
mod workspace;

pub use chromium::chromium;
pub use missing::{Missing, say, skip};
pub use packages::{node, npm, python};
pub use workspace::{members, metadata, target, workspace};
