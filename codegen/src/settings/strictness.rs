//! Defines how strictly a document is checked.

/// What happens if a document is ambiguous or unusual.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Strictness {
    /// The generator decides, and reports its decisions. An operation that can't be generated is
    /// left out and reported. Use this for third-party documents.
    #[default]
    Lenient,
    /// The document is rejected, with a position and a fix for each error. Every operation must
    /// declare who may call it and have an id and a declared tag, every enum must declare whether
    /// it is open, and so on. Nothing is left out. Use this for a document that is maintained
    /// together with its client.
    Strict,
}
