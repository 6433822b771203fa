//! The header of a delivery, and the limit for its body.

/// The header with the verification token, in lower case.
pub const SIGNATURE_HEADER: &str = "x-webhook-signature";

/// The maximum size of a body: 1 MiB. This is the crate's own limit; the vendor documents none.
pub const MAX_BODY_BYTES: usize = 1 << 20;
