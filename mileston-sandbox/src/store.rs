//! What the sandbox remembers: for each business and mode an account of its own.

mod account;
mod kept;
mod ledger;
mod on_ramp;
mod resource;
mod shelf;
mod transfer;
mod wallets;

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use mileston_keys::{BusinessId, ModeName};

use crate::runtime::Identity;

pub(crate) use account::{Account, check_amount};
pub(crate) use kept::Kept;
pub(crate) use ledger::Saved;
pub(crate) use on_ramp::OnRamp;
pub(crate) use resource::Resource;
pub(crate) use transfer::Transfer;
pub(crate) use wallets::{CHAINS, Holding, Order, Payer, Purse, total};

/// All accounts. What belongs to one is out of reach of every other.
#[derive(Default)]
pub(crate) struct Store {
    accounts: Mutex<HashMap<(BusinessId, ModeName), Account>>,
}

impl Store {
    /// Works on the caller's account. One call sees and changes the account alone, with no other in between.
    pub(crate) fn with<T>(&self, caller: &Identity, work: impl FnOnce(&mut Account) -> T) -> T {
        let mut accounts = self.accounts.lock().unwrap_or_else(PoisonError::into_inner);
        work(accounts.entry((caller.business.clone(), caller.mode)).or_default())
    }

    /// Whose something is, in any account: a page is open to everyone who knows its address.
    pub(crate) fn locate<R: Resource>(&self, id: &str) -> Option<(BusinessId, ModeName)> {
        let accounts = self.accounts.lock().unwrap_or_else(PoisonError::into_inner);
        let mut accounts = accounts.iter();
        let found = accounts.find(|(_, account)| account.find::<R>(id).is_ok());
        found.map(|(owner, _)| owner.clone())
    }

    /// Looks for a page to pay by card in any account, for the same reason.
    pub(crate) fn find_on_ramp_anywhere(&self, id: &str) -> Option<(ModeName, OnRamp)> {
        let accounts = self.accounts.lock().unwrap_or_else(PoisonError::into_inner);
        accounts.iter().find_map(|((_, mode), account)| Some((*mode, account.on_ramp(id)?.clone())))
    }
}
