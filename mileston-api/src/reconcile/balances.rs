//! What the business's own wallets hold, before and after.

use std::collections::{BTreeMap, BTreeSet};

use mileston_keys::scope;

use crate::{Client, Error, ReportedAmount};

/// What the wallets held before a payment was sent: the only trace of a payment whose id nobody got.
///
/// It is a hint and no proof: other payments move the balances as well, a payment may take a while to show, and whether
/// fees are taken from them is not documented. So no change does not say that no payment was sent: don't send it again
/// because of it.
///
/// ```no_run
/// use mileston_api::reconcile::Balances;
/// use mileston_api::{Test, WalletClient};
///
/// # async fn run(client: WalletClient<Test>) -> Result<(), mileston_api::Error> {
/// let before = Balances::take(&client).await?;
/// // … a payment is sent, and its outcome is unknown …
/// for change in before.changes(&client).await? {
///     println!("{:?}: {:?} -> {:?}", change.blockchain, change.before, change.after);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Balances(BTreeMap<Place, Held>);

/// Chain and address: a business may have several wallets on a chain, and one address on several chains. And a number,
/// because an address may be listed more than once, for instance for each of its tokens.
type Place = (Option<String>, Option<String>, usize);

/// What a wallet holds, as far as it is known.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Held {
    /// The wallet is listed with this balance.
    Balance(ReportedAmount),
    /// The wallet is listed without a balance.
    Untold,
    /// The wallet is not listed.
    NoWallet,
}

/// A wallet of which something else is told than before.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Change {
    /// The wallet's chain, as the platform calls it, if it does.
    pub blockchain: Option<String>,
    /// The wallet's address, if the platform tells it.
    pub address: Option<String>,
    /// What it held.
    pub before: Held,
    /// What it holds.
    pub after: Held,
}

impl Balances {
    /// Asks what the wallets hold.
    ///
    /// # Errors
    ///
    /// Those of the list: nothing is known then, so don't send the payment.
    pub async fn take<K: scope::Wallet>(client: &Client<K>) -> Result<Self, Error> {
        let answer = client.wallets().list().with_response().await?.whole()?;
        let inside = answer.data.map(|data| data.wallet_data).unwrap_or_default();
        let wallets = answer.wallet_data.into_iter().chain(inside);
        let (mut held, mut listed) = (BTreeMap::new(), BTreeMap::new());
        for wallet in wallets {
            let count: &mut usize =
                listed.entry((wallet.blockchain.clone(), wallet.address.clone())).or_default();
            let place = (wallet.blockchain, wallet.address, *count);
            held.insert(place, wallet.balance.map_or(Held::Untold, Held::Balance));
            *count += 1;
        }
        Ok(Balances(held))
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
        let after = Self::take(client).await?;
        let places: BTreeSet<&Place> = self.0.keys().chain(after.0.keys()).collect();
        let change = |place: &Place| Change {
            blockchain: place.0.clone(),
            address: place.1.clone(),
            before: self.held(place),
            after: after.held(place),
        };
        Ok(places.into_iter().map(change).filter(Change::is_one).collect())
    }

    fn held(&self, place: &Place) -> Held {
        self.0.get(place).cloned().unwrap_or(Held::NoWallet)
    }
}

impl Change {
    fn is_one(&self) -> bool {
        match (&self.before, &self.after) {
            (Held::Balance(before), Held::Balance(after)) => {
                before.as_str() != after.as_str() && !before.is_same_number(after)
            }
            (before, after) => before != after,
        }
    }
}
