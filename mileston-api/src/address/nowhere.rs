//! Addresses of the right form that nobody can spend from: what is sent there is lost.
//!
//! A burn address is among them. A business that pays there has more likely left a placeholder in its data than decided
//! to destroy money, and for that there is `Address::unchecked`.

use super::error::AddressError;

const ZERO: &str = "the zero address belongs to nobody, so what is sent there is lost; it is often a value that was not \
                    filled in";
const RESERVED: &str =
    "this address is reserved for the chain's own contracts, so what is sent there is lost";
const BURN: &str = "this is a burn address, so what is sent there is lost; if you mean that, use `Address::unchecked`";
const PLACEHOLDER: &str =
    "this is a placeholder and belongs to nobody, so what is sent there is lost";
const PROGRAM: &str = "this is the address of a Solana program, so what is sent there is lost; use the recipient's wallet";

/// Refuses what nobody has the key of on an EVM chain.
pub(super) fn check_evm(bytes: &[u8; 20]) -> Result<(), AddressError> {
    /// The one that some tokens burn to.
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
        // Precompiled contracts: from 0x01, the highest known is 0x100.
        Some(..=0x1ff) => Some(RESERVED),
        _ if *bytes == DEAD_42069 || *bytes == DEAD_AHEAD => Some(BURN),
        // Interfaces of exchanges write the chain's own coin as `0xEeee…`.
        _ if *bytes == [0xee; 20] || *bytes == [0xff; 20] => Some(PLACEHOLDER),
        _ => None,
    })
}

/// Refuses what nobody has the key of on Sui. Its packages and shared objects have short numbers (`0x2`, `0x403`).
pub(super) fn check_sui(bytes: &[u8; 32]) -> Result<(), AddressError> {
    refuse(match small(bytes) {
        Some(0) => Some(ZERO),
        Some(0xdead) => Some(BURN),
        Some(_) => Some(RESERVED),
        None if *bytes == [0xff; 32] => Some(PLACEHOLDER),
        None => None,
    })
}

/// Refuses what nobody has the key of on Solana. Programs and the incinerator have names that are filled up with ones,
/// which no key pair comes out with by chance.
pub(super) fn check_solana(text: &str) -> Result<(), AddressError> {
    /// The programs of tokens, whose names are filled up with other letters.
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

/// The number that an address of zeros and two last bytes stands for.
fn small(bytes: &[u8]) -> Option<u16> {
    let (front, last) = bytes.split_last_chunk()?;
    front.iter().all(|byte| *byte == 0).then(|| u16::from_be_bytes(*last))
}
