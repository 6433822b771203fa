//! All accounts, and the jobs that read or change them.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, RwLock};
use std::time::Duration;

use mileston_api::Timestamp;
use mileston_keys::{BusinessId, ModeName};
use tokio::runtime::Handle;

use super::account::{self, Account};
use super::database::Database;
use super::error::{StoreError, StoreErrorKind};
use super::keyring::Keyring;
use super::on_ramp::OnRamp;
use super::owner::Owner;
use super::readers::Readers;
use super::rejection::Rejection;
use super::resource::Resource;
use super::sql::Sql;
use super::world::{self, Moment, Rules, World};
use super::writer::Writer;
use super::{place, wallets};
use crate::readings::Readings;

/// All accounts. A job for one account can't access another account's data.
pub(crate) struct Store {
    path: PathBuf,
    pub(super) writer: Writer,
    /// `None` for an in-memory store, because its database has only one connection.
    pub(super) readers: Option<Readers>,
    /// The credentials. The writer's thread updates them with every change.
    pub(super) keyring: Arc<RwLock<Arc<Keyring>>>,
    pub(super) world: Arc<World>,
}

impl Store {
    /// Creates an empty store in memory.
    pub(crate) fn in_memory(rules: Rules) -> Result<Self, StoreError> {
        Store::start(Path::new(":memory:"), Database::in_memory()?, None, rules)
    }

    /// Opens the store in a file, on a thread that may block on the disk. The file is created if it doesn't exist.
    pub(crate) async fn open(path: PathBuf, rules: Rules) -> Result<Self, StoreError> {
        if Handle::try_current().is_err() {
            let error = io::Error::other("the store needs tokio: open it inside a tokio runtime");
            return Err(StoreError::io(&path, error));
        }
        let place = path.clone();
        let opening = tokio::task::spawn_blocking(move || Store::in_file(&path, rules)).await;
        opening.unwrap_or_else(|error| Err(StoreError::io(&place, io::Error::other(error))))
    }

    fn in_file(path: &Path, rules: Rules) -> Result<Self, StoreError> {
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

    /// Checkpoints the log into the file, so that a new file contains its keys even if the log is lost.
    pub(crate) async fn settle(&self) {
        self.writer.settle().await;
    }

    /// Returns the path that messages show: the path of the file, or `:memory:`.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Returns the path of the file, or `None` if the store is in memory.
    pub(crate) fn file(&self) -> Option<&Path> {
        self.readers.is_some().then_some(self.path.as_path())
    }

    /// Changes the owner's account: completely, or not at all if the change is rejected. When this returns, the change
    /// is on disk.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        owner: impl Into<Owner>,
        work: impl FnOnce(&Account<'_>) -> Result<T, Rejection> + Send + 'static,
    ) -> Result<T, Rejection> {
        let owner = owner.into();
        self.steer(move |sql, moment| work(&Account::of(sql, moment, &owner)?)).await
    }

    /// Reads a few rows from the owner's account.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        owner: impl Into<Owner>,
        work: impl FnOnce(&Account<'_>) -> Result<T, Rejection> + Send + 'static,
    ) -> Result<T, Rejection> {
        self.look(self.of_account(owner, work)).await
    }

    /// Reads any number of rows from the owner's account.
    pub(crate) async fn read_long<T: Send + 'static>(
        &self,
        owner: impl Into<Owner>,
        work: impl FnOnce(&Account<'_>) -> Result<T, Rejection> + Send + 'static,
    ) -> Result<T, Rejection> {
        let work = self.of_account(owner, work);
        match &self.readers {
            Some(readers) => readers.run_long(work).await,
            None => self.writer.run(false, work, |_| ()).await,
        }
    }

    /// Converts work on the owner's account to work on the database.
    fn of_account<T, W>(
        &self,
        owner: impl Into<Owner>,
        work: W,
    ) -> impl FnOnce(Sql<'_>) -> Result<T, Rejection> + Send + 'static
    where
        T: Send + 'static,
        W: FnOnce(&Account<'_>) -> Result<T, Rejection> + Send + 'static,
    {
        let (owner, world) = (owner.into(), Arc::clone(&self.world));
        move |sql| work(&Account::of(sql, world.moment()?, &owner)?)
    }

    /// Finds the owner of a record in any account. A request for a record's page has no key, so it doesn't say which
    /// account the record belongs to.
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

    /// Finds a card payment in any account. A request for the payment's page has no key, so it doesn't say which
    /// account the payment belongs to.
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

    /// Completes a card payment in any account, or fails if the payment doesn't exist.
    pub(crate) async fn pay_on_ramp(&self, id: &str) -> Result<(), Rejection> {
        let id = id.to_owned();
        self.steer(move |sql, moment| wallets::pay_on_ramp(sql, moment, &id)).await
    }

    /// Reads a few rows from any account.
    pub(super) async fn look<T: Send + 'static>(
        &self,
        work: impl FnOnce(Sql<'_>) -> Result<T, Rejection> + Send + 'static,
    ) -> Result<T, Rejection> {
        match &self.readers {
            Some(readers) => readers.run(work).await,
            None => self.writer.run(false, work, |_| ()).await,
        }
    }

    /// Returns the store's readings of the vendor's sources.
    pub(crate) fn readings(&self) -> Readings {
        self.world.readings()
    }

    /// Returns the sandbox's time.
    pub(crate) fn now(&self) -> Result<Timestamp, Rejection> {
        world::timestamp(self.world.now()?)
    }

    /// Advances the clock by this much, and returns its new time.
    pub(crate) async fn advance(&self, by: Duration) -> Result<Timestamp, Rejection> {
        let by = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
        self.set_clock(move |now| Ok(now.saturating_add(by))).await
    }

    /// Moves the clock to this time, or fails if this time is in the past.
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

    /// Changes data that doesn't belong to an account, or that may belong to any account.
    pub(crate) async fn steer<T: Send + 'static>(
        &self,
        work: impl FnOnce(Sql<'_>, Moment) -> Result<T, Rejection> + Send + 'static,
    ) -> Result<T, Rejection> {
        let world = Arc::clone(&self.world);
        self.writer.run(true, move |sql| work(sql, world.moment()?), |_| ()).await
    }

    /// Finishes the jobs that are waiting, and closes the store. When this returns, another process may open the file.
    pub(crate) async fn close(&self) {
        if let Some(readers) = &self.readers {
            readers.close();
        }
        self.writer.close().await;
    }
}
