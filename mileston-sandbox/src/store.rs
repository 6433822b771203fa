//! The data of the sandbox in SQLite: a separate account for each business and mode.
//!
//! The same code works in memory and in a file. One thread writes; a write gets its response once it is on disk. A file
//! also has read-only connections; in memory the same thread also reads.

mod account;
mod arrivals;
mod batch;
mod chain;
mod database;
mod deliveries;
mod delivery_log;
mod draw;
mod error;
mod health;
mod job;
mod kept;
mod keyring;
mod keys;
mod ledger;
mod listing;
mod migrations;
mod on_ramp;
mod outbox;
mod overview;
mod owner;
mod place;
mod purse;
mod readers;
mod rejection;
mod reset;
mod resource;
mod schedule;
mod sending;
mod sql;
mod transfer;
mod verifying;
mod wallets;
mod webhooks;
mod world;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::{Arc, RwLock};
use std::time::Duration;

use mileston_api::Timestamp;
use mileston_keys::{BusinessId, ModeName};

use crate::readings::Readings;
use database::Database;
use keyring::Keyring;
use readers::Readers;
use sql::Sql;
use world::{Moment, World};
use writer::Writer;

pub(crate) use account::Account;
pub(crate) use chain::{Chained, Deposit, InFlight};
pub(crate) use deliveries::{Parcel, Report, Work};
pub use delivery_log::{DeliveryState, WebhookAttempt, WebhookDelivery};
pub use error::{StoreError, StoreErrorKind};
pub(crate) use kept::Kept;
pub use keys::{KeyState, StoredKey};
pub(crate) use ledger::Saved;
pub(crate) use listing::Listing;
pub(crate) use on_ramp::OnRamp;
pub(crate) use overview::{Line, PaidState};
pub(crate) use owner::Owner;
pub(crate) use place::expect_name;
pub(crate) use purse::{Holding, Purse, total};
pub(crate) use rejection::{Failure, Rejection};
pub(crate) use resource::Resource;
pub(crate) use sending::Order;
pub(crate) use verifying::{Question, Standing};
pub(crate) use wallets::{CHAINS, Payer};
pub use webhooks::Webhook;
pub(crate) use webhooks::{Destination, WebhookDraft};
pub(crate) use world::Rules;
pub use world::Settlement;

/// The number of rows that are read without a pause for others, which takes some tenths of a millisecond.
const FEW: u32 = 100;

/// All accounts. An account can't reach the data of another one.
pub(crate) struct Store {
    path: PathBuf,
    writer: Writer,
    /// `None` in memory, because such a database has only one connection.
    readers: Option<Readers>,
    /// The credentials. The writer's thread updates them with every change.
    keyring: Arc<RwLock<Arc<Keyring>>>,
    world: Arc<World>,
}

impl Store {
    /// Creates an empty store that ends with the process.
    pub(crate) fn in_memory(rules: Rules) -> Result<Self, StoreError> {
        Store::start(Path::new(":memory:"), Database::in_memory()?, None, rules)
    }

    /// Opens the store in a file, which is created if it doesn't exist. It may block on the disk.
    pub(crate) fn in_file(path: &Path, rules: Rules) -> Result<Self, StoreError> {
        place::expect_name(path)?;
        let path = place::canonical(path).map_err(|error| StoreError::io(path, error))?;
        let database = Database::in_file(&path)?;
        Store::start(&path, database, Some(Readers::new(&path)), rules)
    }

    fn start(
        path: &Path,
        database: Database,
        readers: Option<Readers>,
        rules: Rules,
    ) -> Result<Self, StoreError> {
        let sql = Sql(database.connection());
        let rejected = |rejection| StoreError::rejected(path, rejection);
        let keyring = Keyring::load(sql).map_err(rejected)?;
        let world = World::open(sql, rules).map_err(rejected)?;
        if rules.seed.is_some() && rules.seed != world.seed() {
            return Err(StoreError::new(StoreErrorKind::Seed, path));
        }
        let writer = Writer::start(database).map_err(|error| StoreError::io(path, error))?;
        let keyring = Arc::new(RwLock::new(Arc::new(keyring)));
        Ok(Store { path: path.to_owned(), writer, readers, keyring, world: Arc::new(world) })
    }

    /// Checkpoints the log into the file, because the keys of a new file must not be lost with its log.
    pub(crate) async fn settle(&self) {
        self.writer.settle().await;
    }

    /// Returns the file, for messages.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Returns the file, if it isn't in memory.
    pub(crate) fn file(&self) -> Option<&Path> {
        self.readers.is_some().then_some(self.path.as_path())
    }

    /// Changes the owner's account: completely, or not at all if it is rejected. When this returns, it is on disk.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        owner: impl Into<Owner>,
        work: impl FnOnce(&Account<'_>) -> Result<T, Rejection> + Send + 'static,
    ) -> Result<T, Rejection> {
        let owner = owner.into();
        self.steer(move |sql, moment| work(&Account::of(sql, moment, &owner)?)).await
    }

