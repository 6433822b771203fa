//! The expected numbers for each small document, counted manually.

/// A document in `tests/corpus`.
pub(crate) struct Expected {
    pub(crate) name: &'static str,
    /// The number of operations in the document.
    pub(crate) operations: usize,
    /// The number of operations in the generated client.
    pub(crate) generated: usize,
    /// The number of operations whose bodies can be JSON.
    pub(crate) with_json: usize,
    /// The number of omitted operations for each reason. The reason is given by its code.
    pub(crate) omitted: &'static [(&'static str, usize)],
}

/// All documents.
pub(crate) const EXPECTED: &[Expected] = &[
    // `getInvoicePdf` returns a PDF.
    row("acme", 12, 12, 11, &[]),
    // `getTicketCode` returns an image.
    row("museum", 8, 8, 7, &[]),
    // Three operations take forms.
    row("ory-hydra", 52, 52, 49, &[]),
    row("paypal-vault", 6, 6, 6, &[]),
    // `uploadFile` takes bytes.
    row("petstore", 19, 19, 18, &[]),
    // Two operations take files, four return bytes, and four return text.
    row("qdrant", 69, 69, 59, &[]),
    row("tinkoff", 21, 21, 21, &[]),
    row("xero-projects", 16, 16, 16, &[]),
];

const fn row(
    name: &'static str,
    operations: usize,
    generated: usize,
    with_json: usize,
    omitted: &'static [(&'static str, usize)],
) -> Expected {
    Expected { name, operations, generated, with_json, omitted }
}
