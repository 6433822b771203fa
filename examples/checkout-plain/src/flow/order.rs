//! What is to be paid, and to whom.

use mileston_api::types::{BusinessEnvelope, Chain, PaymentLink};
use mileston_api::{Address, Amount, Family, SubwalletId, amount};

use super::Trouble;

/// What payers send in addition to the price. The vendor's own component for payments by QR code asks for 0.05 more than
/// it verifies; what for is not documented.
pub const FEE: Amount = amount!("0.05");

/// The vendor's components take the first of these wallets for every EVM chain.
const EVM_WALLETS: [&str; 5] = ["eth", "base", "pol", "avax", "arb"];

/// What a payment link asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Product {
    /// What is bought.
    pub title: Option<String>,
    /// More about it.
    pub description: Option<String>,
    /// The price in US dollars.
    pub price: Amount,
    /// The price and the fee.
    pub total: Amount,
    /// Where payers go afterwards: a web page.
    pub back: Option<String>,
    /// The sub wallet that gets the money.
    pub subwallet: Option<SubwalletId>,
}

impl TryFrom<PaymentLink> for Product {
    type Error = Trouble;

    fn try_from(link: PaymentLink) -> Result<Self, Trouble> {
        let Some(amount) = link.amount else {
            return Err(Trouble::unexpected("the payment link has no amount"));
        };
        let price = amount.amount().map_err(|error| {
            Trouble::unexpected(format!("the amount of the payment link is invalid: {error}"))
        })?;
        let total = price.checked_add(FEE);
        let total = total
            .ok_or_else(|| Trouble::unexpected("the amount of the payment link is too large"))?;
        Ok(Product {
            title: filled(link.title),
            description: filled(link.description),
            price,
            total,
            back: filled(link.redirect_url).filter(|url| is_web_page(url)),
            subwallet: link.sub_wallet_uuid,
        })
    }
}

/// Who gets the money.
#[derive(Clone, Debug, PartialEq)]
pub struct Merchant {
    /// The name of the business.
    pub name: Option<String>,
    evm: Option<Address>,
    solana: Option<Address>,
    sui: Option<Address>,
}

impl Merchant {
    /// Returns the merchant's own wallet for a chain. `None` if there is none, so that the chain can't be paid on.
    #[must_use]
    pub fn wallet(&self, chain: &Chain) -> Option<&Address> {
        match Family::of(chain)? {
            Family::Evm => self.evm.as_ref(),
            Family::Solana => self.solana.as_ref(),
            Family::Sui => self.sui.as_ref(),
            _ => None,
        }
    }
}

impl TryFrom<BusinessEnvelope> for Merchant {
    type Error = Trouble;

    fn try_from(business: BusinessEnvelope) -> Result<Self, Trouble> {
        // Unchecked: nothing is paid to these, they only go back to the platform that they came from.
        let wallet = |chain: &str| {
            let address = business.wallet_address.get(chain).filter(|text| !text.is_empty());
            address.map(|text| Address::unchecked(text.as_str()))
        };
        let merchant = Merchant {
            evm: EVM_WALLETS.into_iter().find_map(wallet),
            solana: wallet("solana"),
            sui: wallet("sui"),
            name: filled(business.user_data.and_then(|data| data.business_name)),
        };
        if merchant.evm.is_none() && merchant.solana.is_none() && merchant.sui.is_none() {
            return Err(Trouble::unexpected("the business has no wallet that could be paid"));
        }
        Ok(merchant)
    }
}

fn filled(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty())
}

/// Any other link could run a script.
fn is_web_page(url: &str) -> bool {
    let starts_with = |scheme: &str| {
        url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    starts_with("https://") || starts_with("http://")
}
