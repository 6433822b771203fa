//! The wallets of a business in one mode: what is in them, and how it moves.

use std::collections::{BTreeMap, HashMap};

use mileston_api::Timestamp;
use mileston_api::types::{Chain, CheckOnRampPayment, Transaction};

use super::on_ramp::OnRamp;
use super::transfer::Transfer;
use crate::money::Money;
use crate::random;
use crate::runtime::Refusal;

/// All chains, in the order in which wallets are listed.
pub(crate) const CHAINS: [Chain; 7] =
    [Chain::Avax, Chain::Pol, Chain::Base, Chain::Eth, Chain::Arb, Chain::Sui, Chain::Solana];

/// What each wallet of the business itself holds at first.
const START: u32 = 10_000;

/// A wallet on one chain.
#[derive(Clone, Debug)]
pub(crate) struct Holding {
    pub(crate) address: String,
    pub(crate) balance: Money,
}

/// Wallets by chain: those of the business, or those of a sub wallet.
pub(crate) type Purse = BTreeMap<Chain, Holding>;

/// Who pays.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Payer<'a> {
    /// The business itself.
    Main,
    /// The sub wallet with this id.
    Sub(&'a str),
}

/// How much goes to which address.
pub(crate) type Order<'a> = (Money, &'a str);

/// All wallets of a business in one mode.
#[derive(Debug)]
pub(crate) struct Wallets {
    main: Purse,
    subs: BTreeMap<String, Purse>,
    transfers: HashMap<String, Transfer>,
    on_ramps: HashMap<String, OnRamp>,
}

impl Wallets {
    /// One wallet for each chain, with money in it, and no sub wallet.
    pub(super) fn open() -> Result<Self, Refusal> {
        let balance = Money::whole(START);
        let open = |chain| {
            let holding = Holding { address: address(&chain)?, balance };
            Ok((chain, holding))
        };
        let main: Result<_, Refusal> = CHAINS.into_iter().map(open).collect();
        let (subs, transfers, on_ramps) = Default::default();
        Ok(Wallets { main: main?, subs, transfers, on_ramps })
    }

    /// The wallets of the business itself.
    pub(crate) fn main(&self) -> &Purse {
        &self.main
    }

    /// All sub wallets by their ids.
    pub(crate) fn subs(&self) -> &BTreeMap<String, Purse> {
        &self.subs
    }

    /// A sub wallet, or 404.
    pub(crate) fn sub(&self, id: &str) -> Result<&Purse, Refusal> {
        self.subs.get(id).ok_or_else(unknown_sub)
    }

    /// Adds a sub wallet, on no chain yet.
    pub(crate) fn add_sub(&mut self, id: String) {
        self.subs.insert(id, Purse::new());
    }

    /// Adds an empty wallet on one chain to a sub wallet. Refuses with 404 or, if there is one, with 409.
    pub(crate) fn add_chain(&mut self, id: &str, chain: Chain) -> Result<Holding, Refusal> {
        let purse = self.subs.get_mut(id).ok_or_else(unknown_sub)?;
        if purse.contains_key(&chain) {
            let message = format!("This sub wallet has a wallet on {chain} already.");
            return Err(Refusal::conflict(message));
        }
        let holding = Holding { address: address(&chain)?, balance: Money::default() };
        purse.insert(chain, holding.clone());
        Ok(holding)
    }

    /// Removes a sub wallet, or refuses with 404. What is in it goes to the business's own wallets.
    pub(crate) fn remove_sub(&mut self, id: &str) -> Result<(), Refusal> {
        let purse = self.subs.remove(id).ok_or_else(unknown_sub)?;
        for (chain, holding) in purse {
            if let Some(main) = self.main.get_mut(&chain) {
                main.receive(holding.balance);
            }
        }
        Ok(())
    }

