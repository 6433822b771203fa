//! Credentials for test mode that stay the same when a sandbox is restarted.

use mileston_keys::{
    BusinessId, CheckoutKey, KeyError, KeyErrorKind, NormalKey, Test, WalletSecret,
};
use sha2::{Digest, Sha256};

use crate::random::{self, LETTERS};

/// Credentials for test mode that stay the same when a sandbox is restarted, so that a `.env` file remains valid.
///
/// Keys and a wallet secret that you don't set are random, unless
/// [`SandboxBuilder::seed_keys`](crate::SandboxBuilder::seed_keys) derives them from a seed. Only keys for test
/// mode can be fixed; live keys are always random. Fixed credentials must come from a sandbox, which prints its
/// credentials when it starts. This rule prevents you from using a platform key by mistake. It also lets the request
/// log recognise and remove the wallet secret.
///
/// `Debug` shows only the business id and the public prefixes.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use mileston_sandbox::{FixedCredentials, Sandbox};
///
/// let fixed = FixedCredentials::new()
///     .business_id("my-business".parse()?)
///     .normal_key("Mileston_TEST_sandboxfake0123".parse()?);
/// let sandbox = Sandbox::builder().credentials(fixed).start().await?;
/// assert_eq!(sandbox.business_id().as_str(), "my-business");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Default)]
#[must_use = "credentials do nothing until a sandbox is started with them"]
pub struct FixedCredentials {
    pub(crate) business_id: Option<BusinessId>,
    pub(crate) normal: Option<NormalKey<Test>>,
    pub(crate) checkout: Option<CheckoutKey<Test>>,
    pub(crate) wallet_secret: Option<WalletSecret>,
}

impl FixedCredentials {
    /// Creates a value without fixed credentials.
    pub fn new() -> Self {
        FixedCredentials::default()
    }

    /// Reads the environment variables that a sandbox prints as `export` lines: `MILESTON_BUSINESS_ID`, `MILESTON_KEY`,
    /// `MILESTON_CHECKOUT_KEY` and `MILESTON_WALLET_SECRET`. A credential whose variable is unset isn't fixed.
    ///
    /// # Errors
    ///
    /// Returns an error if a variable has an invalid value, such as a live key, or if all variables are unset. The
    /// error names the variable and never quotes its value.
    pub fn from_env() -> Result<Self, KeyError> {
        let normal = NormalKey::from_env("MILESTON_KEY");
        let unset = normal.as_ref().err().cloned();
        let fixed = FixedCredentials {
            business_id: if_set(BusinessId::from_env("MILESTON_BUSINESS_ID"))?,
            normal: if_set(normal)?,
            checkout: if_set(CheckoutKey::from_env("MILESTON_CHECKOUT_KEY"))?,
            wallet_secret: if_set(WalletSecret::from_env("MILESTON_WALLET_SECRET"))?,
        };
        match unset {
            Some(error) if fixed.is_empty() => Err(error),
            _ => Ok(fixed),
        }
    }

    /// Sets the business id, which must consist of letters, digits and hyphens.
    pub fn business_id(mut self, id: BusinessId) -> Self {
        self.business_id = Some(id);
        self
    }

    /// Sets the Normal key, which must begin with `Mileston_TEST_sandbox`.
    pub fn normal_key(mut self, key: NormalKey<Test>) -> Self {
        self.normal = Some(key);
        self
    }

    /// Sets the Checkout key, which must begin with `Mileston_TEST_CHECKOUTKEY_sandbox`.
    pub fn checkout_key(mut self, key: CheckoutKey<Test>) -> Self {
        self.checkout = Some(key);
        self
    }

    /// Sets the wallet secret, which must begin with `sandboxwalletsecret`.
    pub fn wallet_secret(mut self, secret: WalletSecret) -> Self {
        self.wallet_secret = Some(secret);
        self
    }

    /// Returns the text of the fixed keys.
    pub(crate) fn exposed_keys(&self) -> Vec<&str> {
        let normal = self.normal.as_ref().map(|key| key.expose_secret());
        let checkout = self.checkout.as_ref().map(|key| key.expose_secret());
        normal.into_iter().chain(checkout).collect()
    }

    /// Returns whether the keys and the wallet secret are fixed. If they are, they can be shown again after a restart.
    pub(crate) fn are_all_keys(&self) -> bool {
        self.normal.is_some() && self.checkout.is_some() && self.wallet_secret.is_some()
    }

    fn is_empty(&self) -> bool {
        let FixedCredentials { business_id, normal, checkout, wallet_secret } = self;
        business_id.is_none() && normal.is_none() && checkout.is_none() && wallet_secret.is_none()
    }

