//! Credentials and tokens that were created on a page and haven't been shown yet. Each secret is shown once: reloading
//! the page neither creates another secret nor shows the first one again.

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

    fn key() -> Made {
        Made::Key(AnyKey::parse("Mileston_TEST_fake0").unwrap())
    }

    #[test]
    fn a_key_is_shown_once() {
        let reveals = Reveals::default();
        let name = reveals.keep(key()).unwrap();
        assert!(reveals.take(&name).is_some() && reveals.take(&name).is_none());
    }

    #[test]
    fn the_oldest_of_too_many_waiting_keys_is_dropped() {
        let reveals = Reveals::default();
        let names: Vec<_> = (0..=CAPACITY).map(|_| reveals.keep(key()).unwrap()).collect();
        assert!(reveals.take(&names[0]).is_none() && reveals.take(&names[1]).is_some());
    }
}
