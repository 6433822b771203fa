//! The business and mode that a command applies to.

use clap::Args;
use mileston_keys::BusinessId;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// Selects a business and a mode: by default the first business, in test mode.
#[derive(Args)]
#[command(next_help_heading = "Sandbox")]
pub(super) struct Owner {
    /// The business; by default the one that the sandbox was started with
    #[arg(long, value_name = "ID", global = true)]
    business: Option<BusinessId>,
    /// Use live mode instead of test mode
    #[arg(long, global = true)]
    live: bool,
}

impl Owner {
    /// Returns the path with a query that contains the mode, the business and the parameters in `further`.
    pub(super) fn path(&self, path: &str, further: &[(&str, Option<&str>)]) -> String {
        let mode = if self.live { "live" } else { "test" };
        let business = self.business.as_ref().map(BusinessId::as_str);
        let own = [("mode", Some(mode)), ("business", business)];
        let pairs = own.into_iter().chain(further.iter().copied());
        let pairs = pairs.filter_map(|(name, value)| Some(format!("{name}={}", encoded(value?))));
        format!("{path}?{}", pairs.collect::<Vec<_>>().join("&"))
    }
}

/// Percent-encodes text for use in a URL.
pub(super) fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}
