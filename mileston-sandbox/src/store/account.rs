//! The data of one business in one mode.

use mileston_api::{Timestamp, TokenAmount};
use mileston_keys::{BusinessId, ModeName};
use rusqlite::{Row, params};

use super::draw::Draw;
use super::kept::Kept;
use super::owner::Owner;
use super::rejection::{Failure, Rejection};
use super::resource::Resource;
use super::sql::{Sql, from_json, to_json};
use super::wallets::Wallets;
use super::world::Moment;

/// The data of one business in one mode.
#[derive(Clone, Copy)]
pub(crate) struct Account<'c> {
    sql: Sql<'c>,
    id: i64,
    moment: Moment,
}

impl<'c> Account<'c> {
    /// Returns the account that the caller's key belongs to.
    pub(super) fn of(sql: Sql<'c>, moment: Moment, owner: &Owner) -> Result<Self, Rejection> {
        let account = Account::find_account(sql, moment, &owner.business, owner.mode)?;
        // Every key has an account, because a key and its account are created together.
        account.ok_or_else(|| Failure::NoAccount.into())
    }

    /// Returns the account of a business in a mode, and creates it if it doesn't exist.
    pub(super) fn open(
        sql: Sql<'c>,
        moment: Moment,
        business: &BusinessId,
        mode: ModeName,
    ) -> Result<Self, Rejection> {
        if let Some(account) = Account::find_account(sql, moment, business, mode)? {
            return Ok(account);
        }
        let text = "INSERT INTO accounts (business, mode) VALUES (?1, ?2)";
        let id = sql.insert(text, [business.as_str(), mode_text(mode)])?;
        let account = Account { sql, id, moment };
        account.wallets().open()?;
        Ok(account)
    }

    pub(super) fn find_account(
        sql: Sql<'c>,
        moment: Moment,
        business: &BusinessId,
        mode: ModeName,
    ) -> Result<Option<Self>, Rejection> {
        let text = "SELECT id FROM accounts WHERE business = ?1 AND mode = ?2";
        let id = sql.first(text, [business.as_str(), mode_text(mode)], |row| row.get(0))?;
        Ok(id.map(|id| Account { sql, id, moment }))
    }

