//! Makes the signed calls: sends a batch and waits until it is completed.

use std::fmt::Write as _;

use mileston_api::reconcile::Balances;
use mileston_api::types::{SendBatchPayment, TransactionStatus};
use mileston_api::{
    BusinessId, Client, Error, NormalKey, Outcome, Test, TransactionId, Wait, WalletClient,
    WalletSecret,
};

use crate::failure::Failure;
use crate::journal::Journal;

/// A client whose key has a wallet secret. With a plain Normal key, calls to wallet operations don't
/// compile.
pub(crate) struct Payer(WalletClient<Test>);

impl Payer {
    pub(crate) fn from_env() -> Result<Self, Failure> {
        let usage = |error: Error| Failure::Usage(error.to_string());
        let key = NormalKey::from_env("MILESTON_KEY")?;
        let key = key.with_wallet_secret(WalletSecret::from_env("MILESTON_WALLET_SECRET")?);
        let business = BusinessId::from_env("MILESTON_BUSINESS_ID")?;
        let client = Client::new(key, business).map_err(usage)?;
        // The origin of the sandbox. Without this variable, the calls go to the real platform.
        let Some(origin) = std::env::var_os("MILESTON_URL") else { return Ok(Payer(client)) };
        client.with_origin(&origin.to_string_lossy()).map(Payer).map_err(usage)
    }

    /// Sends the batch. Never retries after an unknown outcome, because that could pay twice.
    pub(crate) async fn send(
        &self,
        batch: SendBatchPayment,
        journal: &Journal,
    ) -> Result<TransactionId, Failure> {
        let client = &self.0;
        let before = match Balances::take(client).await {
            Ok(before) => before,
            Err(error) => {
                journal.discard();
                return Err(Failure::NotSent(format!("the balances can't be read: {error}")));
            }
        };
        let error = match client.wallets().send_batch_payment(batch).await {
            Ok(response) => {
                // The vendor doesn't document which of these two fields contains the id, so read both.
                let inner = response.data.and_then(|data| data.transaction_uuid);
                let Some(id) = response.transaction_uuid.or(inner) else {
                    journal.note("accepted, but the response has no id");
                    let text = "the payments were accepted, but the response has no id: check them in the dashboard";
                    return Err(Failure::Unknown(text.to_owned()));
                };
                journal.note(&format!("accepted as {id}"));
                return Ok(id);
            }
            Err(error) => error,
        };
        match error.outcome() {
            Outcome::NotSent | Outcome::Refused => {
                journal.discard();
                Err(Failure::NotSent(format!("nothing was sent: {error}")))
            }
            _ => {
                journal.note("it isn't known whether the payments were sent");
                Err(Failure::Unknown(self.what_to_check(&before, &error).await))
            }
        }
    }

    /// Returns the error with everything that helps to find out whether the payments were sent. The
    /// balances are only a hint, because other payments also change them.
    async fn what_to_check(&self, before: &Balances, error: &Error) -> String {
        let mut text = format!(
            "{error}\nThe payments may have been sent. Don't send them again before you have checked the dashboard and \
             the chain.\nChanges in the balances since just before the call:"
        );
        // Writing to a `String` can't fail.
        let _ = match before.changes(&self.0).await {
            Ok(changes) if changes.is_empty() => write!(text, "\n  none so far"),
            Ok(changes) => changes.iter().try_for_each(|change| {
                let chain = change.blockchain.as_deref().unwrap_or("?");
                write!(text, "\n  {chain}: {:?} before, {:?} now", change.before, change.after)
            }),
            Err(error) => write!(text, "\n  unknown: {error}"),
        };
        text
    }

    /// Waits until the batch is settled. Returns an error unless it is completed.
    pub(crate) async fn wait(&self, id: &TransactionId) -> Result<(), Failure> {
        let again = format!("to query it again, run: payout status {id}");
        let transaction = Wait::new().until_settled(&self.0, id).await;
        let transaction =
            transaction.map_err(|error| Failure::Pending(format!("{error}; {again}")))?;
        match transaction.status {
            Some(TransactionStatus::Completed) => {
                println!("completed");
                Ok(())
            }
            Some(status) => Err(Failure::NotCompleted(format!("{id}: {status}"))),
            None => Err(Failure::Pending(format!("{id}: no status; {again}"))),
        }
    }
}
