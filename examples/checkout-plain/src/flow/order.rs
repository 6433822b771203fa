//! Reads the product and the merchant from the platform's responses.

use std::collections::BTreeMap;

use mileston_api::types::{BusinessEnvelope, Chain, Environment, PaymentLink};
use mileston_api::{Address, Amount, Family, ModeName, PaymentLinkId, SubwalletId, amount, tokens};

use super::text::cut;
use super::trouble::Trouble;

/// The amount that payers send in addition to the price. The vendor's own QR-code payment component asks for 0.05 more
/// than it verifies. The purpose of the 0.05 isn't documented.
pub const FEE: Amount = amount!("0.05");

/// The chains on which to look for the wallet that identifies the merchant on all EVM chains. The first wallet found is
/// used, as in the vendor's components.
const EVM_WALLETS: [&str; 5] = ["eth", "base", "pol", "avax", "arb"];

/// The product that is paid for with a payment link.
#[derive(Clone, Debug, PartialEq)]
pub struct Product {
    /// The title of the product.
    pub title: Option<String>,
    /// A longer description of the product.
    pub description: Option<String>,
    /// The price in US dollars.
    pub price: Amount,
    /// The amount to send: the price plus the fee.
    pub total: Amount,
    /// The URL of the web page that payers return to after the payment.
    pub back: Option<String>,
    /// The id of the sub wallet that receives the money.
    pub subwallet: Option<SubwalletId>,
}

impl Product {
    /// Reads the response to a request for the payment link `asked`. The request was sent by a client in `mode`.
    ///
    /// # Errors
    /// Returns an error if the response is about a different payment link or a link for the other mode, or if the
    /// amount can't be paid.
    pub fn read(link: PaymentLink, asked: &PaymentLinkId, mode: ModeName) -> Result<Self, Trouble> {
        if link.payment_link_id != *asked {
            return Err(Trouble::unexpected("the response is about a different payment link"));
        }
        // A test page must never accept real money, and a live page must never accept test money.
        if let (ModeName::Test, Some(Environment::Prod))
        | (ModeName::Live, Some(Environment::Test)) = (mode, &link.env)
        {
            return Err(Trouble::unexpected("the payment link is for the other mode"));
        }
        let Some(amount) = link.amount else {
            return Err(Trouble::unexpected("the payment link has no amount"));
        };
        let price = amount.amount().map_err(|error| {
            Trouble::unexpected(format!("the payment link's amount is invalid: {error}"))
        })?;
        let total = price.checked_add(FEE);
        let total =
            total.ok_or_else(|| Trouble::unexpected("the payment link's amount is too large"))?;
        Ok(Product {
            title: filled(link.title).map(cut),
            description: filled(link.description).map(cut),
            price,
            total,
            back: filled(link.redirect_url).filter(|url| is_web_page(url)),
            subwallet: link.sub_wallet_uuid,
        })
    }
}

/// The business that receives the money.
#[derive(Clone, Debug, PartialEq)]
pub struct Merchant {
    /// The name of the business.
    pub name: Option<String>,
    /// The merchant's own wallets, by the chain's name in the API.
    wallets: BTreeMap<String, String>,
}

impl Merchant {
    /// Returns the merchant's own wallet for a chain, or `None` if the business can't be paid on that chain. For an EVM
    /// chain without a wallet, returns the wallet on a different EVM chain, because an EVM address is the same on all
    /// EVM chains.
    #[must_use]
    pub fn wallet(&self, chain: &Chain) -> Option<Address> {
        let own = self.named(chain.as_str());
        own.or_else(|| self.evm_wallet().filter(|_| Family::of(chain) == Some(Family::Evm)))
    }

    /// Returns the wallet that identifies the merchant when the page requests a wallet to pay into
    /// on an EVM chain.
    #[must_use]
    pub fn evm_wallet(&self) -> Option<Address> {
        EVM_WALLETS.into_iter().find_map(|chain| self.named(chain))
    }

    fn named(&self, chain: &str) -> Option<Address> {
        let address = self.wallets.get(chain).filter(|address| !address.is_empty())?;
        // The address isn't checked, because nothing is paid to it: it is only sent back to the
        // platform.
        Some(Address::unchecked(address.as_str()))
    }
}

impl TryFrom<BusinessEnvelope> for Merchant {
    type Error = Trouble;

    fn try_from(business: BusinessEnvelope) -> Result<Self, Trouble> {
        let name = filled(business.user_data.and_then(|data| data.business_name));
        let merchant = Merchant { name: name.map(cut), wallets: business.wallet_address };
        if !tokens::TABLE.iter().any(|row| merchant.wallet(&row.chain).is_some()) {
            return Err(Trouble::unexpected("the business has no wallet to pay into"));
        }
        Ok(merchant)
    }
}

fn filled(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty())
}

/// Returns whether the URL leads to a web page. Any other link could run a script.
fn is_web_page(url: &str) -> bool {
    let starts_with = |scheme: &str| {
        url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    starts_with("https://") || starts_with("http://")
}