    /// Derives the missing keys and wallet secret from a seed.
    pub(crate) fn or_of_seed(self, seed: u64) -> Result<Self, KeyError> {
        let derive = |prefix: &str, label: &str| format!("{prefix}{}", derived(seed, label));
        let normal = format!("{}sandbox", NormalKey::<Test>::PREFIX);
        let checkout = format!("{}sandbox", CheckoutKey::<Test>::PREFIX);
        Ok(FixedCredentials {
            business_id: self.business_id,
            normal: self.normal.map_or_else(
                || derive(&normal, "normal").try_into().map(Some),
                |it| Ok(Some(it)),
            )?,
            checkout: self.checkout.map_or_else(
                || derive(&checkout, "checkout").try_into().map(Some),
                |it| Ok(Some(it)),
            )?,
            wallet_secret: self.wallet_secret.map_or_else(
                || derive("sandboxwalletsecret", "wallet secret").parse().map(Some),
                |it| Ok(Some(it)),
            )?,
        })
    }

    /// Checks that all fixed credentials come from a sandbox. The error names the credential that doesn't, without its
    /// value.
    pub(crate) fn check(&self) -> Result<(), &'static str> {
        let FixedCredentials { business_id, normal, checkout, wallet_secret } = self;
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        if business_id.as_ref().is_some_and(|id| !id.as_str().bytes().all(plain)) {
            return Err("the business id of a sandbox has letters, digits and `-` only");
        }
        let is_of_sandbox = |text: &str, prefix: &str| {
            text.strip_prefix(prefix).is_some_and(|rest| rest.starts_with("sandbox"))
        };
        let normal = normal.as_ref().map(|key| key.expose_secret());
        if normal.is_some_and(|text| !is_of_sandbox(text, NormalKey::<Test>::PREFIX)) {
            return Err(
                "the Normal key isn't from a sandbox: it doesn't begin with `Mileston_TEST_sandbox`; don't use a \
                 platform key here",
            );
        }
        let checkout = checkout.as_ref().map(|key| key.expose_secret());
        if checkout.is_some_and(|text| !is_of_sandbox(text, CheckoutKey::<Test>::PREFIX)) {
            return Err("the Checkout key isn't from a sandbox: it doesn't begin with \
                 `Mileston_TEST_CHECKOUTKEY_sandbox`; don't use a platform key here");
        }
        let secret = wallet_secret.as_ref().map(|secret| secret.expose_secret());
        if secret.is_some_and(|text| !text.starts_with("sandboxwalletsecret")) {
            return Err(
                "the wallet secret isn't from a sandbox: it doesn't begin with `sandboxwalletsecret`; don't use a \
                 platform secret here",
            );
        }
        Ok(())
    }
}

/// Returns `None` if the variable isn't set.
fn if_set<T>(read: Result<T, KeyError>) -> Result<Option<T>, KeyError> {
    match read {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind() == KeyErrorKind::Unset => Ok(None),
        Err(error) => Err(error),
    }
}

/// Returns 40 letters and digits that depend only on the seed and the label.
fn derived(seed: u64, label: &str) -> String {
    let mut block = 0u64;
    let fill = |bytes: &mut [u8; random::BLOCK]| {
        for half in bytes.chunks_exact_mut(32) {
            block += 1;
            let text = format!("mileston-sandbox {label} of seed {seed}, part {block}");
            half.copy_from_slice(&Sha256::digest(text.as_bytes()));
        }
        Ok::<(), std::convert::Infallible>(())
    };
    let Ok(text) = random::text(LETTERS, 40, fill);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_always_gives_the_same_credentials() {
        let of = |seed| FixedCredentials::new().or_of_seed(seed).unwrap();
        let (one, same, other) = (of(7), of(7), of(8));
        one.check().unwrap();
        let exposed = |of: &FixedCredentials| {
            let mut texts: Vec<_> = of.exposed_keys().into_iter().map(str::to_owned).collect();
            texts.extend(of.wallet_secret.as_ref().map(|it| it.expose_secret().to_owned()));
            texts
        };
        assert_eq!(exposed(&one), exposed(&same));
        assert_eq!(exposed(&one).len(), 3);
        assert!(exposed(&one).iter().all(|text| !exposed(&other).contains(text)));
        assert!(!format!("{one:?}").contains("sandbox"), "{one:?}");
    }

    #[test]
    fn a_platform_credential_is_rejected_without_being_shown() {
        let new = FixedCredentials::new;
        for fixed in [
            new().normal_key("Mileston_TEST_hunter2".parse().unwrap()),
            new().checkout_key("Mileston_TEST_CHECKOUTKEY_hunter2".parse().unwrap()),
            new().wallet_secret("hunter2".parse().unwrap()),
            new().business_id("hunter2;$x".parse().unwrap()),
        ] {
            let said = fixed.check().unwrap_err();
            assert!(said.contains("sandbox") && !said.contains("hunter2"), "{said}");
        }
    }
}
