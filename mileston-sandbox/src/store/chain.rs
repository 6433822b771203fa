//! Payments on the simulated chains. Tests and scripts make these payments through `/_sandbox` or in Rust, and
//! verifications find them.

use std::iter;

use mileston_api::types::{Chain, Token};
use mileston_api::{Family, Timestamp, TokenAmount};
use rusqlite::{Row, params};

use super::Store;
use super::arrivals::{Arrivals, When};
use super::draw::Draw;
use super::purse::{address, canonical, money};
use super::rejection::Rejection;
use super::sql::Sql;
use super::wallets::{CHAINS, Wallets};
use super::world::{Moment, timestamp};
use crate::chain::Pace;
use crate::money::Money;

/// A payment on a chain.
#[derive(Clone, Debug)]
pub(crate) struct Deposit {
    pub(crate) chain: Chain,
    pub(crate) token: Token,
    pub(crate) amount: TokenAmount,
    pub(crate) to: String,
    /// The payer's address. If it is `None`, a random address is used.
    pub(crate) from: Option<String>,
}

/// A payment on a chain, with its current state.
#[derive(Clone, Debug)]
pub(crate) struct Chained {
    pub(crate) hash: String,
    pub(crate) business: String,
    pub(crate) mode: String,
    pub(crate) chain: Chain,
    pub(crate) token: String,
    pub(crate) amount: Money,
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) sent: Timestamp,
    pub(crate) confirmations: i64,
    /// The EVM chain on which a wallet has this address, if the payer used the wrong network.
    pub(crate) wallet_on: Option<String>,
    /// The kind and id of the record that the payment paid for, and how much of the payment was used.
    pub(crate) pays: Option<(String, String, Money)>,
}

/// Money in transit to a wallet.
#[derive(Clone, Debug)]
pub(crate) struct InFlight {
    pub(crate) business: String,
    pub(crate) mode: String,
    pub(crate) chain: String,
    pub(crate) to: String,
    pub(crate) amount: String,
    /// `None` if the money comes back from a failed transfer once a status request has reported the failure.
    pub(crate) arrives: Option<Timestamp>,
}

impl Store {
    /// Adds a payment to a chain, or fails if no wallet in this sandbox has the address.
    pub(crate) async fn deposit(&self, deposit: Deposit) -> Result<Chained, Rejection> {
        self.steer(move |sql, moment| {
            let sequence = put(sql, moment, &deposit)?;
            let one = list(sql, moment.now, (sequence, 1))?.pop();
            one.ok_or_else(|| Rejection::unreadable("a payment that is gone"))
        })
        .await
    }

    /// Returns up to `limit` payments on all chains, newest first.
    pub(crate) async fn chained(&self, limit: u32) -> Result<Vec<Chained>, Rejection> {
        let now = self.world.now()?;
        self.look(move |sql| list(sql, now, (i64::MAX, limit))).await
    }

    /// Returns the money in transit to wallets.
    pub(crate) async fn in_flight(&self) -> Result<Vec<InFlight>, Rejection> {
        let now = self.world.now()?;
        self.look(move |sql| in_flight(sql, now)).await
    }

    /// Makes the next `count` transfers fail.
    pub(crate) async fn fail_next(&self, count: u32) -> Result<(), Rejection> {
        self.steer(move |sql, _| sql.run("UPDATE world SET failing = ?1", [count]).map(drop)).await
    }
}

fn put(sql: Sql<'_>, moment: Moment, deposit: &Deposit) -> Result<i64, Rejection> {
    let Deposit { chain, token, amount, to, from } = deposit;
    let to = &canonical(chain, to);
    let (account, here) =
        owner(sql, chain, to)?.ok_or_else(|| Rejection::AddressNotFound(chain.clone()))?;
    let amount = Money::of_token(*amount);
    // Settle the money that has arrived, because each read of a balance adds up all arrivals that aren't settled yet.
    Wallets { sql, account, moment }.settle()?;
    let draw = Draw::new(sql, moment);
    let from = from.as_ref().map(|from| canonical(chain, from));
    let from = from.map_or_else(|| address(draw, chain), Ok)?;
    let confirmed = moment.now.saturating_add(Pace::of(chain).time());
    // A wallet's balance is in dollars. So a payment in a token that would have to be converted is recorded only on the
    // chain. The same applies to a payment on the wrong network, where no wallet has the address.
    if here && matches!(token, Token::Usdc | Token::Usdt) {
        Arrivals { sql, account }.add((chain, to), amount, When::At(confirmed))?;
    }
    let text = "INSERT INTO chain_payments \
                (account, chain, hash, token, amount, payer, recipient, sent, confirmed) \
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    let (token, amount, hash) = (token.as_str(), amount.to_string(), hash(draw, chain)?);
    let (chain, sent) = (chain.as_str(), moment.now);
    sql.insert(text, params![account, chain, hash, token, amount, from, to, sent, confirmed])
}