    /// Reads a few rows of the owner's account.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        owner: impl Into<Owner>,
        work: impl FnOnce(&Account<'_>) -> Result<T, Rejection> + Send + 'static,
    ) -> Result<T, Rejection> {
        let owner = owner.into();
        let world = Arc::clone(&self.world);
        self.look(move |sql| work(&Account::of(sql, world.moment()?, &owner)?)).await
    }

    /// Reads any number of rows of the owner's account.
    pub(crate) async fn read_long<T: Send + 'static>(
        &self,
        owner: impl Into<Owner>,
        work: impl FnOnce(&Account<'_>) -> Result<T, Rejection> + Send + 'static,
    ) -> Result<T, Rejection> {
        let owner = owner.into();
        let world = Arc::clone(&self.world);
        let work = move |sql: Sql<'_>| work(&Account::of(sql, world.moment()?, &owner)?);
        match &self.readers {
            Some(readers) => readers.run_long(work).await,
            None => self.writer.run(false, work, |_| ()).await,
        }
    }

    /// Finds the owner in any account, because anyone who knows the address of a page can open it.
    pub(crate) async fn locate<R: Resource>(
        &self,
        id: &str,
    ) -> Result<Option<(BusinessId, ModeName)>, Rejection> {
        let id = id.to_owned();
        self.look(move |sql| account::locate::<R>(sql, &id)).await
    }

    /// Returns whether the business exists and has data in this mode.
    pub(crate) async fn has_account(
        &self,
        business: &BusinessId,
        mode: ModeName,
    ) -> Result<bool, Rejection> {
        let business = business.clone();
        let world = Arc::clone(&self.world);
        let known = move |sql: Sql<'_>| {
            Ok(Account::find_account(sql, world.moment()?, &business, mode)?.is_some())
        };
        self.look(known).await
    }

    /// Finds a payment by card in any account, because anyone who knows the address of its page can open it.
    pub(crate) async fn find_on_ramp_anywhere(
        &self,
        id: &str,
    ) -> Result<Option<(ModeName, OnRamp)>, Rejection> {
        let id = id.to_owned();
        self.look(move |sql| {
            let Some((account, on_ramp)) = OnRamp::find(sql, &id)? else { return Ok(None) };
            Ok(Some((account::mode_of(sql, account)?, on_ramp)))
        })
        .await
    }

    /// Pays a payment by card in any account, or fails if it doesn't exist.
    pub(crate) async fn pay_on_ramp(&self, id: &str) -> Result<(), Rejection> {
        let id = id.to_owned();
        self.steer(move |sql, moment| wallets::pay_on_ramp(sql, moment, &id)).await
    }

    async fn look<T: Send + 'static>(
        &self,
        work: impl FnOnce(Sql<'_>) -> Result<T, Rejection> + Send + 'static,
    ) -> Result<T, Rejection> {
        match &self.readers {
            Some(readers) => readers.run(work).await,
            None => self.writer.run(false, work, |_| ()).await,
        }
    }

    /// Returns how it reads what the vendor leaves open.
    pub(crate) fn readings(&self) -> Readings {
        self.world.readings()
    }

    /// Returns the sandbox's time.
    pub(crate) fn now(&self) -> Result<Timestamp, Rejection> {
        world::timestamp(self.world.now()?)
    }

    /// Moves the clock forward by this much, and returns its new time.
    pub(crate) async fn advance(&self, by: Duration) -> Result<Timestamp, Rejection> {
        let by = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
        self.set_clock(move |now| Ok(now.saturating_add(by))).await
    }

    /// Moves the clock to this time, or fails if that is in the past.
    pub(crate) async fn advance_to(&self, then: Timestamp) -> Result<Timestamp, Rejection> {
        self.set_clock(move |_| Ok(then.as_millisecond())).await
    }

    async fn set_clock(
        &self,
        to: impl FnOnce(i64) -> Result<i64, Rejection> + Send + 'static,
    ) -> Result<Timestamp, Rejection> {
        let world = Arc::clone(&self.world);
        let follow = move |time: &i64| world.follow(*time);
        self.writer.run(true, move |sql| world::set(sql, to), follow).await?;
        self.now()
    }

    /// Changes data that belongs to no account, or to any.
    pub(crate) async fn steer<T: Send + 'static>(
        &self,
        work: impl FnOnce(Sql<'_>, Moment) -> Result<T, Rejection> + Send + 'static,
    ) -> Result<T, Rejection> {
        let world = Arc::clone(&self.world);
        self.writer.run(true, move |sql| work(sql, world.moment()?), |_| ()).await
    }

    /// Finishes waiting jobs and closes the store. When this returns, another process may open the file.
    pub(crate) async fn close(&self) {
        if let Some(readers) = &self.readers {
            readers.close();
        }
        self.writer.close().await;
    }
}
