//! Calls to our client as values, and the code that makes these calls.

use std::cell::RefCell;
use std::collections::HashMap;
use std::str::FromStr;

use mileston_api::keys::{ApiKey, KeyError};
use mileston_api::types::{
    CheckOnRampPayment, CreateChainSubwallet, CreateInvoice, CreatePaymentLink,
    CreateRecurringPayment, EvmChain, NativeToken, SavePayment, SendBatchPayment, SendPayment,
    UpdateInvoice, UpdatePaymentLink, UpdateRecurringPayment, VerifyPayment,
};
use mileston_api::{
    Address, Amount, BusinessId, CheckoutClient, CheckoutKey, Client, ClientBuilder, Error,
    NormalClient, NormalKey, Test, WalletClient, WalletSecret,
};

use super::call::{Case, Kind, Sdk};

/// A call to our client, with its arguments.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "each has the name of the operation that it calls")]
pub enum Ours {
    CreatePaymentLink(CreatePaymentLink),
    UpdatePaymentLink(UpdatePaymentLink),
    ListPaymentLinks(Option<u32>),
    GetPaymentLink(String),
    DeletePaymentLink(String),
    CreateInvoice(String, CreateInvoice),
    UpdateInvoice(UpdateInvoice),
    ListInvoices(Option<u32>),
    GetInvoice(String),
    DeleteInvoice(String),
    CreateRecurringPayment(String, CreateRecurringPayment),
    UpdateRecurringPayment(UpdateRecurringPayment),
    ListRecurringPayments(Option<u32>),
    GetRecurringPayment(String),
    DeleteRecurringPayment(String),
    Fetch(Kind, String),
    Save(Kind, SavePayment, Option<NativeToken>),
    Verify(Kind, VerifyPayment, Option<NativeToken>),
    GetBusiness(BusinessId),
    GetSubwalletBalances(String),
    GetSuiPaymentWallet,
    GetSolanaPaymentWallet,
    GetEvmPaymentWallet(Option<EvmChain>, Option<String>),
    GetOnRampData(Amount, Address, EvmChain),
    GetOnRampPaymentStatus(String, CheckOnRampPayment),
    SendPayment(SendPayment),
    SendBatchPayment(SendBatchPayment),
    GetTransactionStatus(String),
    ListWallets,
    CreateSubwallet,
    CreateChainSubwallet(CreateChainSubwallet),
    ListSubwallets,
    GetSubwallet(String),
    DeleteSubwallet(String),
    SendFromSubwallet(String, SendPayment),
}

/// The part of our client that rejects a call before anything is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The parser of the key.
    Key,
    /// The parser of the business id.
    Business,
    /// The parser of the wallet secret.
    Secret,
    /// The call itself.
    Call,
}

/// The result of a call.
#[derive(Debug)]
pub enum Ended {
    /// A key, business id or secret is invalid. Contains the error message.
    Unparsed(By, String),
    /// The client or the call failed.
    Failed(Error),
    /// The server's response was read.
    Answered,
}

/// Clients for one server. Each client is created only once, because creating a client sets up TLS, which is slow.
#[derive(Debug)]
pub struct Clients {
    origin: String,
    backend: Made<NormalClient<Test>>,
    wallet: Made<WalletClient<Test>>,
    checkout: Made<CheckoutClient<Test>>,
}

/// Clients by key, business id and secret.
type Made<C> = RefCell<HashMap<[String; 3], C>>;

impl Clients {
    /// Creates clients that send to this origin.
    #[must_use]
    pub fn of(origin: &str) -> Self {
        let origin = origin.to_owned();
        Clients {
            origin,
            backend: RefCell::default(),
            wallet: RefCell::default(),
            checkout: RefCell::default(),
        }
    }