/// Returns the account that owns an address, and whether the account's wallet is on this chain. An address on an EVM
/// chain is valid on all EVM chains.
fn owner(sql: Sql<'_>, chain: &Chain, address: &str) -> Result<Option<(i64, bool)>, Rejection> {
    let text = "SELECT account FROM holdings WHERE chain = ?1 AND address = ?2";
    let is_evm = |chain: &Chain| Family::of(chain) == Some(Family::Evm);
    let others = CHAINS.iter().filter(|other| is_evm(chain) && is_evm(other) && *other != chain);
    for candidate in iter::once(chain).chain(others) {
        let found = sql.first(text, [candidate.as_str(), address], |row| row.get(0))?;
        if let Some(account) = found {
            return Ok(Some((account, candidate == chain)));
        }
    }
    Ok(None)
}

/// Generates a transaction hash in the chain's format.
fn hash(draw: Draw<'_>, chain: &Chain) -> Result<String, Rejection> {
    Ok(match chain {
        Chain::Solana => format!("Sandbox{}", draw.base58(81)?),
        Chain::Sui => format!("Sandbox{}", draw.base58(37)?),
        _ => format!("0xfa4efa4e{}", draw.hex(56)?),
    })
}

/// Returns up to `limit` payments, newest first, starting with the one numbered `newest`.
fn list(sql: Sql<'_>, now: i64, (newest, limit): (i64, u32)) -> Result<Vec<Chained>, Rejection> {
    let text = "SELECT hash, business, mode, chain, token, amount, payer, recipient, sent, \
                chain_payments.id, kind, used, \
                iif(EXISTS (SELECT 1 FROM holdings WHERE holdings.account = chain_payments.account \
                    AND holdings.chain = chain_payments.chain AND address = recipient), NULL, \
                (SELECT holdings.chain FROM holdings WHERE holdings.account = chain_payments.account \
                    AND address = recipient AND holdings.chain IN ('avax', 'pol', 'base', 'eth', 'arb'))) \
                FROM chain_payments JOIN accounts ON accounts.id = account \
                WHERE sequence <= ?1 ORDER BY sequence DESC LIMIT ?2";
    let rows = sql.all(text, params![newest, limit], Found::read)?;
    rows.into_iter().map(|found| found.at(now)).collect()
}

/// A stored payment on a chain.
struct Found {
    texts: [String; 8],
    sent: i64,
    /// Id, kind and amount.
    pays: [Option<String>; 3],
    wallet_on: Option<String>,
}

impl Found {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let text = |column| row.get::<_, String>(column);
        let texts =
            [text(0)?, text(1)?, text(2)?, text(3)?, text(4)?, text(5)?, text(6)?, text(7)?];
        let pays = [row.get(9)?, row.get(10)?, row.get(11)?];
        Ok(Found { texts, sent: row.get(8)?, pays, wallet_on: row.get(12)? })
    }

    fn at(self, now: i64) -> Result<Chained, Rejection> {
        let Found { texts, sent, pays, wallet_on } = self;
        let [hash, business, mode, chain, token, amount, from, to] = texts;
        let chain = Chain::from(chain);
        let confirmations = Pace::of(&chain).confirmations(now.saturating_sub(sent));
        let (amount, sent) = (money(&amount)?, timestamp(sent)?);
        let pays = match pays {
            [Some(id), Some(kind), Some(used)] => Some((kind, id, money(&used)?)),
            _ => None,
        };
        Ok(Chained {
            hash,
            business,
            mode,
            chain,
            token,
            amount,
            from,
            to,
            sent,
            confirmations,
            wallet_on,
            pays,
        })
    }
}

fn in_flight(sql: Sql<'_>, now: i64) -> Result<Vec<InFlight>, Rejection> {
    let text = "SELECT business, mode, chain, address, amount, arrives \
                FROM arrivals JOIN accounts ON accounts.id = account \
                WHERE arrives IS NULL OR arrives > ?1 ORDER BY sequence";
    let rows = sql.all(text, [now], |row| {
        Ok((
            [row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?],
            row.get::<_, Option<i64>>(5)?,
        ))
    })?;
    let read = |([business, mode, chain, to, amount], arrives): ([String; 5], Option<i64>)| {
        let arrives = arrives.map(timestamp).transpose()?;
        Ok(InFlight { business, mode, chain, to, amount, arrives })
    };
    rows.into_iter().map(read).collect()
}
