//! Credentials and tokens that were made on a page and not shown yet. Each is shown once: the page that shows it can be
//! loaded again without making another, and without showing it again.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use mileston_keys::{AnyKey, WalletSecret};

use crate::random;

/// How many wait to be shown; the oldest makes room.
const ROOM: usize = 16;

/// What was made.
#[derive(Clone, Debug)]
pub(super) enum Made {
    /// A key.
    Key(AnyKey),
    /// A wallet secret.
    Secret(WalletSecret),
}

/// What waits to be shown.
pub(super) struct Reveals<S> {
    waiting: Mutex<VecDeque<(String, S)>>,
}

impl<S> Default for Reveals<S> {
    fn default() -> Self {
        Reveals { waiting: Mutex::default() }
    }
}

impl<S> Reveals<S> {
    /// Keeps a secret, and tells under which name it is shown.
    pub(super) fn keep(&self, secret: S) -> Result<String, getrandom::Error> {
        let name = random::hex(32)?;
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.len() == ROOM {
            waiting.pop_front();
        }
        waiting.push_back((name.clone(), secret));
        Ok(name)
    }

    /// The secret of that name, the first time it is asked for.
    pub(super) fn take(&self, name: &str) -> Option<S> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let at = waiting.iter().position(|(known, _)| known == name)?;
        waiting.remove(at).map(|(_, secret)| secret)
    }
}

#[cfg(test)]
mod tests {
    use mileston_keys::AnyKey;

    use super::*;

    #[test]
    fn a_key_is_shown_once_and_not_too_many_wait() {
        let key = Made::Key(AnyKey::parse("Mileston_TEST_fake0").unwrap());
        let reveals = Reveals::default();
        let first = reveals.keep(key.clone()).unwrap();
        assert!(reveals.take(&first).is_some() && reveals.take(&first).is_none());
        let names: Vec<_> = (0..=ROOM).map(|_| reveals.keep(key.clone()).unwrap()).collect();
        assert!(reveals.take(&names[0]).is_none() && reveals.take(&names[1]).is_some());
    }
}
