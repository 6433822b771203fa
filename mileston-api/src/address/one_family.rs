//! Contains the code that `EvmAddress`, `SuiAddress` and `SolanaAddress` share.

/// Implements the methods and traits that the address types share. The type must have the fields `text` and `bytes`.
macro_rules! address_type {
    ($name:ident) => {
        impl $name {
            /// Returns the address as it was written.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.text
            }

            pub(super) fn into_text(self) -> String {
                self.text
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.text)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.text)
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.bytes == other.bytes
            }
        }

        impl Eq for $name {}

        impl std::hash::Hash for $name {
            fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
                self.bytes.hash(state);
            }
        }
    };
}
pub(super) use address_type;
