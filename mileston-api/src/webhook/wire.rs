//! Defines the header of a delivery and the size limit of its body.

/// The name of the header that contains the verification token, in lower case.
pub const SIGNATURE_HEADER: &str = "x-webhook-signature";

/// The maximum size of a body: 1 MiB. This is the crate's own limit, because the vendor doesn't
/// document one.
pub const MAX_BODY_BYTES: usize = 1 << 20;
