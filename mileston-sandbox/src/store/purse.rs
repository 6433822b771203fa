//! Wallets by chain, and their balances.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use mileston_api::types::Chain;
use rusqlite::params;

use super::draw::Draw;
use super::rejection::Rejection;
use super::sql::Sql;
use crate::money::Money;

/// A wallet on one chain.
#[derive(Clone, Debug)]
pub(crate) struct Holding {
    pub(crate) address: String,
    pub(crate) balance: Money,
}

/// The wallets of the business or of a sub wallet, by chain.
pub(crate) type Purse = BTreeMap<Chain, Holding>;

/// Returns the total balance of these purses.
pub(crate) fn total<'a>(purses: impl IntoIterator<Item = &'a Purse>) -> Money {
    let holdings = purses.into_iter().flat_map(BTreeMap::values);
    Money::sum(holdings.map(|holding| holding.balance)).unwrap_or_default()
}

/// Returns the purses of the owners in this range, by owner.
pub(super) fn purses(
    sql: Sql<'_>,
    account: i64,
    owners: &RangeInclusive<&str>,
) -> Result<BTreeMap<String, Purse>, Rejection> {
    let columns = |row: &rusqlite::Row<'_>| -> rusqlite::Result<[String; 4]> {
        Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?])
    };
    let text = "SELECT owner, chain, address, balance FROM holdings \
                WHERE account = ?1 AND owner BETWEEN ?2 AND ?3";
    let rows = sql.all(text, params![account, owners.start(), owners.end()], columns)?;
    let mut purses = BTreeMap::<String, Purse>::new();
    for [owner, chain, address, balance] in rows {
        let holding = Holding { address, balance: money(&balance)? };
        purses.entry(owner).or_default().insert(Chain::from(chain), holding);
    }
    Ok(purses)
}

/// Adds a wallet on one chain to an owner's purse.
pub(super) fn add_holding(
    sql: Sql<'_>,
    (account, owner): (i64, &str),
    chain: &Chain,
    holding: &Holding,
) -> Result<(), Rejection> {
    let text = "INSERT INTO holdings (account, owner, chain, address, balance) \
                VALUES (?1, ?2, ?3, ?4, ?5)";
    let balance = holding.balance.to_string();
    sql.run(text, params![account, owner, chain.as_str(), holding.address, balance]).map(drop)
}

/// Sets the balance of a wallet on one chain.
pub(super) fn set_balance(
    sql: Sql<'_>,
    (account, owner): (i64, &str),
    chain: &Chain,
    balance: Money,
) -> Result<(), Rejection> {
    let text = "UPDATE holdings SET balance = ?4 WHERE account = ?1 AND owner = ?2 AND chain = ?3";
    sql.run(text, params![account, owner, chain.as_str(), balance.to_string()]).map(drop)
}

/// Normalizes an address for comparison. Hexadecimal addresses are case-insensitive, but base-58 addresses aren't.
pub(super) fn canonical(chain: &Chain, address: &str) -> String {
    match chain {
        Chain::Solana => address.to_owned(),
        _ => address.to_ascii_lowercase(),
    }
}

/// Parses an amount from the store.
pub(super) fn money(text: &str) -> Result<Money, Rejection> {
    Money::read(text).ok_or_else(|| Rejection::unreadable("a balance that isn't an amount"))
}

/// Returns a new address in the chain's format. `fa4e` or `Sandbox` marks the address as fake. Nobody has a private
/// key for it.
pub(super) fn address(draw: Draw<'_>, chain: &Chain) -> Result<String, Rejection> {
    Ok(match chain {
        Chain::Solana => format!("Sandbox{}", draw.base58(36)?),
        Chain::Sui => format!("0xfa4efa4e{}", draw.hex(56)?),
        _ => format!("0xfa4efa4e{}", draw.hex(32)?),
    })
}
