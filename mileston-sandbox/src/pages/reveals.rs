//! Credentials and tokens that were created on a page and not yet shown. Each is shown once: reloading the page doesn't
//! create another one, and doesn't show it again.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use mileston_keys::{AnyKey, WalletSecret};

use crate::random;

/// The maximum number of secrets that are waiting to be shown. If there are more, the oldest is dropped.
const CAPACITY: usize = 16;

/// A credential that was created.
#[derive(Clone, Debug)]
pub(super) enum Made {
    /// A key.
    Key(AnyKey),
    /// A wallet secret.
    Secret(WalletSecret),
}

/// The secrets that are waiting to be shown.
pub(super) struct Reveals<S> {
    waiting: Mutex<VecDeque<(String, S)>>,
}

impl<S> Default for Reveals<S> {
    fn default() -> Self {
        Reveals { waiting: Mutex::default() }
    }
}

impl<S> Reveals<S> {
    /// Stores a secret and returns the name under which it can be shown.
    pub(super) fn keep(&self, secret: S) -> Result<String, getrandom::Error> {
        let name = random::hex(32)?;
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.len() == CAPACITY {
            waiting.pop_front();
        }
        waiting.push_back((name.clone(), secret));
        Ok(name)
    }

    /// Returns the secret with this name, on the first call only.
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
    fn a_key_is_shown_once_and_the_number_that_waits_is_limited() {
        let key = Made::Key(AnyKey::parse("Mileston_TEST_fake0").unwrap());
        let reveals = Reveals::default();
        let first = reveals.keep(key.clone()).unwrap();
        assert!(reveals.take(&first).is_some() && reveals.take(&first).is_none());
        let names: Vec<_> = (0..=CAPACITY).map(|_| reveals.keep(key.clone()).unwrap()).collect();
        assert!(reveals.take(&names[0]).is_none() && reveals.take(&names[1]).is_some());
    }
}
