//! A delivery that this process has leased.

use redis::aio::ConnectionLike;

use super::error::LeaseError;
use super::lease::Leases;

/// The right to process a delivery until its lease ends.
///
/// Call [`done`](Self::done) after your work, or [`give_back`](Self::give_back) if the work failed. If this value is
/// dropped, or the process dies, another process can begin processing the delivery when the lease ends.
#[derive(Debug)]
#[must_use = "call `done` after the delivery was processed"]
pub struct Delivery<C> {
    pub(super) leases: Leases<C>,
    pub(super) name: String,
    pub(super) fence: u64,
}

impl<C: ConnectionLike + Clone> Delivery<C> {
    /// Returns the fencing token: a number that is larger than the token of every earlier lease of this delivery.
    ///
    /// A process that is suspended for longer than its lease doesn't notice that the lease has ended, and can write
    /// after another process has begun processing the same delivery. To prevent that, store the token with what you
    /// write, and reject writes with a smaller token: `UPDATE orders SET paid = true, fence = $2 WHERE id = $1 AND
    /// fence < $2`.
    #[must_use]
    pub fn fence(&self) -> u64 {
        self.fence
    }

    /// Marks the delivery as processed. If the store fails, you can call this method again.
    ///
    /// # Errors
    ///
    /// Returns [`LeaseError::Lost`] if another process has begun processing the delivery in the meantime, or if the
    /// store lost its data. If the lease has ended, but no other process has begun processing the delivery, this method
    /// still succeeds.
    pub async fn done(&self) -> Result<(), LeaseError> {
        self.end("done").await
    }

    /// Releases the lease, so that another process can take the delivery over immediately. Call this method if the
    /// delivery couldn't be processed.
    ///
    /// # Errors
    ///
    /// Returns [`LeaseError::Lost`] if another process has already begun processing the delivery, if the store lost its
    /// data, or if the delivery was marked as processed.
    pub async fn give_back(self) -> Result<(), LeaseError> {
        self.end("again").await
    }

    /// Restarts the lease, so that it lasts its full duration from now. Call this when the work takes longer than the
    /// lease.
    ///
    /// # Errors
    ///
    /// Returns [`LeaseError::Lost`] if another process has begun processing the delivery in the meantime, if the store
    /// lost its data, or if the delivery was marked as processed. Then stop working on the delivery.
    pub async fn extend(&self) -> Result<(), LeaseError> {
        self.end("extend").await
    }

    async fn end(&self, how: &str) -> Result<(), LeaseError> {
        let is_mine = self.leases.end(&self.name, self.fence, how).await?;
        if is_mine { Ok(()) } else { Err(LeaseError::Lost) }
    }
}