    /// Makes the call.
    pub async fn make(&self, case: &Case) -> Ended {
        let done = match (case.sdk, &case.secret) {
            (Sdk::Backend, None) => match self.client(case, &self.backend, Ok) {
                Ok(client) => of_backend(&client, &case.ours).await,
                Err(ended) => return ended,
            },
            (Sdk::Backend, Some(secret)) => {
                let with_secret = |key: NormalKey<Test>| {
                    let secret: Result<WalletSecret, _> = secret.parse();
                    secret
                        .map(|secret| key.with_wallet_secret(secret))
                        .map_err(unparsed(By::Secret))
                };
                match self.client(case, &self.wallet, with_secret) {
                    Ok(client) => of_wallets(&client, &case.ours).await,
                    Err(ended) => return ended,
                }
            }
            (Sdk::Client, _) => match self.client(case, &self.checkout, Ok::<CheckoutKey<Test>, _>)
            {
                Ok(client) => of_checkout(&client, &case.ours).await,
                Err(ended) => return ended,
            },
        };
        done.map_or_else(Ended::Failed, |()| Ended::Answered)
    }

    /// Parses the credentials, and creates a client with them unless there already is such a client.
    fn client<T, K>(
        &self,
        case: &Case,
        made: &Made<Client<K>>,
        credential: impl FnOnce(T) -> Result<K, Ended>,
    ) -> Result<Client<K>, Ended>
    where
        T: FromStr<Err = KeyError>,
        K: ApiKey,
    {
        let business: BusinessId = case.business.parse().map_err(unparsed(By::Business))?;
        let key: T = case.key.parse().map_err(unparsed(By::Key))?;
        let key = credential(key)?;
        let secret = case.secret.clone().unwrap_or_default();
        let name = [case.key.clone(), case.business.clone(), secret];
        if let Some(client) = made.borrow().get(&name) {
            return Ok(client.clone());
        }
        let builder = Client::builder(key, business);
        let builder = builder.and_then(|builder| builder.origin(&self.origin));
        let client = builder.and_then(ClientBuilder::build).map_err(Ended::Failed)?;
        made.borrow_mut().insert(name, client.clone());
        Ok(client)
    }
}

fn unparsed(by: By) -> impl Fn(KeyError) -> Ended {
    move |error| Ended::Unparsed(by, error.to_string())
}

/// Sets an optional value of a request if there is one, and awaits the request.
macro_rules! with_optional {
    ($request:expr, $setter:ident, $value:expr) => {{
        let request = $request;
        match $value.clone() {
            Some(value) => request.$setter(value).await.map(drop),
            None => request.await.map(drop),
        }
    }};
}

async fn of_backend(client: &NormalClient<Test>, ours: &Ours) -> Result<(), Error> {
    let links = client.payment_links();
    let invoices = client.invoices();
    let payments = client.recurring_payments();
    match ours {
        Ours::CreatePaymentLink(body) => links.create_from(body).await.map(drop),
        Ours::UpdatePaymentLink(body) => links.update_from(body).await.map(drop),
        Ours::ListPaymentLinks(limit) => with_optional!(links.list(), limit, limit),
        Ours::GetPaymentLink(id) => links.get(id).await.map(drop),
        Ours::DeletePaymentLink(id) => links.delete(id).await.map(drop),
        Ours::CreateInvoice(name, body) => invoices.create_from(name, body).await.map(drop),
        Ours::UpdateInvoice(body) => invoices.update_from(body).await.map(drop),
        Ours::ListInvoices(limit) => with_optional!(invoices.list(), limit, limit),
        Ours::GetInvoice(id) => invoices.get(id).await.map(drop),
        Ours::DeleteInvoice(id) => invoices.delete(id).await.map(drop),
        Ours::CreateRecurringPayment(name, body) => {
            payments.create_from(name, body).await.map(drop)
        }
        Ours::UpdateRecurringPayment(body) => payments.update_from(body).await.map(drop),
        Ours::ListRecurringPayments(limit) => with_optional!(payments.list(), limit, limit),
        Ours::GetRecurringPayment(id) => payments.get(id).await.map(drop),
        Ours::DeleteRecurringPayment(id) => payments.delete(id).await.map(drop),
        // Send nothing, so that the comparison reports a missing request.
        _ => Ok(()),
    }
}

