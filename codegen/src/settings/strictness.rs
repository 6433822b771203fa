//! How much a document has to say for itself.

/// What happens if a document leaves something open or says it in an unusual way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Strictness {
    /// The generator decides and reports what it decided. An operation that it can't generate is left out and reported. This is
    /// for documents that someone else wrote.
    #[default]
    Lenient,
    /// The document is refused, with a place and a fix for each mistake: every operation says who may call it, has an id and a
    /// declared tag, every enum says whether it is open, and so on. Nothing is left out. This is for a document that is
    /// written together with its client.
    House,
}
