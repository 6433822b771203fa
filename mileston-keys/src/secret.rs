//! A private buffer for a secret. It is allocated once, at its final size, and never grows. It is wiped when it is
//! dropped.

use zeroize::{Zeroize, ZeroizeOnDrop};

/// A secret string on the heap.
///
/// A boxed `str` can't grow, so no reallocation leaves an old copy in memory. Moving the box moves only a pointer.
pub(crate) struct SecretText(Box<str>);

impl SecretText {
    /// Copies the text into an allocation of exactly its size.
    pub(crate) fn new(text: &str) -> Self {
        SecretText(Box::from(text))
    }

    /// Returns the text. Every public `expose_…` method calls this function.
    pub(crate) fn expose(&self) -> &str {
        &self.0
    }
}

impl Clone for SecretText {
    fn clone(&self) -> Self {
        SecretText::new(self.expose())
    }
}

impl Zeroize for SecretText {
    fn zeroize(&mut self) {
        self.0.zeroize();
    }
}

impl Drop for SecretText {
    fn drop(&mut self) {
        self.zeroize();
        #[cfg(test)]
        tests::DROPPED.with(|dropped| dropped.borrow_mut().push(self.0.to_string()));
    }
}

impl ZeroizeOnDrop for SecretText {}

#[cfg(test)]
mod tests {
    //! Safe Rust can't read freed memory, so these tests inspect a buffer just before it is freed.

    use std::cell::RefCell;

    use super::*;
    use crate::{AnyKey, CheckoutKey, KeyError, Live, NormalKey, Test, WalletSecret, WebhookToken};

    thread_local! {
        /// The contents of dropped buffers at the moment they were freed.
        pub(super) static DROPPED: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
    }

    /// Drops the value and checks that it freed exactly this many buffers, each of this length and all zeros.
    #[track_caller]
    fn check_wiped<T>(value: T, buffers: usize, len: usize) {
        DROPPED.with(|dropped| dropped.borrow_mut().clear());
        drop(value);
        let seen = DROPPED.with(|dropped| dropped.borrow().clone());
        assert_eq!(seen, vec!["\0".repeat(len); buffers]);
    }

    #[test]
    fn wiping_clears_every_byte_in_place() {
        let mut secret = SecretText::new("fake0123");
        let address = secret.expose().as_ptr();
        secret.zeroize();
        assert_eq!(secret.expose(), "\0".repeat(8));
        assert_eq!(secret.expose().as_ptr(), address);
    }

    #[test]
    fn a_clone_is_a_separate_allocation_and_is_also_wiped() {
        let secret = SecretText::new("fake0123");
        let clone = secret.clone();
        assert_ne!(secret.expose().as_ptr(), clone.expose().as_ptr());
        check_wiped(secret, 1, 8);
        assert_eq!(clone.expose(), "fake0123");
        check_wiped(clone, 1, 8);
    }

    #[test]
    fn every_credential_is_wiped_when_dropped() -> Result<(), KeyError> {
        let normal = "Mileston_TEST_fake0123".parse::<NormalKey<Test>>()?;
        let secret = "fake wallet secret 123".parse::<WalletSecret>()?;
        check_wiped(normal.clone().with_wallet_secret(secret.clone()), 2, 22);
        check_wiped(normal, 1, 22);
        check_wiped(secret, 1, 22);
        check_wiped("fake webhook token".parse::<WebhookToken>()?, 1, 18);
        let checkout = "Mileston_LIVE_CHECKOUTKEY_fake0123".parse::<CheckoutKey<Live>>()?;
        check_wiped(checkout, 1, 34);
        check_wiped(AnyKey::parse("Mileston_LIVE_fake0123")?, 1, 22);
        Ok(())
    }

    #[test]
    fn rejected_text_is_never_copied() {
        DROPPED.with(|dropped| dropped.borrow_mut().clear());
        assert!(NormalKey::<Test>::try_from("Mileston_LIVE_fake0123").is_err());
        assert!(AnyKey::parse("Mileston_LIVE_fake-0123").is_err());
        assert!(DROPPED.with(|dropped| dropped.borrow().is_empty()));
    }

    #[test]
    fn moving_a_key_does_not_copy_its_text() -> Result<(), KeyError> {
        let key = "Mileston_TEST_fake0123".parse::<NormalKey<Test>>()?;
        let address = key.expose_secret().as_ptr();
        let moved = Some(Box::new(key));
        assert_eq!(moved.map(|key| key.expose_secret().as_ptr()), Some(address));
        Ok(())
    }

    fn assert_wiped_on_drop<T: ZeroizeOnDrop>() {}

    #[test]
    fn the_buffer_implements_zeroize_on_drop() {
        assert_wiped_on_drop::<SecretText>();
    }
}
