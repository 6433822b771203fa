//! Counts the judged requests.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::AddAssign;

/// The counts of a document, or of all documents.
#[derive(Default)]
pub(crate) struct Counts {
    pub(crate) documents: usize,
    pub(crate) tags: usize,
    /// Operations whose requests Prism accepts.
    pub(crate) accepted: usize,
    /// Accepted operations whose mock responses the clients could also read.
    pub(crate) read: usize,
    /// Wrong requests that Prism rejects.
    pub(crate) refused: usize,
}

impl Counts {
    /// Returns the counts of a document before its first call.
    pub(crate) fn of_document<'t>(tags: impl Iterator<Item = &'t str>) -> Counts {
        let tags: BTreeSet<&str> = tags.collect();
        Counts { documents: 1, tags: tags.len(), ..Counts::default() }
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Counts) {
        self.documents += other.documents;
        self.tags += other.tags;
        self.accepted += other.accepted;
        self.read += other.read;
        self.refused += other.refused;
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Counts { documents, tags, accepted, read, refused } = self;
        if *documents != 1 {
            write!(f, "{documents} documents, ")?;
        }
        write!(
            f,
            "{tags} tags; {accepted} requests accepted, {read} of their mock responses read; {refused} wrong requests rejected"
        )
    }
}
