//! Defines the id types. Each kind of id has its own type, so the id of an invoice can't be used as the id of a payment
//! link.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use openapi_keys_runtime::json;

/// Reads an id from text or from a whole number. The vendor's types declare ids as text, but they have been wrong about
/// other fields. A response about a payment must be readable even if its id is a number.
struct TextOrInteger;

impl<'de> Visitor<'de> for TextOrInteger {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an id as text or as a whole number")
    }

    fn visit_str<E>(self, text: &str) -> Result<String, E> {
        Ok(text.to_owned())
    }

    fn visit_string<E>(self, text: String) -> Result<String, E> {
        Ok(text)
    }

    fn visit_u64<E>(self, number: u64) -> Result<String, E> {
        Ok(number.to_string())
    }

    fn visit_i64<E>(self, number: i64) -> Result<String, E> {
        Ok(number.to_string())
    }

    /// Visits a number. `serde_json` passes it as a map if any crate in the program enables
    /// `serde_json/arbitrary_precision`.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<String, A::Error> {
        if map.next_key::<String>()?.is_some_and(|key| key == json::TOKEN) {
            let number = map.next_value::<String>()?;
            let unsigned = number.parse::<u64>().map(|integer| integer.to_string());
            let whole =
                unsigned.or_else(|_| number.parse::<i64>().map(|integer| integer.to_string()));
            if whole.is_ok_and(|whole| whole == number) {
                return Ok(number);
            }
        }
        Err(de::Error::invalid_type(de::Unexpected::Map, &self))
    }
}

macro_rules! ids {
    ($($(#[$documentation:meta])* $name:ident)+) => {$(
        $(#[$documentation])*
        ///
        /// The vendor doesn't document a format, so any text is accepted. A call rejects text that can't be part of a
        /// path. If a response contains a whole number instead of text, the number's digits become the id.
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// Creates an id from text, and keeps the text unchanged.
            pub fn new(text: impl Into<String>) -> Self {
                $name(text.into())
            }

            /// Returns the id as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({:?})"), self.0)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                $name::new(text)
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                $name::new(text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0
            }
        }

        impl FromStr for $name {
            type Err = Infallible;

            fn from_str(text: &str) -> Result<Self, Infallible> {
                Ok($name::new(text))
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, text: &str) -> bool {
                self.0 == text
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, text: &&str) -> bool {
                self.0 == *text
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_any(TextOrInteger).map($name)
            }
        }
    )+};
}

ids! {
    /// The id of a payment link (`paymentLinkId`; `mileston-payments` 0.2.3, `dist/types/PaymentLinkTypes.d.ts`).
    ///
    /// ```
    /// use mileston_api::PaymentLinkId;
    ///
    /// let id = PaymentLinkId::from("31f0");
    /// assert_eq!(id, "31f0");
    /// let id: PaymentLinkId = serde_json::from_str("31")?;
    /// assert_eq!(id.as_str(), "31");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    ///
    /// A call with the wrong kind of id doesn't compile:
    ///
    /// ```compile_fail,E0277
    /// # use mileston_api::{InvoiceId, NormalClient, Test};
    /// # fn example(client: &NormalClient<Test>, id: &InvoiceId) {
    /// client.payment_links().get(id);
    /// # }
    /// ```
    PaymentLinkId
    /// The id of an invoice (`invoiceId`; `mileston-payments` 0.2.3, `dist/types/InvoiceTypes.d.ts`).
    InvoiceId
    /// The id of a recurring payment (`recurringPaymentId`; `mileston-payments` 0.2.3,
    /// `dist/types/RecurringPaymentTypes.d.ts`).
    RecurringPaymentId
    /// The id of a sub wallet (`uuid`, `subWalletUuid`; `mileston-payments` 0.2.3, `dist/types/WalletTypes.d.ts`).
    SubwalletId
    /// The id of a payment that was sent from a wallet (`transactionUUID`; `mileston-payments` 0.2.3,
    /// `dist/types/WalletTypes.d.ts`).
    TransactionId
    /// The id of a card payment (`data.id`; `mileston-payment-client` 0.9.3, `dist/index.d.ts`).
    OnRampId
    /// The id of a payment link, an invoice or a recurring payment that is paid at checkout. The vendor calls it
    /// `paymentLinkId` for all three (`mileston-payment-client` 0.9.3, `dist/index.d.ts`).
    ///
    /// ```
    /// use mileston_api::{InvoiceId, PaymentId};
    ///
    /// let invoice = InvoiceId::from("7");
    /// assert_eq!(PaymentId::from(&invoice), "7");
    /// ```
    PaymentId
}

macro_rules! paid_at_the_checkout {
    ($($name:ident)+) => {$(
        impl From<$name> for PaymentId {
            fn from(id: $name) -> Self {
                PaymentId(id.0)
            }
        }

        impl From<&$name> for PaymentId {
            fn from(id: &$name) -> Self {
                PaymentId(id.0.clone())
            }
        }
    )+};
}

paid_at_the_checkout!(PaymentLinkId InvoiceId RecurringPaymentId);

#[cfg(test)]
mod tests {
    use serde::de::value::{Error, MapDeserializer};

    use super::*;

    /// Deserializes a number in the form that `serde_json` passes with `arbitrary_precision`, even if that feature
    /// isn't enabled in this build.
    fn with_arbitrary_precision(number: &str) -> Option<InvoiceId> {
        let map = std::iter::once(("$serde_json::private::Number", number));
        InvoiceId::deserialize(MapDeserializer::<_, Error>::new(map)).ok()
    }

    #[test]
    fn an_id_is_read_the_same_whichever_serde_json_features_are_enabled() {
        for number in
            ["7", "-7", "18446744073709551615", "18446744073709551616", "-0", "7.0", "7e1", "1e400"]
        {
            let plain = serde_json::from_str::<InvoiceId>(number).ok();
            assert_eq!(with_arbitrary_precision(number), plain, "{number}");
        }
        assert_eq!(with_arbitrary_precision("7").unwrap(), "7");
        assert_eq!(with_arbitrary_precision("hunter2"), None);
    }
}
