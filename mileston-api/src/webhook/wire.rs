//! The form of a delivery, as far as it is not in its body.

/// The header that holds the verification token, in lower case.
pub const SIGNATURE_HEADER: &str = "x-webhook-signature";

/// The most bytes that a body may have: 1 MiB. This crate's bound, the vendor gives none.
pub const MAX_BODY_BYTES: usize = 1 << 20;
