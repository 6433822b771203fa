//! Verifies payments that were reported or that are on the simulated chains.

use mileston_api::TokenAmount;
use mileston_api::types::Chain;
use rusqlite::{Row, params};

use super::Account;
use super::account::{check_amount, mode_of};
use super::kept::Kept;
use super::outbox::{self, Found};
use super::purse::{canonical, money};
use super::rejection::Rejection;
use super::resource::Resource;
use crate::chain::{Unused, choose};
use crate::environment::environment;
use crate::money::Money;

/// The parameters of a verification.
#[derive(Clone, Debug)]
pub(crate) struct Question {
    pub(crate) id: String,
    pub(crate) amount: TokenAmount,
    pub(crate) chain: Chain,
    pub(crate) token: String,
    /// The wallet to check.
    pub(crate) wallet: String,
    pub(crate) recipient: String,
    /// The user id from the request, for webhooks.
    pub(crate) user: String,
}

/// The payment status of a resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    Paid,
    /// These unused payments on the chain cover the amount.
    Payable(Vec<Unused>),
    Awaiting,
}

impl Question {
    /// Returns the wallet to check, and the recipient.
    fn places(&self) -> (String, String) {
        (canonical(&self.chain, &self.wallet), canonical(&self.chain, &self.recipient))
    }
}

impl Account<'_> {
    /// Returns the status, without changing anything.
    pub(crate) fn standing<R: Resource>(&self, question: &Question) -> Result<Standing, Rejection> {
        let (sequence, kept) = self.find_row::<R>(&question.id)?;
        self.judge(sequence, &kept, question)
    }

    /// Uses up payments on the chain, so that they can't pay for anything else. Returns whether the resource is then
    /// paid.
    pub(crate) fn claim<R: Resource>(&self, question: &Question) -> Result<bool, Rejection> {
        let (sequence, kept) = self.find_row::<R>(&question.id)?;
        let chosen = match self.judge(sequence, &kept, question)? {
            Standing::Paid => return Ok(true),
            Standing::Awaiting => return Ok(false),
            Standing::Payable(chosen) => chosen,
        };
        self.begin_paying(sequence, &kept)?;
        let last = chosen.last().map(|(payment, _)| *payment);
        for (number, (payment, used)) in (0..).zip(chosen) {
            let text =
                "UPDATE chain_payments SET kind = ?2, id = ?3, used = ?4 WHERE sequence = ?1";
            let values = params![payment, R::PAGE, question.id, used.to_string()];
            self.sql().run(text, values)?;
            let text = "INSERT INTO receipts (resource, chain, payer, recipient, token, further) \
                        SELECT ?2, chain, payer, recipient, token, ?3 FROM chain_payments \
                        WHERE sequence = ?1";
            self.sql().run(text, params![payment, sequence, number > 0])?;
        }
        if let Some(last) = last {
            self.announce_found::<R>(last, question)?;
        }
        Ok(true)
    }

    /// Notifies webhooks that the resource is paid: once, for any number of payments.
    fn announce_found<R: Resource>(
        &self,
        payment: i64,
        question: &Question,
    ) -> Result<(), Rejection> {
        let text = "SELECT payer, recipient, hash FROM chain_payments WHERE sequence = ?1";
        let read = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
        let Some((payer, recipient_wallet_address, transaction_signature)) =
            self.sql().first(text, [payment], read)?
        else {
            return Ok(());
        };
        let found = Found {
            payment_link_id: &question.id,
            payer,
            recipient_wallet_address,
            amount: question.amount,
            user_uuid: &question.user,
            transaction_signature,
            chain: &question.chain,
            env: environment(mode_of(self.sql(), self.id())?),
        };
        outbox::announce(self, &R::EVENT, &found)
    }

    fn judge<R: Resource>(
        &self,
        sequence: i64,
        kept: &Kept<R>,
        question: &Question,
    ) -> Result<Standing, Rejection> {
        check_amount(&kept.data, question.amount)?;
        if !kept.starts_afresh() && self.has_receipt(sequence, question)? {
            return Ok(Standing::Paid);
        }
        if kept.is_paid() && R::PAID_ONCE {
            return Ok(Standing::Awaiting);
        }
        let due = Money::of_token(question.amount);
        let chosen = choose(due, &self.unused(question)?);
        Ok(chosen.map_or(Standing::Awaiting, Standing::Payable))
    }

    /// Returns whether one of the resource's payments matches the question. A reported payment must have gone to the
    /// recipient, and the wallet to check must be the payer or the recipient. A payment on a chain must have gone to the
    /// wallet to check, or from that wallet to the recipient.
    fn has_receipt(&self, sequence: i64, question: &Question) -> Result<bool, Rejection> {
        let text = "SELECT EXISTS (SELECT 1 FROM receipts WHERE resource = ?1 AND chain = ?2 AND \
                    iif(token IS NULL, recipient = ?4 AND ?3 IN (payer, recipient), \
                    token = ?5 AND (recipient = ?3 OR recipient = ?4 AND payer = ?3)))";
        let (wallet, recipient) = question.places();
        let values = params![sequence, question.chain.as_str(), wallet, recipient, question.token];
        let found = self.sql().first(text, values, |row| row.get(0))?;
        Ok(found.unwrap_or_default())
    }

    /// Returns the confirmed, unused payments on the chain, oldest first.
    fn unused(&self, question: &Question) -> Result<Vec<Unused>, Rejection> {
        let text = "SELECT sequence, amount FROM chain_payments \
                    WHERE account = ?1 AND chain = ?2 AND token = ?5 AND kind IS NULL \
                    AND confirmed <= ?6 AND (recipient = ?3 OR recipient = ?4 AND payer = ?3) \
                    ORDER BY sequence";
        let (wallet, recipient) = question.places();
        let (chain, token, now) = (question.chain.as_str(), &question.token, self.moment().now);
        let values = params![self.id(), chain, wallet, recipient, token, now];
        let read = |row: &Row<'_>| Ok((row.get(0)?, row.get::<_, String>(1)?));
        let rows = self.sql().all(text, values, read)?;
        rows.into_iter().map(|(sequence, amount)| Ok((sequence, money(&amount)?))).collect()
    }
}
