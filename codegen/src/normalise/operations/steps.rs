//! Limits the walk through nested schemas, because a schema may contain itself several times.

use std::cell::Cell;

/// The maximum nesting depth.
const DEEPEST: usize = 16;

/// The maximum number of schemas to visit. Without a limit, a short document could take hours.
const MAX: usize = 10_000;

/// How many more schemas may be visited.
pub(super) struct Budget(Cell<usize>);

/// The budget together with the remaining depth.
#[derive(Clone, Copy)]
pub(super) struct Steps<'b> {
    depth: usize,
    budget: &'b Budget,
}

impl Budget {
    pub(super) fn new() -> Self {
        Budget(Cell::new(MAX))
    }

    pub(super) fn steps(&self) -> Steps<'_> {
        Steps { depth: DEEPEST, budget: self }
    }
}

impl Steps<'_> {
    /// Goes one level deeper. Returns `None` if a limit is reached.
    pub(super) fn inside(self) -> Option<Self> {
        let left = self.budget.0.get().checked_sub(1)?;
        self.budget.0.set(left);
        Some(Steps { depth: self.depth.checked_sub(1)?, ..self })
    }
}
