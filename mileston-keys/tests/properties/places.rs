//! Lists every type that parses text, so that a test can pass the same text to all of these types.

use std::fmt;
use std::str::FromStr;

use mileston_keys::{
    AnyKey, BusinessId, CheckoutKey, KeyError, Live, NormalKey, Test, WalletSecret, WebhookToken,
};

/// The name of a type, and the function that parses text into it.
pub(crate) type Place = (&'static str, fn(&str) -> Result<Accepted, KeyError>);

/// What an accepted value prints and exposes.
pub(crate) struct Accepted {
    /// The `Debug` output, both plain and alternate.
    pub(crate) shown: String,
    /// The result of `expose_secret`, or of `as_str` for the business id.
    pub(crate) exposed: String,
}

/// The types whose values are secret.
pub(crate) const SECRET_PLACES: [Place; 7] = [
    ("NormalKey<Test>", |text| take(text, NormalKey::<Test>::expose_secret)),
    ("NormalKey<Live>", |text| take(text, NormalKey::<Live>::expose_secret)),
    ("CheckoutKey<Test>", |text| take(text, CheckoutKey::<Test>::expose_secret)),
    ("CheckoutKey<Live>", |text| take(text, CheckoutKey::<Live>::expose_secret)),
    ("AnyKey", |text| take(text, AnyKey::expose_secret)),
    ("WalletSecret", |text| take(text, WalletSecret::expose_secret)),
    ("WebhookToken", |text| take(text, WebhookToken::expose_secret)),
];

/// The only type whose values may be shown.
pub(crate) const BUSINESS_ID: Place = ("BusinessId", |text| take(text, BusinessId::as_str));

fn take<T>(text: &str, expose: fn(&T) -> &str) -> Result<Accepted, KeyError>
where
    T: FromStr<Err = KeyError> + fmt::Debug,
{
    let value: T = text.parse()?;
    Ok(Accepted { shown: format!("{value:?}\n{value:#?}"), exposed: expose(&value).to_owned() })
}

/// Returns everything that an error can print.
pub(crate) fn all_of(error: &KeyError) -> String {
    format!("{error}\n{error:#}\n{error:?}\n{error:#?}\n{:?}", error.kind())
}
