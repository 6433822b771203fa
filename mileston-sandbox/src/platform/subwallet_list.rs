//! The list of all sub wallets, which can be of any length.
//!
//! The response contains all addresses, then the total balance, then all balances. The sub wallets aren't kept in
//! memory, but read three times: first for the total, then for the addresses, then for the balances.

use mileston_api::ReportedAmount;
use mileston_api::types::{SubwalletList, Subwallets, WalletType};

use super::streaming::{Source, body, json};
use super::subwallets::{addresses, balances};
use super::success::Success;
use crate::generated::server::answers::Answer;
use crate::money::Money;
use crate::runtime::{Identity, Payload, Refusal};
use crate::store::{self, Purse, Rejection, Store, total};

/// A placeholder id, used to find out which text comes before and after the sub wallets.
const ALL: &str = "all sub wallets";

/// Returns all sub wallets of the caller.
pub(super) async fn list(store: &Store, caller: &Identity) -> Success<SubwalletList> {
    let mut subwallets = store.subwallets(caller).await?;
    let mut sum = Some(Money::default());
    for (number, subwallet) in subwallets.by_ref().enumerate() {
        let (_, purse) = subwallet?;
        sum = sum.and_then(|sum| sum.plus(total([&purse])));
        if number % 100 == 99 {
            tokio::task::yield_now().await;
        }
    }
    subwallets.rewind();
    let [start, middle, end] = around(sum.unwrap_or_default())?;
    let rest = Rest { subwallets, part: Part::Addresses, is_first: true, middle, end };
    let body = body(start.into_bytes(), rest).await?;
    Ok(Answer::ok(Payload::written(body)))
}

/// Returns the text before the addresses, between the addresses and the balances, and after the balances.
fn around(sum: Money) -> Result<[String; 3], Refusal> {
    let data = Subwallets::new()
        .with_type(WalletType::All)
        .with_address([(ALL.to_owned(), addresses(&Purse::new()))].into())
        .with_balance(ReportedAmount::new(sum.to_string()))
        .with_balances([(ALL.to_owned(), balances(&Purse::new()))].into());
    let list = SubwalletList::new().with_status_code(200).with_message("Sub wallets found");
    let text = json(&list.with_data(data))?;
    let all = format!("{}:{{}}", json(&ALL)?);
    let parts: Vec<_> = text.split(&all).map(str::to_owned).collect();
    parts.try_into().map_err(|_| {
        Refusal::internal(
            "This is a bug in the sandbox: the list of sub wallets has unexpected parts.",
        )
    })
}

/// The rest of the list.
struct Rest {
    subwallets: store::Subwallets,
    part: Part,
    /// Whether the next entry is the first of the current part.
    is_first: bool,
    middle: String,
    end: String,
}

#[derive(Clone, Copy)]
enum Part {
    Addresses,
    Balances,
}

impl Source for Rest {
    fn add_to(&mut self, text: &mut Vec<u8>, size: usize) -> Result<bool, Rejection> {
        let enough = text.len() + size;
        while text.len() < enough {
            let Some(subwallet) = self.subwallets.next() else {
                match self.part {
                    Part::Addresses => self.continue_with_balances(text),
                    Part::Balances => {
                        text.extend(self.end.as_bytes());
                        return Ok(true);
                    }
                }
                continue;
            };
            let (id, purse) = subwallet?;
            if !std::mem::take(&mut self.is_first) {
                text.push(b',');
            }
            serde_json::to_writer(&mut *text, &id).map_err(Rejection::unreadable)?;
            text.push(b':');
            let written = match self.part {
                Part::Addresses => serde_json::to_writer(&mut *text, &addresses(&purse)),
                Part::Balances => serde_json::to_writer(&mut *text, &balances(&purse)),
            };
            written.map_err(Rejection::unreadable)?;
        }
        Ok(false)
    }
}

impl Rest {
    fn continue_with_balances(&mut self, text: &mut Vec<u8>) {
        text.extend(self.middle.as_bytes());
        self.subwallets.rewind();
        (self.part, self.is_first) = (Part::Balances, true);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::PathBuf;

    use axum::body::{HttpBody as _, to_bytes};
    use axum::response::IntoResponse as _;
    use mileston_api::types::Chain;
    use mileston_keys::{KeyKind, ModeName};
    use serde_json::{Value, json};

    use super::*;
    use crate::credentials::Credentials;
    use crate::store::{Account, Rules};

    /// Adds sub wallets, every third of them without a wallet. Returns the list, and whether its length was known.
    async fn list_of(store: &Store, count: usize) -> (Value, bool) {
        let business = store.new_business_id().await.unwrap();
        let credentials =
            Credentials::generate(business.clone(), false, &Default::default()).unwrap();
        store.admit(&credentials).await.unwrap();
        let caller = Identity { business, mode: ModeName::Test, kind: KeyKind::Normal };
        let fill = move |account: &Account<'_>| {
            (0..count).try_for_each(|number| {
                let id = format!("id-{number}");
                account.wallets().add_sub(&id)?;
                match number % 3 {
                    0 => Ok(()),
                    _ => account.wallets().add_chain(&id, &Chain::Base).map(drop),
                }
            })
        };
        store.write(&caller, fill).await.unwrap();
        let response = list(store, &caller).await.unwrap().into_body().into_response();
        let is_whole = response.body().size_hint().exact().is_some();
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        (serde_json::from_slice(&bytes).unwrap(), is_whole)
    }

    #[track_caller]
    fn check(list: &Value, count: usize) {
        let names = |part: &str| -> BTreeMap<String, usize> {
            let map = list["data"][part].as_object().unwrap();
            map.iter().map(|(id, chains)| (id.clone(), chains.as_object().unwrap().len())).collect()
        };
        let expected: BTreeMap<_, _> = (0..count)
            .map(|number| (format!("id-{number}"), usize::from(number % 3 > 0)))
            .collect();
        assert_eq!(names("address"), expected);
        assert_eq!(names("balances"), expected);
        assert_eq!(list["data"]["type"], "all");
        assert_eq!(list["data"]["balance"], json!("0.00"));
    }

    #[tokio::test]
    async fn the_list_is_complete_in_memory_and_in_a_file() {
        let folder = std::env::temp_dir().join(format!("subwallets-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path: PathBuf = folder.join("sandbox.db");
        let in_memory = Store::in_memory(Rules::default()).unwrap();
        let in_file = Store::open(path, Rules::default()).await.unwrap();
        for store in [&in_memory, &in_file] {
            for (count, is_whole) in [(0, true), (1, true), (100, true), (250, true), (9000, false)]
            {
                let (list, was_whole) = list_of(store, count).await;
                check(&list, count);
                assert_eq!(was_whole, is_whole, "{count}");
            }
        }
        in_file.close().await;
        std::fs::remove_dir_all(folder).unwrap();
    }
}
