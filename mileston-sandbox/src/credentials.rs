//! A business's credentials, as shown on the dashboard's Developers tab.

use mileston_keys::{
    AnyKey, BusinessId, CheckoutKey, KeyError, KeyKind, Live, Mode, ModeName, NormalKey, Test,
    WalletKey, WalletSecret,
};

use crate::fixed_credentials::FixedCredentials;
use crate::random;

/// The number of random letters and digits in a key or secret. 40 of them have 238 bits of entropy.
const SECRET_LEN: usize = 40;

/// A business's credentials in a sandbox. On the real platform, a business finds its credentials on the
/// dashboard's Developers tab.
///
/// `Debug` shows only the business id and the public prefixes.
#[derive(Clone, Debug)]
pub struct Credentials {
    business_id: BusinessId,
    wallet_secret: WalletSecret,
    test: Keys<Test>,
    live: Option<Keys<Live>>,
}

#[derive(Debug)]
struct Keys<M: Mode> {
    normal: NormalKey<M>,
    checkout: CheckoutKey<M>,
}

// Written manually, because a derived `Clone` would require `M: Clone`.
impl<M: Mode> Clone for Keys<M> {
    fn clone(&self) -> Self {
        Keys { normal: self.normal.clone(), checkout: self.checkout.clone() }
    }
}

impl Credentials {
    /// Creates new credentials for a business. Uses the fixed credentials for test mode, if there are any.
    pub(crate) fn generate(
        business_id: BusinessId,
        live: bool,
        fixed: &FixedCredentials,
    ) -> Result<Self, Failure> {
        let FixedCredentials { business_id: _, normal, checkout, wallet_secret } = fixed.clone();
        let test = Keys::generate()?;
        Ok(Credentials {
            business_id,
            wallet_secret: wallet_secret.map_or_else(new_wallet_secret, Ok)?,
            test: Keys {
                normal: normal.unwrap_or(test.normal),
                checkout: checkout.unwrap_or(test.checkout),
            },
            live: live.then(Keys::generate).transpose()?,
        })
    }

    /// Returns all keys.
    pub(crate) fn keys(&self) -> Vec<AnyKey> {
        let mut keys: Vec<AnyKey> =
            vec![self.test.normal.clone().into(), self.test.checkout.clone().into()];
        if let Some(live) = &self.live {
            keys.extend([live.normal.clone().into(), live.checkout.clone().into()]);
        }
        keys
    }

    /// Returns the id of the business.
    pub fn business_id(&self) -> &BusinessId {
        &self.business_id
    }

    /// Returns the Normal key for test mode.
    pub fn normal_key(&self) -> &NormalKey<Test> {
        &self.test.normal
    }

    /// Returns the Checkout key for test mode.
    pub fn checkout_key(&self) -> &CheckoutKey<Test> {
        &self.test.checkout
    }

    /// Returns the wallet secret, which is the same in both modes.
    pub fn wallet_secret(&self) -> &WalletSecret {
        &self.wallet_secret
    }

    /// Returns the Normal key for test mode with the wallet secret.
    pub fn wallet_key(&self) -> WalletKey<Test> {
        self.test.normal.clone().with_wallet_secret(self.wallet_secret.clone())
    }

    /// Returns the Normal key for live mode if the sandbox has live keys. No real money moves.
    pub fn live_normal_key(&self) -> Option<&NormalKey<Live>> {
        self.live.as_ref().map(|live| &live.normal)
    }

    /// Returns the Checkout key for live mode if the sandbox has live keys. No real money moves.
    pub fn live_checkout_key(&self) -> Option<&CheckoutKey<Live>> {
        self.live.as_ref().map(|live| &live.checkout)
    }
}

impl<M: Mode> Keys<M> {
    fn generate() -> Result<Self, Failure> {
        Ok(Keys {
            normal: key_text(KeyKind::Normal, M::NAME)?.try_into()?,
            checkout: key_text(KeyKind::Checkout, M::NAME)?.try_into()?,
        })
    }
}

/// Creates a key of this kind.
pub(crate) fn new_key(kind: KeyKind, mode: ModeName) -> Result<AnyKey, Failure> {
    Ok(AnyKey::parse(&key_text(kind, mode)?)?)
}

/// Creates a wallet secret.
pub(crate) fn new_wallet_secret() -> Result<WalletSecret, Failure> {
    Ok(format!("sandboxwalletsecret{}", random::letters(SECRET_LEN)?).parse()?)
}

/// Creates the text of a key. It contains `sandbox` after the prefix, so anyone who finds the key knows where it comes
/// from.
fn key_text(kind: KeyKind, mode: ModeName) -> Result<String, Failure> {
    Ok(format!("{}sandbox{}", prefix(kind, mode), random::letters(SECRET_LEN)?))
}

/// Returns the prefix of keys of this kind.
pub(crate) fn prefix(kind: KeyKind, mode: ModeName) -> &'static str {
    match (kind, mode) {
        (KeyKind::Normal, ModeName::Test) => NormalKey::<Test>::PREFIX,
        (KeyKind::Normal, ModeName::Live) => NormalKey::<Live>::PREFIX,
        (KeyKind::Checkout, ModeName::Test) => CheckoutKey::<Test>::PREFIX,
        (KeyKind::Checkout, ModeName::Live) => CheckoutKey::<Live>::PREFIX,
    }
}

/// Why credentials could not be created.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The operating system provided no random bytes.
    Random(getrandom::Error),
    /// The result isn't a valid key. This is a bug in this file.
    Malformed(KeyError),
}

impl From<getrandom::Error> for Failure {
    fn from(error: getrandom::Error) -> Self {
        Failure::Random(error)
    }
}

impl From<KeyError> for Failure {
    fn from(error: KeyError) -> Self {
        Failure::Malformed(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn generated(live: bool) -> Credentials {
        Credentials::generate("b".parse().unwrap(), live, &FixedCredentials::new()).unwrap()
    }

    #[test]
    fn live_keys_are_created_only_on_request() {
        let test = generated(false);
        assert!(test.live_normal_key().is_none() && test.live_checkout_key().is_none());
        assert_eq!(test.keys().len(), 2);
        let both = generated(true);
        assert!(both.live_normal_key().is_some() && both.live_checkout_key().is_some());
        assert_eq!(both.keys().len(), 4);
    }

    #[test]
    fn debug_shows_no_secret() {
        let credentials = generated(true);
        let text = format!("{credentials:?}");
        assert!(text.contains(credentials.business_id().as_str()));
        assert!(!text.contains("sandbox"), "{text}");
    }
}
