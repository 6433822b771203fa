//! Recognises addresses that have a valid form, but that nobody can spend from. Money sent to them is lost.
//!
//! Burn addresses are also rejected, because a burn address in a business's data is probably a placeholder that was
//! left there by mistake. To destroy money on purpose, use `Address::unchecked`.

use super::error::AddressError;

const ZERO: &str = "nobody owns the zero address, so money sent to it is lost; a zero address often means that a \
                    value was not set";
const RESERVED: &str =
    "this address is reserved for the chain's own contracts, so money sent to it is lost";
const BURN: &str = "this is a burn address, so money sent to it is lost; if you want that, use `Address::unchecked`";
const PLACEHOLDER: &str = "this is a placeholder that nobody owns, so money sent to it is lost";
const PROGRAM: &str = "this is the address of a Solana program, so money sent to it is lost; use the recipient's wallet";

/// Rejects EVM addresses that nobody has the key for.
pub(super) fn check_evm(bytes: &[u8; 20]) -> Result<(), AddressError> {
    /// A burn address that some tokens use.
    const DEAD_42069: [u8; 20] = [
        0xde, 0xad, 0, 0, 0, 0, 0, 0, 0, 0, 0x42, 0x06, 0x94, 0x20, 0x69, 0x42, 0x06, 0x94, 0x20,
        0x69,
    ];
    const DEAD_AHEAD: [u8; 20] = {
        let mut bytes = [0; 20];
        (bytes[0], bytes[1]) = (0xde, 0xad);
        bytes
    };
    refuse(match small(bytes) {
        Some(0) => Some(ZERO),
        Some(0xdead) => Some(BURN),
        // These are precompiled contracts. They start at 0x01, and the highest known one is 0x100.
        Some(..=0x1ff) => Some(RESERVED),
        _ if *bytes == DEAD_42069 || *bytes == DEAD_AHEAD => Some(BURN),
        // Some exchanges use `0xEeee…` as a placeholder for the chain's native token.
        _ if *bytes == [0xee; 20] || *bytes == [0xff; 20] => Some(PLACEHOLDER),
        _ => None,
    })
}

/// Rejects Sui addresses that nobody has the key for. The addresses of the system's packages and shared objects
/// are small numbers, such as `0x2` and `0x403`.
pub(super) fn check_sui(bytes: &[u8; 32]) -> Result<(), AddressError> {
    refuse(match small(bytes) {
        Some(0) => Some(ZERO),
        Some(0xdead) => Some(BURN),
        Some(_) => Some(RESERVED),
        None if *bytes == [0xff; 32] => Some(PLACEHOLDER),
        None => None,
    })
}

/// Rejects Solana addresses that nobody has the key for. The addresses of most built-in programs and of the
/// incinerator are padded with ones. The address of a generated key pair never contains such a long run of ones.
pub(super) fn check_solana(text: &str) -> Result<(), AddressError> {
    /// The addresses of the token programs, which aren't padded with ones.
    const TOKENS: [&str; 3] = [
        "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA",
        "TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb",
        "ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL",
    ];
    refuse(match text {
        "11111111111111111111111111111111" => Some(ZERO),
        _ if text.starts_with("1nc1nerator1") => Some(BURN),
        _ if text.contains("111111111111") || TOKENS.contains(&text) => Some(PROGRAM),
        _ => None,
    })
}

fn refuse(problem: Option<&'static str>) -> Result<(), AddressError> {
    problem.map_or(Ok(()), |problem| Err(AddressError::text(problem)))
}

/// Returns the last two bytes as a number, or `None` if any other byte isn't zero.
fn small(bytes: &[u8]) -> Option<u16> {
    let (front, last) = bytes.split_last_chunk()?;
    front.iter().all(|byte| *byte == 0).then(|| u16::from_be_bytes(*last))
}
