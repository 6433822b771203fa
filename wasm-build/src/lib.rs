//! Builds a Rust frontend into a folder that a web server can serve, and serves it in tests.
//!
//! ```no_run
//! use wasm_build::{Frontend, Site, Toolchain};
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let toolchain = Toolchain::find()?;
//! let built = Frontend::new("examples/page").build(&toolchain)?;
//! println!("{built}");
//! let server = Site::new(&built.folder).start().await?;
//! println!("{}", server.url());
//! # Ok(())
//! # }
//! ```

mod frontend;
pub mod meta;
mod site;
mod toolchain;

pub use frontend::{BuildError, Built, File, Frontend};
pub use site::{Request, Server, Site, SiteError};
pub use toolchain::{TARGET, Toolchain};
