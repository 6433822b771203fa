//! The profile of a business. All businesses in a sandbox have the same profile.

/// The business's name in its profile and on the checkout pages of payment links.
pub(crate) const NAME: &str = "Sandbox business";