    /// Pays all orders on one chain, or refuses and pays none.
    pub(crate) fn pay(
        &mut self,
        payer: Payer<'_>,
        chain: &Chain,
        orders: &[Order<'_>],
    ) -> Result<(), Refusal> {
        let holding = self.holding_mut(payer, chain)?;
        let sum = Money::sum(orders.iter().map(|(money, _)| *money));
        let rest = sum.and_then(|sum| holding.balance.minus(sum));
        holding.balance = rest.ok_or_else(|| not_enough(holding, chain))?;
        for (money, recipient) in orders {
            self.receive(chain, recipient, *money);
        }
        Ok(())
    }

    fn holding_mut(&mut self, payer: Payer<'_>, chain: &Chain) -> Result<&mut Holding, Refusal> {
        let purse = match payer {
            Payer::Main => &mut self.main,
            Payer::Sub(id) => self.subs.get_mut(id).ok_or_else(unknown_sub)?,
        };
        purse.get_mut(chain).ok_or_else(|| {
            Refusal::bad_request(format!("This sub wallet has no wallet on {chain}."))
        })
    }

    /// Money that goes to one of these wallets arrives there; what goes elsewhere is gone.
    fn receive(&mut self, chain: &Chain, address: &str, money: Money) {
        let purses = std::iter::once(&mut self.main).chain(self.subs.values_mut());
        let mut holdings = purses.filter_map(|purse| purse.get_mut(chain));
        if let Some(holding) = holdings.find(|holding| holding.address == address) {
            holding.receive(money);
        }
    }

    /// Remembers a payment under its id.
    pub(crate) fn record(&mut self, id: String, transfer: Transfer) {
        self.transfers.insert(id, transfer);
    }

    /// How far a payment is, or 404.
    pub(crate) fn look(&mut self, id: &str, now: Timestamp) -> Result<Transaction, Refusal> {
        let transfer = self.transfers.get_mut(id).ok_or_else(|| unknown("transaction"))?;
        Ok(transfer.look(id, now))
    }

    /// Remembers a page to pay by card.
    pub(crate) fn add_on_ramp(&mut self, id: String, on_ramp: OnRamp) {
        self.on_ramps.insert(id, on_ramp);
    }

    pub(super) fn on_ramp(&self, id: &str) -> Option<&OnRamp> {
        self.on_ramps.get(id)
    }

    /// Whether a payment by card is done, or 404. When it is, the money arrives, once.
    pub(crate) fn ask_on_ramp(
        &mut self,
        id: &str,
        question: &CheckOnRampPayment,
    ) -> Result<bool, Refusal> {
        let on_ramp = self.on_ramps.get_mut(id).ok_or_else(|| unknown("on-ramp payment"))?;
        on_ramp.check(question)?;
        let before = on_ramp.is_done();
        on_ramp.asked = on_ramp.asked.saturating_add(1);
        let on_ramp = on_ramp.clone();
        if on_ramp.is_done() && !before {
            let money = Money::of(on_ramp.amount);
            self.receive(&on_ramp.chain, on_ramp.recipient.as_str(), money);
        }
        Ok(on_ramp.is_done())
    }
}

impl Holding {
    /// What is more than can be held is lost: it takes over 10^20 to get there.
    fn receive(&mut self, money: Money) {
        self.balance = self.balance.plus(money).unwrap_or(self.balance);
    }
}

/// What all wallets of a purse hold together.
pub(crate) fn total<'a>(purses: impl IntoIterator<Item = &'a Purse>) -> Money {
    let holdings = purses.into_iter().flat_map(BTreeMap::values);
    Money::sum(holdings.map(|holding| holding.balance)).unwrap_or_default()
}

/// An address that looks like one of its chain. `fa4e` and `Sandbox` tell where it is from; nobody has a key to it.
fn address(chain: &Chain) -> Result<String, Refusal> {
    let address = match chain {
        Chain::Solana => random::base58(36).map(|rest| format!("Sandbox{rest}")),
        Chain::Sui => random::hex(56).map(|rest| format!("0xfa4efa4e{rest}")),
        _ => random::hex(32).map(|rest| format!("0xfa4efa4e{rest}")),
    };
    address.map_err(|error| Refusal::internal(format!("No random bytes: {error}.")))
}

fn not_enough(holding: &Holding, chain: &Chain) -> Refusal {
    let balance = holding.balance;
    Refusal::bad_request(format!("Not enough balance: this wallet holds {balance} on {chain}."))
}

fn unknown_sub() -> Refusal {
    unknown("sub wallet")
}

fn unknown(name: &str) -> Refusal {
    Refusal::not_found(format!("This business has no {name} with this id in the mode of the key."))
}
