//! Lists the tokens that payers can use on each chain, in test and live mode, according to the vendor.

use std::fmt;

use mileston_keys::write_report;

use crate::ModeName;
use crate::types::{Chain, Token};

/// The tokens that a payer can use on a chain.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Supported {
    /// The chain on which the payer pays.
    pub chain: Chain,
    /// The chain's native token, or `None` if the checkout doesn't accept it. Payouts don't use native tokens.
    pub native: Option<Token>,
    /// The tokens that are accepted with live keys.
    pub live: &'static [Token],
    /// The tokens that are accepted with test keys. Test networks don't have the other tokens.
    pub test: &'static [Token],
}

/// The tokens that are supported on each of the platform's chains.
///
/// Source: the components of `mileston-payment-client` 0.9.3 (`dist/index.mjs`), and vendor docs `Supported chains` and
/// `testnet-limitations` at 7c33d7c. The documentation also lists EURC, which isn't in any code or type, so it isn't in
/// this table. The text of the documentation doesn't list SOL among the tokens that test networks lack, but its tables
/// and the code do.
///
/// ```
/// use mileston_api::{tokens, types::{Chain, Token}};
///
/// let base = tokens::TABLE.iter().find(|row| row.chain == Chain::Base);
/// assert_eq!(base.map(|row| row.live), Some([Token::Eth, Token::Usdc].as_slice()));
/// ```
pub static TABLE: [Supported; 7] = [
    row(Chain::Eth, Some(Token::Eth), &[Token::Eth, Token::Usdc, Token::Usdt]),
    row(Chain::Pol, Some(Token::Pol), &[Token::Pol, Token::Usdc]),
    row(Chain::Avax, Some(Token::Avax), &[Token::Avax, Token::Usdt, Token::Usdc]),
    row(Chain::Arb, Some(Token::Eth), &[Token::Eth, Token::Usdc]),
    row(Chain::Base, Some(Token::Eth), &[Token::Eth, Token::Usdc]),
    row(Chain::Solana, Some(Token::Sol), &[Token::Sol, Token::Usdc, Token::Usdt]),
    row(Chain::Sui, None, &[Token::Usdc]),
];

const fn row(chain: Chain, native: Option<Token>, live: &'static [Token]) -> Supported {
    Supported { chain, native, live, test: &[Token::Usdc] }
}

/// Checks that a payer can use a token on a chain. An unknown chain or token passes the check, because the platform may
/// have added it after this version.
///
/// The client does this check before it sends a body with a chain and a token.
///
/// # Errors
///
/// Returns an error if the chain and the token are known, but [`TABLE`] doesn't list the token for that chain and mode.
///
/// ```
/// use mileston_api::{ModeName, tokens, types::{Chain, Token}};
///
/// assert!(tokens::check(&Chain::Base, &Token::Usdc, ModeName::Test).is_ok());
/// let error = tokens::check(&Chain::Base, &Token::Usdt, ModeName::Live).unwrap_err();
/// assert_eq!(error.to_string(), "payers can't use USDT on base with a live key; use ETH or USDC");
/// let error = tokens::check(&Chain::Base, &Token::Eth, ModeName::Test).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "payers can't use ETH on base with a test key: test networks lack it; use USDC",
/// );
/// ```
pub fn check(chain: &Chain, token: &Token, mode: ModeName) -> Result<(), TokenError> {
    let Some(row) = TABLE.iter().find(|row| row.chain == *chain) else { return Ok(()) };
    let instead = match mode {
        ModeName::Live => row.live,
        ModeName::Test => row.test,
    };
    if instead.contains(token) || matches!(token, Token::Unknown(_)) {
        return Ok(());
    }
    let only_live = row.live.contains(token);
    Err(TokenError { chain: chain.clone(), token: token.clone(), mode, only_live, instead })
}

/// The token can't be used on the chain. The error says which tokens can.
#[derive(Clone, PartialEq)]
pub struct TokenError {
    chain: Chain,
    token: Token,
    mode: ModeName,
    only_live: bool,
    instead: &'static [Token],
}

impl TokenError {
    /// Returns the tokens that a payer can use on that chain in that mode.
    #[must_use]
    pub fn instead(&self) -> &'static [Token] {
        self.instead
    }
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mode = match self.mode {
            ModeName::Live => "live",
            ModeName::Test => "test",
        };
        write!(f, "payers can't use {} on {} with a {mode} key", self.token, self.chain)?;
        if self.only_live {
            f.write_str(": test networks lack it")?;
        }
        f.write_str("; use ")?;
        for (at, token) in self.instead.iter().enumerate() {
            let between = match at {
                0 => "",
                _ if at + 1 == self.instead.len() => " or ",
                _ => ", ",
            };
            write!(f, "{between}{token}")?;
        }
        Ok(())
    }
}

/// Writes the message. `{:#?}` writes the fields.
impl fmt::Debug for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match f.alternate() {
            true => f
                .debug_struct("TokenError")
                .field("chain", &self.chain)
                .field("token", &self.token)
                .field("mode", &self.mode)
                .field("only_live", &self.only_live)
                .field("instead", &self.instead)
                .finish(),
            false => write_report(self, f),
        }
    }
}

impl std::error::Error for TokenError {}