    /// Returns the account's database.
    pub(super) fn sql(&self) -> Sql<'c> {
        self.sql
    }

    pub(super) fn moment(&self) -> Moment {
        self.moment
    }

    /// Returns the account's id, which other tables refer to.
    pub(super) fn id(&self) -> i64 {
        self.id
    }

    /// Returns the source of new ids and addresses.
    pub(crate) fn draw(&self) -> Draw<'c> {
        Draw::new(self.sql, self.moment)
    }

    /// Returns the time.
    pub(crate) fn now(&self) -> Result<Timestamp, Rejection> {
        self.moment.timestamp()
    }

    /// Returns the wallets.
    pub(crate) fn wallets(&self) -> Wallets<'c> {
        Wallets { sql: self.sql, account: self.id, moment: self.moment }
    }

    /// Inserts a resource, with the business name from the request.
    pub(crate) fn add<R: Resource>(
        &self,
        kept: &Kept<R>,
        business_name: Option<&str>,
    ) -> Result<(), Rejection> {
        let text = "INSERT INTO resources (account, kind, id, paid_at, data, created, business_name) \
                    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        let (data, now) = (&kept.data, self.moment.now);
        let paid_at = kept.paid_at(now);
        let values =
            params![self.id, R::PAGE, data.id(), paid_at, to_json(data)?, now, business_name];
        self.sql.run(text, values).map(drop)
    }

    /// Finds a resource by its id, or fails if it doesn't exist.
    pub(crate) fn find<R: Resource>(&self, id: &str) -> Result<Kept<R>, Rejection> {
        self.find_row(id).map(|(_, kept)| kept)
    }

    /// Changes a resource, or fails if it doesn't exist. If the closure fails, nothing changes.
    pub(crate) fn change<R: Resource>(
        &self,
        id: &str,
        change: impl FnOnce(&mut Kept<R>) -> Result<(), Rejection>,
    ) -> Result<Kept<R>, Rejection> {
        let (sequence, mut kept) = self.find_row::<R>(id)?;
        change(&mut kept)?;
        if kept.starts_afresh() {
            self.forget_receipts(sequence)?;
        }
        let text = "UPDATE resources SET paid_at = ?2, data = ?3 WHERE sequence = ?1";
        let paid_at = kept.paid_at(self.moment.now);
        self.sql.run(text, params![sequence, paid_at, to_json(&kept.data)?])?;
        Ok(kept)
    }

    /// Deletes a resource, or fails if it doesn't exist.
    pub(crate) fn remove<R: Resource>(&self, id: &str) -> Result<(), Rejection> {
        let text = "DELETE FROM resources WHERE account = ?1 AND kind = ?2 AND id = ?3";
        match self.sql.run(text, params![self.id, R::PAGE, id])? {
            0 => Err(unknown::<R>()),
            _ => Ok(()),
        }
    }

    /// Marks a resource as paid at the current time.
    pub(super) fn begin_paying<R: Resource>(
        &self,
        sequence: i64,
        kept: &Kept<R>,
    ) -> Result<(), Rejection> {
        if kept.starts_afresh() {
            self.forget_receipts(sequence)?;
        }
        let text = "UPDATE resources SET paid_at = ?2 WHERE sequence = ?1";
        self.sql.run(text, [sequence, self.moment.now]).map(drop)
    }

    pub(super) fn find_row<R: Resource>(&self, id: &str) -> Result<(i64, Kept<R>), Rejection> {
        let text = "SELECT sequence, paid_at, data FROM resources \
                    WHERE kind = ?2 AND id = ?3 AND account = ?1";
        let row = self.sql.first(text, params![self.id, R::PAGE, id], read_row)?;
        self.parse_row(row.ok_or_else(unknown::<R>)?)
    }

    fn parse_row<R: Resource>(
        &self,
        (sequence, paid_at, data): (i64, Option<i64>, String),
    ) -> Result<(i64, Kept<R>), Rejection> {
        Ok((sequence, Kept::stored(from_json(&data)?, paid_at, self.moment.now)))
    }

    /// Removes a resource's receipts, because its earlier payments no longer count.
    fn forget_receipts(&self, sequence: i64) -> Result<(), Rejection> {
        self.sql.run("DELETE FROM receipts WHERE resource = ?1", [sequence]).map(drop)
    }
}

/// Finds the owner of a record in any account. A request for a record's page has no key, so it doesn't say which
/// account the record belongs to.
pub(super) fn locate<R: Resource>(
    sql: Sql<'_>,
    id: &str,
) -> Result<Option<(BusinessId, ModeName)>, Rejection> {
    let text = "SELECT business, mode = 'live' FROM resources JOIN accounts ON accounts.id = account \
                WHERE kind = ?1 AND resources.id = ?2";
    let read = |row: &Row<'_>| Ok((row.get::<_, String>(0)?, row.get::<_, bool>(1)?));
    let Some((business, live)) = sql.first(text, [R::PAGE, id], read)? else { return Ok(None) };
    let business = business.parse().map_err(Rejection::unreadable)?;
    Ok(Some((business, if live { ModeName::Live } else { ModeName::Test })))
}

/// Returns the mode of an account.
pub(super) fn mode_of(sql: Sql<'_>, account: i64) -> Result<ModeName, Rejection> {
    let text = "SELECT mode = 'live' FROM accounts WHERE id = ?1";
    let live = sql.first(text, [account], |row| row.get::<_, bool>(0))?;
    Ok(if live == Some(true) { ModeName::Live } else { ModeName::Test })
}

fn mode_text(mode: ModeName) -> &'static str {
    match mode {
        ModeName::Test => "test",
        ModeName::Live => "live",
    }
}

/// Rejects an amount other than the amount due.
pub(super) fn check_amount<R: Resource>(data: &R, amount: TokenAmount) -> Result<(), Rejection> {
    let due = data.amount().unwrap_or_default();
    if due.parse() == Ok(amount) {
        return Ok(());
    }
    Err(Rejection::WrongAmount { due: due.to_owned(), of: R::NAME })
}

fn read_row(row: &Row<'_>) -> rusqlite::Result<(i64, Option<i64>, String)> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?))
}

fn unknown<R: Resource>() -> Rejection {
    Rejection::NotFound(R::NAME)
}