async fn of_wallets(client: &WalletClient<Test>, ours: &Ours) -> Result<(), Error> {
    let wallets = client.wallets();
    match ours {
        Ours::SendPayment(body) => wallets.send_payment_from(body).await.map(drop),
        Ours::SendBatchPayment(body) => wallets.send_batch_payment(body.clone()).await.map(drop),
        Ours::GetTransactionStatus(id) => wallets.get_transaction_status(id).await.map(drop),
        Ours::ListWallets => wallets.list().await.map(drop),
        Ours::CreateSubwallet => wallets.create_subwallet().await.map(drop),
        Ours::CreateChainSubwallet(body) => {
            wallets.create_chain_subwallet_from(body).await.map(drop)
        }
        Ours::ListSubwallets => wallets.list_subwallets().await.map(drop),
        Ours::GetSubwallet(id) => wallets.get_subwallet(id).await.map(drop),
        Ours::DeleteSubwallet(id) => wallets.delete_subwallet(id).await.map(drop),
        Ours::SendFromSubwallet(id, body) => {
            wallets.send_from_subwallet_from(id, body).await.map(drop)
        }
        _ => Ok(()),
    }
}

async fn of_checkout(client: &CheckoutClient<Test>, ours: &Ours) -> Result<(), Error> {
    let checkout = client.checkout();
    match ours {
        Ours::Fetch(kind, id) => match kind {
            Kind::PaymentLink => checkout.fetch_payment_link(id).await.map(drop),
            Kind::Invoice => checkout.fetch_invoice(id).await.map(drop),
            Kind::Recurring => checkout.fetch_recurring_payment(id).await.map(drop),
        },
        Ours::Save(kind, body, token) => match kind {
            Kind::PaymentLink => {
                with_optional!(checkout.save_payment_link_payment_from(body), native_tokens, token)
            }
            Kind::Invoice => {
                with_optional!(checkout.save_invoice_payment_from(body), native_tokens, token)
            }
            Kind::Recurring => {
                with_optional!(checkout.save_recurring_payment_from(body), native_tokens, token)
            }
        },
        Ours::Verify(kind, body, token) => match kind {
            Kind::PaymentLink => {
                with_optional!(
                    checkout.verify_payment_link_payment_from(body),
                    native_tokens,
                    token
                )
            }
            Kind::Invoice => {
                with_optional!(checkout.verify_invoice_payment_from(body), native_tokens, token)
            }
            Kind::Recurring => {
                with_optional!(checkout.verify_recurring_payment_from(body), native_tokens, token)
            }
        },
        Ours::GetBusiness(id) => checkout.get_business(id).await.map(drop),
        Ours::GetSubwalletBalances(id) => checkout.get_subwallet_balances(id).await.map(drop),
        Ours::GetSuiPaymentWallet => checkout.get_sui_payment_wallet().await.map(drop),
        Ours::GetSolanaPaymentWallet => checkout.get_solana_payment_wallet().await.map(drop),
        Ours::GetEvmPaymentWallet(chain, merchant) => {
            let mut request = checkout.get_evm_payment_wallet();
            if let Some(chain) = chain {
                request = request.evm_chain(chain.clone());
            }
            if let Some(merchant) = merchant {
                request = request.merchant(Address::unchecked(merchant));
            }
            request.await.map(drop)
        }
        Ours::GetOnRampData(amount, address, chain) => {
            checkout.get_on_ramp_data(amount, address, chain.clone()).await.map(drop)
        }
        Ours::GetOnRampPaymentStatus(id, body) => {
            checkout.get_on_ramp_payment_status_from(id, body).await.map(drop)
        }
        _ => Ok(()),
    }
}
