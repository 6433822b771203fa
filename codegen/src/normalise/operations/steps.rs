//! How far schemas inside of each other are looked through: a schema may contain itself, and more than once.

use std::cell::Cell;

/// Schemas inside of each other.
const DEEPEST: usize = 16;

/// Schemas in all. Without a limit, a short document could take hours.
const MOST: usize = 10_000;

/// How many schemas may still be looked at.
pub(super) struct Budget(Cell<usize>);

/// The same, inside of some of them.
#[derive(Clone, Copy)]
pub(super) struct Steps<'b> {
    depth: usize,
    budget: &'b Budget,
}

impl Budget {
    pub(super) fn new() -> Self {
        Budget(Cell::new(MOST))
    }

    pub(super) fn steps(&self) -> Steps<'_> {
        Steps { depth: DEEPEST, budget: self }
    }
}

impl Steps<'_> {
    /// One schema further inside. `None` if that is too far.
    pub(super) fn inside(self) -> Option<Self> {
        let left = self.budget.0.get().checked_sub(1)?;
        self.budget.0.set(left);
        Some(Steps { depth: self.depth.checked_sub(1)?, ..self })
    }
}
