//! The wallets of a business in one mode: balances and transfers.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use mileston_api::types::{Chain, CheckOnRampPayment};
use rusqlite::params;

use super::arrivals::Arrival;
use super::draw::Draw;
use super::on_ramp::OnRamp;
use super::purse::{Holding, Purse, add_holding, address, canonical, purses, set_balance};
use super::rejection::Rejection;
use super::sql::Sql;
use super::world::Moment;
use crate::money::Money;

/// All chains, in the order in which wallets are listed.
pub(crate) const CHAINS: [Chain; 7] =
    [Chain::Avax, Chain::Pol, Chain::Base, Chain::Eth, Chain::Arb, Chain::Sui, Chain::Solana];

/// The initial balance of each of the business's own wallets.
const START: u32 = 10_000;

/// The sender of a transfer.
#[derive(Clone, Debug)]
pub(crate) enum Payer {
    /// The business itself.
    Main,
    /// The sub wallet with this id.
    Sub(String),
}

/// All wallets of a business in one mode.
#[derive(Clone, Copy)]
pub(crate) struct Wallets<'c> {
    pub(super) sql: Sql<'c>,
    pub(super) account: i64,
    pub(super) moment: Moment,
}

impl Wallets<'_> {
    /// Creates one wallet for each chain, with the initial balance. Doesn't create any sub wallets.
    pub(super) fn open(&self) -> Result<(), Rejection> {
        for chain in CHAINS {
            let holding =
                Holding { address: address(self.draw(), &chain)?, balance: Money::whole(START) };
            add_holding(self.sql, (self.account, Payer::Main.owner()), &chain, &holding)?;
        }
        Ok(())
    }

    /// Returns the business's own wallets.
    pub(crate) fn main(&self) -> Result<Purse, Rejection> {
        self.purse(Payer::Main.owner())
    }

    /// Returns a sub wallet, or fails if it doesn't exist.
    pub(crate) fn sub(&self, id: &str) -> Result<Purse, Rejection> {
        self.expect_sub(id)?;
        self.purse(id)
    }

    /// Adds a sub wallet, which has no wallet on any chain yet.
    pub(crate) fn add_sub(&self, id: &str) -> Result<(), Rejection> {
        let text = "INSERT INTO subwallets (account, id) VALUES (?1, ?2)";
        self.sql.run(text, params![self.account, id]).map(drop)
    }

    /// Adds an empty wallet on one chain to a sub wallet. Fails if there is no such sub wallet, or if it already has a
    /// wallet on this chain.
    pub(crate) fn add_chain(&self, id: &str, chain: &Chain) -> Result<Holding, Rejection> {
        if self.sub(id)?.contains_key(chain) {
            return Err(Rejection::WalletExists(chain.clone()));
        }
        let holding = Holding { address: address(self.draw(), chain)?, balance: Money::default() };
        add_holding(self.sql, (self.account, id), chain, &holding)?;
        Ok(holding)
    }

    /// Removes a sub wallet, or fails if it doesn't exist. Its money, including money in transit, goes to the
    /// business's own wallets.
    pub(crate) fn remove_sub(&self, id: &str) -> Result<(), Rejection> {
        self.settle()?;
        let (purse, main) = (self.sub(id)?, self.main()?);
        for table in [
            "DELETE FROM holdings WHERE account = ?1 AND owner = ?2",
            "DELETE FROM subwallets WHERE account = ?1 AND id = ?2",
        ] {
            self.sql.run(table, params![self.account, id])?;
        }
        for (chain, holding) in purse {
            if let Some(main) = main.get(&chain) {
                self.receive(&chain, &main.address, holding.balance)?;
                self.arrivals().redirect(&chain, &holding.address, &main.address)?;
            }
        }
        Ok(())
    }

    pub(super) fn holding(&self, payer: &Payer, chain: &Chain) -> Result<Holding, Rejection> {
        let mut purse = match payer {
            Payer::Main => self.main()?,
            Payer::Sub(id) => self.sub(id)?,
        };
        purse.remove(chain).ok_or_else(|| Rejection::NoWallet(chain.clone()))
    }

    /// Adds money to one of the account's wallets. Money for any other address leaves the sandbox.
    pub(super) fn receive(
        &self,
        chain: &Chain,
        address: &str,
        money: Money,
    ) -> Result<(), Rejection> {
        let Some((owner, balance)) = self.at(chain, address)? else { return Ok(()) };
        let balance = super::purse::money(&balance)?;
        // Money that would overflow the balance is lost. A balance overflows only above 10^20.
        let balance = balance.plus(money).unwrap_or(balance);
        set_balance(self.sql, (self.account, &owner), chain, balance)
    }

    /// Returns whether one of the account's wallets has this address.
    pub(super) fn has(&self, chain: &Chain, address: &str) -> Result<bool, Rejection> {
        Ok(self.at(chain, address)?.is_some())
    }

    /// Returns the owner and balance of the wallet at an address.
    fn at(&self, chain: &Chain, address: &str) -> Result<Option<(String, String)>, Rejection> {
        let text = "SELECT owner, balance FROM holdings \
                    WHERE account = ?1 AND chain = ?2 AND address = ?3";
        let values = params![self.account, chain.as_str(), canonical(chain, address)];
        self.sql.first(text, values, |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// Stores a card payment.
    pub(crate) fn add_on_ramp(&self, id: &str, on_ramp: &OnRamp) -> Result<(), Rejection> {
        on_ramp.add(self.sql, self.account, id)
    }

    /// Counts a status request for a card payment, and returns whether the payment is completed. Fails if the payment
    /// doesn't exist. The money arrives exactly once, when the payment is completed.
    pub(crate) fn ask_on_ramp(
        &self,
        id: &str,
        question: &CheckOnRampPayment,
    ) -> Result<bool, Rejection> {
        let found = OnRamp::find(self.sql, id)?.filter(|(account, _)| *account == self.account);
        let (_, mut on_ramp) = found.ok_or(Rejection::NotFound("on-ramp payment"))?;
        on_ramp.check(question)?;
        let just_done = on_ramp.count_status_request();
        self.note_on_ramp(id, &on_ramp, just_done)?;
        Ok(on_ramp.is_done())
    }

    fn note_on_ramp(&self, id: &str, on_ramp: &OnRamp, just_done: bool) -> Result<(), Rejection> {
        if just_done {
            let money = Money::of(on_ramp.amount);
            self.receive(&on_ramp.chain, on_ramp.recipient.as_str(), money)?;
        }
        on_ramp.update(self.sql, id)
    }

    /// Returns an owner's purse, with the money that has arrived by now.
    fn purse(&self, owner: &str) -> Result<Purse, Rejection> {
        let mut purses = self.purses_with(owner..=owner, &self.arrived()?)?;
        Ok(purses.remove(owner).unwrap_or_default())
    }

    /// Returns the money that has already arrived but isn't in a balance yet.
    pub(super) fn arrived(&self) -> Result<Vec<Arrival>, Rejection> {
        self.arrivals().arrived(self.moment.now)
    }

    /// Returns the purses of the owners in a range, with the money that has arrived.
    pub(super) fn purses_with(
        &self,
        owners: RangeInclusive<&str>,
        arrived: &[Arrival],
    ) -> Result<BTreeMap<String, Purse>, Rejection> {
        let mut purses = purses(self.sql, self.account, &owners)?;
        for arrival in arrived {
            let holdings = purses.values_mut().filter_map(|purse| purse.get_mut(&arrival.chain));
            for holding in holdings.filter(|holding| holding.address == arrival.address) {
                let balance = holding.balance;
                holding.balance = balance.plus(arrival.money).unwrap_or(balance);
            }
        }
        Ok(purses)
    }

    fn draw(&self) -> Draw<'_> {
        Draw::new(self.sql, self.moment)
    }

    fn expect_sub(&self, id: &str) -> Result<(), Rejection> {
        let text = "SELECT 1 FROM subwallets WHERE account = ?1 AND id = ?2";
        let found = self.sql.first(text, params![self.account, id], |_| Ok(()))?;
        found.ok_or(Rejection::NotFound("sub wallet"))
    }
}

/// Completes a card payment from its payment page. The payment can belong to any account. Fails if the payment doesn't
/// exist. The money arrives exactly once.
pub(super) fn pay_on_ramp(sql: Sql<'_>, moment: Moment, id: &str) -> Result<(), Rejection> {
    let found = OnRamp::find(sql, id)?;
    let (account, mut on_ramp) = found.ok_or(Rejection::NotFound("on-ramp payment"))?;
    let just_done = on_ramp.pay();
    Wallets { sql, account, moment }.note_on_ramp(id, &on_ramp, just_done)
}

impl Payer {
    /// Returns the value of the `owner` column: the sub wallet's id, or an empty string for the business itself.
    pub(super) fn owner(&self) -> &str {
        match self {
            Payer::Main => "",
            Payer::Sub(id) => id,
        }
    }
}
