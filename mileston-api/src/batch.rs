//! Sends several payments in one request. Each payment is a pair of an address and an amount.

use openapi_keys_runtime::generated::argument;
use serde::de::{Deserialize, Deserializer, Error as _};
use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::types::Chain;
use crate::{Address, Amount, Error, IntoAddress, IntoAmount};

/// Several payments on one chain, each with a recipient and an amount.
///
/// The request contains two parallel lists, `recipients` and `amounts` (`mileston-payments` 0.2.3,
/// `dist/types/WalletTypes.d.ts`; golden trace `batchPayment/three`). This type has pairs instead, so the lists always
/// have the same length.
///
/// ```
/// use mileston_api::types::{Chain, SendBatchPayment};
///
/// let batch = SendBatchPayment::new(Chain::Eth)
///     .pay("0x1111111111111111111111111111111111111111", "50.00")?
///     .pay("0x2222222222222222222222222222222222222222", "75.00")?;
/// assert_eq!(batch.total().map(|total| total.to_string()), Some("125.00".to_owned()));
/// assert_eq!(
///     serde_json::to_string(&batch)?,
///     r#"{"recipients":["0x1111111111111111111111111111111111111111","0x2222222222222222222222222222222222222222"],"#
///         .to_owned() + r#""amounts":["50.00","75.00"],"walletType":"eth"}"#,
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct SendBatchPayment {
    chain: Chain,
    payments: Vec<(Address, Amount)>,
}

impl SendBatchPayment {
    /// Creates a batch without payments. Add payments with [`pay`](SendBatchPayment::pay). If the batch is still empty
    /// when it is sent, the client rejects it.
    #[must_use]
    pub fn new(chain: Chain) -> Self {
        SendBatchPayment { chain, payments: Vec::new() }
    }

    /// Creates a batch from existing pairs.
    pub fn from_pairs(chain: Chain, payments: impl IntoIterator<Item = (Address, Amount)>) -> Self {
        SendBatchPayment { chain, payments: payments.into_iter().collect() }
    }

    /// Adds a payment. Before the batch is sent, the client checks that the address has the right form for the chain.
    ///
    /// # Errors
    ///
    /// Returns an error if the recipient or the amount is invalid. The error names the argument.
    pub fn pay(
        mut self,
        recipient: impl IntoAddress,
        amount: impl IntoAmount,
    ) -> Result<Self, Error> {
        let recipient = argument("recipient", recipient.into_address())?;
        self.payments.push((recipient, argument("amount", amount.into_amount())?));
        Ok(self)
    }

    /// Returns the chain on which all payments are made.
    #[must_use]
    pub fn chain(&self) -> &Chain {
        &self.chain
    }

    /// Returns the payments in the order in which they are sent.
    #[must_use]
    pub fn payments(&self) -> &[(Address, Amount)] {
        &self.payments
    }

    /// Returns the sum of the amounts, or `None` if there are no payments or the sum is too large for an amount.
    #[must_use]
    pub fn total(&self) -> Option<Amount> {
        let mut amounts = self.payments.iter().map(|(_, amount)| *amount);
        let first = amounts.next()?;
        amounts.try_fold(first, Amount::checked_add)
    }
}

impl Serialize for SendBatchPayment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (recipients, amounts): (Vec<&Address>, Vec<&Amount>) =
            self.payments.iter().map(|(recipient, amount)| (recipient, amount)).unzip();
        let mut body = serializer.serialize_struct("SendBatchPayment", 3)?;
        body.serialize_field("recipients", &recipients)?;
        body.serialize_field("amounts", &amounts)?;
        body.serialize_field("walletType", &self.chain)?;
        body.end()
    }
}

impl<'de> Deserialize<'de> for SendBatchPayment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(serde::Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Lists {
            recipients: Vec<Address>,
            amounts: Vec<Amount>,
            wallet_type: Chain,
        }

        let Lists { recipients, amounts, wallet_type } = Lists::deserialize(deserializer)?;
        if recipients.len() != amounts.len() {
            return Err(D::Error::custom("recipients and amounts have different lengths"));
        }
        Ok(SendBatchPayment::from_pairs(wallet_type, recipients.into_iter().zip(amounts)))
    }
}
