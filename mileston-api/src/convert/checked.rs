//! Defines conversions that can fail.

use std::time::SystemTime;

use mileston_keys::{BusinessId, KeyError};

use super::implement::conversions;
use crate::{
    Address, AddressError, Amount, AmountError, Email, EmailError, EvmAddress, SolanaAddress,
    SuiAddress, Timestamp, TimestampError, TokenAmount,
};

conversions! { checked:
    /// Converts a value to an [`Amount`]. With the `rust_decimal` feature, also converts a `rust_decimal::Decimal`.
    ///
    /// ```
    /// use mileston_api::{Amount, IntoAmount, amount};
    ///
    /// fn twice(price: impl IntoAmount) -> Result<Option<Amount>, mileston_api::AmountError> {
    ///     let price = price.into_amount()?;
    ///     Ok(price.checked_add(price))
    /// }
    ///
    /// assert_eq!(twice("12.50")?, Some(amount!("25")));
    /// assert_eq!(twice(amount!("12.50"))?, Some(amount!("25")));
    /// assert!(twice("12,50").is_err());
    /// # Ok::<(), mileston_api::AmountError>(())
    /// ```
    ///
    /// Floats don't implement this trait, because they can't represent most decimals exactly. Whole numbers don't
    /// either, because they could be dollars or cents:
    ///
    /// ```compile_fail,E0277
    /// # use mileston_api::IntoAmount;
    /// # fn take(price: impl IntoAmount) {}
    /// take(12.5_f64);
    /// ```
    ///
    /// ```compile_fail,E0277
    /// # use mileston_api::IntoAmount;
    /// # fn take(price: impl IntoAmount) {}
    /// take(12_u32);
    /// ```
    #[diagnostic::on_unimplemented(
        message = "`{Self}` isn't an amount",
        label = "expected an `Amount` or text like `\"12.50\"`",
        note = "a float can't represent most decimals exactly, and a whole number could be dollars or \
        cents",
        note = "write the amount as text: `\"12.50\"`, or as a literal that is checked at compile \
        time: `amount!(\"12.50\")`"
    )]
    IntoAmount::into_amount -> Amount, AmountError;
        from [], try_from [#[cfg(feature = "rust_decimal")] rust_decimal::Decimal];

    /// Converts a value to a [`TokenAmount`]. Also converts an [`Amount`] and, with the `rust_decimal` feature, a
    /// `rust_decimal::Decimal`.
    #[diagnostic::on_unimplemented(
        message = "`{Self}` isn't a token amount",
        label = "expected a `TokenAmount` or text like `\"0.05\"`",
        note = "a float can't represent most decimals exactly, and a whole number could be in any unit",
        note = "write the amount as text: `\"0.05\"`, or as a literal that is checked at compile \
        time: `token_amount!(\"0.05\")`"
    )]
    IntoTokenAmount::into_token_amount -> TokenAmount, AmountError;
        from [Amount, &Amount], try_from [#[cfg(feature = "rust_decimal")] rust_decimal::Decimal];

    /// Converts a value to an [`Address`]. Also converts an address of a specific family, such as an [`EvmAddress`].
    #[diagnostic::on_unimplemented(
        message = "`{Self}` isn't a wallet address",
        label = "expected an `Address` or its text",
        note = "parse the address first: `let address: Address = text.parse()?`, or pass its text: `\"0x…\"`"
    )]
    IntoAddress::into_address -> Address, AddressError;
        from [EvmAddress, SolanaAddress, SuiAddress], try_from [];

    /// Converts a value to a [`Timestamp`]. Also converts a [`SystemTime`].
    #[diagnostic::on_unimplemented(
        message = "`{Self}` isn't a timestamp",
        label = "expected a `Timestamp`, a `SystemTime`, or text like `\"2025-01-31T00:00:00Z\"`",
        note = "convert milliseconds since 1970 first: `Timestamp::from_millisecond(milliseconds)?`",
        note = "write the time as text with `Z` or an offset: `\"2025-01-31T00:00:00Z\"`"
    )]
    IntoTimestamp::into_timestamp -> Timestamp, TimestampError;
        from [], try_from [SystemTime];

    /// Converts to an [`Email`].
    #[diagnostic::on_unimplemented(
        message = "`{Self}` isn't an e-mail address",
        label = "expected an `Email` or text like `\"ada@example.com\"`",
        note = "parse the address first: `let email: Email = text.parse()?`, or pass its text: `\"ada@example.com\"`"
    )]
    IntoEmail::into_email -> Email, EmailError;
        from [], try_from [];

    /// Converts to a [`BusinessId`].
    #[diagnostic::on_unimplemented(
        message = "`{Self}` isn't a business id",
        label = "expected a `BusinessId` or its text",
        note = "read the id: `BusinessId::from_env(\"MILESTON_BUSINESS_ID\")?`, or pass its text: `\"my-business\"`",
        note = "`Client::new` takes the key first: `Client::new(key, business_id)?`"
    )]
    IntoBusinessId::into_business_id -> BusinessId, KeyError;
        from [], try_from [];
}
