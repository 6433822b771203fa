//! Creates, reads and deletes sub wallets. The checkout page reads them with its own operation.

use std::collections::BTreeMap;

use mileston_api::ReportedAmount;
use mileston_api::types::{
    CreateChainSubwallet, DeletedSubwallet, DeletedSubwalletEnvelope, Environment, Subwallet,
    SubwalletAddress, SubwalletBalances, SubwalletBalancesEnvelope, SubwalletEnvelope, WalletType,
};

use super::success::Success;
use super::transfers::known_chain;
use crate::generated::server::answers::Answer;
use crate::mistakes::Mistakes;
use crate::runtime::{Identity, Refusal};
use crate::store::{Account, Holding, Purse, Store, total};

/// Eleven words of a recovery phrase. They say that the phrase is fake. The twelfth word is random.
const PHRASE: &str = "these twelve words of a sandbox are fake and recover nothing";

/// Creates a sub wallet. The recovery phrase is returned only here and isn't stored.
pub(super) async fn create(store: &Store, caller: &Identity) -> Success<SubwalletEnvelope> {
    let add = |account: &Account<'_>| {
        let draw = account.draw();
        let id = draw.uuid()?;
        account.wallets().add_sub(&id)?;
        Ok((id, draw.hex(56)?, draw.letters(8)?.to_ascii_lowercase()))
    };
    let (id, key, word) = store.write(caller, add).await?;
    let answer = SubwalletEnvelope::new().with_status_code(201).with_message("Sub wallet created");
    let answer = answer.with_public_key(format!("0xfa4efa4e{key}")).with_uuid(id.into());
    let answer = answer.with_recovery_phrase(format!("{PHRASE} {word}").into());
    Ok(Answer::created(in_form(store, answer)))
}

pub(super) async fn create_on_chain(
    store: &Store,
    caller: &Identity,
    body: CreateChainSubwallet,
) -> Success<SubwalletEnvelope> {
    let mut mistakes = Mistakes::default();
    mistakes.expect_text("subWalletUuid", &body.sub_wallet_uuid);
    known_chain(&mut mistakes, body.wallet_type.as_str());
    mistakes.refuse()?;
    let kind = WalletType::from(body.wallet_type.as_str());
    let (id, chain) = (body.sub_wallet_uuid.clone(), body.wallet_type);
    let add = move |account: &Account<'_>| account.wallets().add_chain(id.as_str(), &chain);
    let (id, holding) = (body.sub_wallet_uuid, store.write(caller, add).await?);
    let answer = SubwalletEnvelope::new().with_status_code(201).with_message("Wallet created");
    let answer = answer
        .with_uuid(id)
        .with_type(kind)
        .with_address(SubwalletAddress::String(holding.address));
    let answer = answer.with_balance(ReportedAmount::new(holding.balance.to_string()));
    Ok(Answer::created(in_form(store, answer)))
}

/// Returns the sub wallet at the top level or in `data`: the vendor's sources have both forms.
fn in_form(store: &Store, flat: SubwalletEnvelope) -> SubwalletEnvelope {
    if !store.readings().wrapped_sub_wallets {
        return flat;
    }
    let mut data = Subwallet::new();
    data.public_key = flat.public_key;
    data.uuid = flat.uuid;
    data.recovery_phrase = flat.recovery_phrase;
    data.type_ = flat.type_;
    data.address = flat.address;
    data.balance = flat.balance;
    data.balances = flat.balances;
    let mut wrapped = SubwalletEnvelope::new().with_data(data);
    wrapped.status_code = flat.status_code;
    wrapped.message = flat.message;
    wrapped
}

pub(super) async fn get(store: &Store, caller: &Identity, id: &str) -> Success<SubwalletEnvelope> {
    let purse = find(store, caller, id).await?;
    let answer = SubwalletEnvelope::new()
        .with_status_code(200)
        .with_message("Sub wallet found")
        .with_uuid(id.into())
        .with_type(WalletType::All)
        .with_address(SubwalletAddress::Object(addresses(&purse)))
        .with_balance(ReportedAmount::new(total([&purse]).to_string()))
        .with_balances(balances(&purse));
    Ok(Answer::ok(in_form(store, answer)))
}

pub(super) async fn delete(
    store: &Store,
    caller: &Identity,
    id: &str,
) -> Success<DeletedSubwalletEnvelope> {
    let id = id.to_owned();
    store.write(caller, move |account| account.wallets().remove_sub(&id)).await?;
    let answer =
        DeletedSubwalletEnvelope::new().with_status_code(200).with_message("Sub wallet deleted");
    // The field is empty, but the vendor's type has it.
    Ok(Answer::ok(answer.with_data(DeletedSubwallet(serde_json::Map::new()))))
}

/// Returns the same data as [`get`], for the checkout page.
pub(super) async fn fetch(
    store: &Store,
    caller: &Identity,
    id: &str,
    env: &Environment,
) -> Success<SubwalletBalancesEnvelope> {
    let mut mistakes = Mistakes::default();
    mistakes.expect_env(Some(env), caller.mode);
    mistakes.refuse()?;
    let purse = find(store, caller, id).await?;
    let data = SubwalletBalances::new()
        .with_type("all")
        .with_address(addresses(&purse))
        .with_balance(total([&purse]).to_string().into())
        .with_balances(balances(&purse));
    let answer =
        SubwalletBalancesEnvelope::new().with_status_code(200).with_message("Sub wallet found");
    Ok(Answer::ok(answer.with_data(data)))
}

async fn find(store: &Store, caller: &Identity, id: &str) -> Result<Purse, Refusal> {
    let id = id.to_owned();
    Ok(store.read(caller, move |account| account.wallets().sub(&id)).await?)
}

/// Returns the addresses by chain.
pub(super) fn addresses(purse: &Purse) -> BTreeMap<String, String> {
    purse.iter().map(|(chain, holding)| (chain.to_string(), holding.address.clone())).collect()
}

pub(super) fn balances(purse: &Purse) -> BTreeMap<String, ReportedAmount> {
    let balance = |holding: &Holding| ReportedAmount::new(holding.balance.to_string());
    purse.iter().map(|(chain, holding)| (chain.to_string(), balance(holding))).collect()
}
