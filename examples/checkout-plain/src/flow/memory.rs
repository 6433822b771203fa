//! The data that survives a reload of the page.

use mileston_api::Address;
use mileston_api::types::{Chain, Token};

use super::payment::{Payment, Picked};

/// How far the payer has got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The payer is choosing a network and a token.
    Picking,
    /// The page is waiting for the payment.
    Waiting,
    /// The payment was verified.
    Verified,
}

/// The data about a payment link that the page keeps while its tab is open.
#[derive(Clone, Debug, PartialEq)]
pub struct Memory {
    /// How far the payer has got.
    pub stage: Stage,
    /// What the payer picked.
    pub picked: Picked,
    /// The payments that the payer has started, the current one last. Their wallets are kept, because the platform may
    /// return different wallets next time, and the payer may have paid into the earlier ones.
    pub payments: Vec<Payment>,
}

/// Marks a missing value in the string that is stored.
const NOTHING: &str = "-";

impl Memory {
    /// Writes the memory as a string that [`read`](Memory::read) accepts.
    #[must_use]
    pub fn write(&self) -> String {
        let Memory { stage, picked, payments } = self;
        let stage = match stage {
            Stage::Picking => "picking",
            Stage::Waiting => "waiting",
            Stage::Verified => "verified",
        };
        let chain = picked.chain.as_ref().map_or(NOTHING, Chain::as_str);
        let token = picked.token.as_ref().map_or(NOTHING, Token::as_str);
        let mut text = format!("{stage} {chain} {token}");
        for Payment { chain, token, wallet, started } in payments {
            text += &format!(" {chain} {token} {started} {wallet}");
        }
        text
    }

    /// Reads a string that [`write`](Memory::write) wrote. Returns `None` for any other string, such as one that a
    /// different version of the page wrote.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let mut words = text.split(' ');
        let stage = match words.next()? {
            "picking" => Stage::Picking,
            "waiting" => Stage::Waiting,
            "verified" => Stage::Verified,
            _ => return None,
        };
        let mut picked = || words.next().map(|word| (word != NOTHING).then_some(word));
        let picked =
            Picked { chain: picked()?.map(Chain::from), token: picked()?.map(Token::from) };
        let mut payments = Vec::new();
        while let Some(chain) = words.next() {
            let chain = Chain::from(chain);
            let token = Token::from(words.next()?);
            let started = words.next()?.parse().ok()?;
            // The payer sends money to this address, so it is checked again.
            let wallet = Address::parse_for(&chain, words.next()?).ok()?;
            payments.push(Payment { chain, token, wallet, started });
        }
        let is_whole = stage == Stage::Picking || !payments.is_empty();
        is_whole.then_some(Memory { stage, picked, payments })
    }
}
