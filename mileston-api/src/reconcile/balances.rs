//! Compares the balances of the business's own wallets before and after a payment.

use std::collections::{BTreeMap, BTreeSet};

use mileston_keys::scope;

use crate::{Client, Error, ReportedAmount};

/// The balances of the business's wallets before a payment is sent. If the payment's id is lost, a changed balance is
/// the only trace of the payment.
///
/// A change is a hint, not proof, because other payments also change the balances. Unchanged balances don't mean that
/// the payment wasn't sent, because a payment may take a while to change them. So unchanged balances are not a reason
/// to send a payment again. The vendor doesn't document whether fees are deducted from the balances.
///
/// ```no_run
/// use mileston_api::Outcome;
/// use mileston_api::reconcile::Balances;
/// use mileston_api::types::WalletType;
///
/// # async fn run(
/// #     client: mileston_api::WalletClient<mileston_api::Live>,
/// #     recipient: mileston_api::Address,
/// # ) -> Result<(), mileston_api::Error> {
/// let before = Balances::take(&client).await?;
/// let error = match client.wallets().send_payment("100.00", &recipient, WalletType::Eth).await {
///     Ok(_) => return Ok(()),
///     Err(error) => error,
/// };
/// if error.outcome() != Outcome::Unknown {
///     return Err(error);
/// }
/// // No `?`: an error from this read says nothing about the payment.
/// match before.changes(&client).await {
///     Ok(changes) => {
///         for change in changes {
///             println!("{:?}: {:?} -> {:?}", change.blockchain, change.before, change.after);
///         }
///     }
///     Err(check) => eprintln!("the check failed: {check}"),
/// }
/// // A person has to decide.
/// Err(error)
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Balances(BTreeMap<Place, Held>);

/// Identifies an entry in the list of wallets: the chain, the address and a number. A business may have several wallets
/// on a chain, and the same address on several chains. The number distinguishes entries with the same chain and
/// address, for example one for each token.
type Place = (Option<String>, Option<String>, usize);

/// The balance of a wallet, if the platform reports it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Held {
    /// The wallet is listed with this balance.
    Balance(ReportedAmount),
    /// The wallet is listed without a balance.
    NotReported,
    /// The wallet is not listed.
    NoWallet,
}

/// A wallet whose reported balance has changed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Change {
    /// The platform's name for the wallet's chain, or `None` if the platform doesn't report it.
    pub blockchain: Option<String>,
    /// The wallet's address, or `None` if the platform doesn't report it.
    pub address: Option<String>,
    /// The balance that [`Balances::take`] found.
    pub before: Held,
    /// The balance that [`Balances::changes`] found.
    pub after: Held,
}

impl Balances {
    /// Reads the wallets' balances.
    ///
    /// # Errors
    ///
    /// Returns any error from the list operation. After an error, don't send the payment, because there would be
    /// nothing to compare with later.
    pub async fn take<K: scope::Wallet>(client: &Client<K>) -> Result<Self, Error> {
        let response = client.wallets().list().with_response().await?.whole()?;
        let inside = response.data.map(|data| data.wallet_data).unwrap_or_default();
        let wallets = response.wallet_data.into_iter().chain(inside);
        let (mut held, mut listed) = (BTreeMap::new(), BTreeMap::new());
        for wallet in wallets {
            let count: &mut usize =
                listed.entry((wallet.blockchain.clone(), wallet.address.clone())).or_default();
            let place = (wallet.blockchain, wallet.address, *count);
            held.insert(place, wallet.balance.map_or(Held::NotReported, Held::Balance));
            *count += 1;
        }
        Ok(Balances(held))
    }

    /// Reads the balances again and returns the differences.
    ///
    /// # Errors
    ///
    /// Returns any error from the list operation. Such an error says nothing about the payment.
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
