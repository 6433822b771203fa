//! Records that a sandbox has from the start, from a file in YAML or JSON.

mod error;
mod load;
mod records;
mod sections;
mod tree;
mod yaml;

use std::fmt;
use std::path::Path;

use self::sections::Section;

pub use error::FixtureError;
pub(crate) use load::Loader;
pub use records::FixtureRecords;

/// The size above which a file isn't read, in bytes.
const LARGEST: u64 = 4 << 20;

/// Records that a sandbox has from the start, for [`SandboxBuilder::fixtures`](crate::SandboxBuilder::fixtures).
///
/// The file is YAML or JSON. It has a list for each kind, and each entry has the fields of the operation that creates
/// it: `paymentLinks`, `invoices`, `recurringPayments`, `subWallets` and `webhooks`; and `clock`, the time to which the
/// clock is moved first. Invoices and recurring payments also have the `businessName` of their operation, and with
/// `paid: true` a test payer pays the entry. `docs/sandbox.md` in the repository has an example of each.
///
/// The sandbox creates them in this order through the operations themselves, so the same rules apply as to requests.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use mileston_sandbox::{Fixtures, Sandbox};
///
/// let fixtures = Fixtures::parse(
///     "
/// paymentLinks:
///   - amount: '12.50'
///     title: Coffee beans
/// ",
/// )?;
/// let sandbox = Sandbox::builder().fixtures(fixtures).start().await?;
/// assert_eq!(sandbox.fixtures().payment_links.len(), 1);
///
/// let error = Fixtures::parse("paymentLinks:\n  - amount: '12.50'\n    titel: Coffee").unwrap_err();
/// assert_eq!(error.to_string(), "3:5: paymentLinks[0].titel: there is no such field; did you mean `title`?");
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Fixtures {
    /// The file that it was read from, for errors.
    file: Option<String>,
    sections: Vec<Section>,
}

impl Fixtures {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// Returns an error if the file can't be read, is larger than 4 MiB, isn't YAML or JSON, or has an unknown field.
    /// The error says where.
    pub fn read(path: impl AsRef<Path>) -> Result<Self, FixtureError> {
        let path = path.as_ref();
        let file = path.display().to_string();
        let read = || {
            let size = std::fs::metadata(path)?.len();
            if size > LARGEST {
                return Err(std::io::Error::other(format!(
                    "it has {size} bytes, and the limit is {LARGEST}"
                )));
            }
            std::fs::read_to_string(path)
        };
        let text = read().map_err(|error| FixtureError::unreadable(&file, &error))?;
        Fixtures::of(&text, Some(file))
    }

    /// Parses text.
    ///
    /// # Errors
    ///
    /// Returns an error if the text isn't YAML or JSON, or has an unknown field. The error says where.
    pub fn parse(text: &str) -> Result<Self, FixtureError> {
        Fixtures::of(text, None)
    }

    fn of(text: &str, file: Option<String>) -> Result<Self, FixtureError> {
        let root =
            yaml::parse(text).map_err(|mistake| FixtureError::of(file.as_deref(), [mistake]))?;
        let sections = sections::of(root.as_ref())
            .map_err(|mistakes| FixtureError::of(file.as_deref(), mistakes))?;
        Ok(Fixtures { file, sections })
    }
}

/// Shows the file and the number of entries, because entries may contain tokens.
impl fmt::Debug for Fixtures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let entries: usize = self.sections.iter().map(|section| section.entries.len()).sum();
        let mut shown = f.debug_struct("Fixtures");
        shown.field("file", &self.file).field("entries", &entries).finish_non_exhaustive()
    }
}
