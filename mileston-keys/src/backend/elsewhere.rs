//! Every target but the browser's: backend secrets exist.

use super::sealed::Sealed;
use super::{MayHold, ThisTarget};
use crate::error::KeyErrorKind;
use crate::key::NormalKey;
use crate::mode::Mode;
use crate::scope::{Normal, Wallet};
use crate::secret::SecretText;
use crate::wallet::{WalletKey, WalletSecret};
use crate::webhook_token::WebhookToken;

/// Whether the program runs in a browser.
pub(crate) const IN_BROWSER: bool = false;

/// The text of a secret that must stay in the backend.
#[derive(Clone)]
pub struct BackendText(SecretText);

impl BackendText {
    pub(crate) fn expose(&self) -> &str {
        self.0.expose()
    }
}

/// The key of a text that was found to be a Normal key of this mode.
pub(crate) fn normal_key<M: Mode>(text: &str) -> Result<NormalKey<M>, KeyErrorKind> {
    Ok(NormalKey::of_checked(text))
}

macro_rules! may_hold {
    ($({ $($generics:tt)* } $type:ty),+ $(,)?) => {$(
        impl<$($generics)*> MayHold<$type> for ThisTarget {}

        impl<$($generics)*> Sealed<$type> for ThisTarget {
            fn keep(text: &str) -> BackendText {
                BackendText(SecretText::new(text))
            }
        }
    )+};
}

may_hold!({ M: Mode } NormalKey<M>, { M: Mode } WalletKey<M>, {} WalletSecret, {} WebhookToken);

impl<M: Mode> Normal for NormalKey<M> {}
impl<M: Mode> Normal for WalletKey<M> {}

impl<M: Mode> Wallet for WalletKey<M> {}

/// The standard conversions from text of a secret that must stay in the backend.
macro_rules! backend_conversions {
    ({ $($generics:tt)* } $type:ty) => {
        $crate::from_text::text_conversions!(
            { $($generics)* } $type where for<'a> $crate::backend::ThisTarget: $crate::backend::MayHold<$type>
        );
    };
}
pub(crate) use backend_conversions;
