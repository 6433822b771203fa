//! What the business's own wallets hold, before and after.

use std::collections::BTreeMap;

use mileston_keys::scope;

use crate::{Client, Error, ReportedAmount};

/// What the wallets held before a payment was sent: the only trace of a payment whose id nobody got.
///
/// It is a hint and no proof: other payments move the balances as well, a payment may take a while to show, and whether
/// fees are taken from them is not documented.
///
/// ```no_run
/// use mileston_api::reconcile::Balances;
///
/// # async fn run(client: mileston_api::WalletClient) -> Result<(), mileston_api::Error> {
/// let before = Balances::take(&client).await?;
/// // … a payment is sent, and its outcome is unknown …
/// for change in before.changes(&client).await? {
///     println!("{}: {:?} -> {:?}", change.blockchain, change.before, change.after);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Balances(BTreeMap<String, ReportedAmount>);

/// A wallet whose balance is another one than before.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Change {
    /// The wallet's chain, as the platform calls it.
    pub blockchain: String,
    /// What it held. `None`: there was no such wallet.
    pub before: Option<ReportedAmount>,
    /// What it holds. `None`: there is no such wallet any more.
    pub after: Option<ReportedAmount>,
}

impl Balances {
    /// Asks what the wallets hold.
    ///
    /// # Errors
    ///
    /// Those of the list: nothing is known then, so don't send the payment.
    pub async fn take<K: scope::Wallet>(client: &Client<K>) -> Result<Self, Error> {
        let answer = client.wallets().list().await?;
        let inside = answer.data.map(|data| data.wallet_data).unwrap_or_default();
        let wallets = answer.wallet_data.into_iter().chain(inside);
        let held = wallets.filter_map(|wallet| Some((wallet.blockchain?, wallet.balance?)));
        Ok(Balances(held.collect()))
    }

    /// Asks again, and tells what is different.
    ///
    /// # Errors
    ///
    /// Those of the list. They say nothing about the payment.
    pub async fn changes<K: scope::Wallet>(
        &self,
        client: &Client<K>,
    ) -> Result<Vec<Change>, Error> {
        let Balances(after) = Self::take(client).await?;
        let names: std::collections::BTreeSet<&String> =
            self.0.keys().chain(after.keys()).collect();
        let change = |name: &String| Change {
            blockchain: name.clone(),
            before: self.0.get(name).cloned(),
            after: after.get(name).cloned(),
        };
        let differs = |change: &Change| match (&change.before, &change.after) {
            (Some(before), Some(after)) => before != after && !before.is_same_number(after),
            _ => true,
        };
        Ok(names.into_iter().map(change).filter(differs).collect())
    }
}
