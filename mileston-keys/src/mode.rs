//! Defines the two modes of a key, test and live, as types and as values.

use std::fmt;

/// The mode of test keys, `Mileston_TEST_…`: no real money moves. Used only as a type parameter.
///
/// Source: "Why Use API Keys", Types of API Keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Test {}

/// The mode of live keys, `Mileston_LIVE_…`: real money moves. Used only as a type parameter.
///
/// Source: "Why Use API Keys", Types of API Keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Live {}

/// [`Test`] or [`Live`], for code that works with either.
///
/// Other crates can't implement this trait.
///
/// ```
/// use mileston_keys::{Mode, ModeName, NormalKey, Test};
///
/// fn moves_real_money<M: Mode>(_key: &NormalKey<M>) -> bool {
///     M::NAME == ModeName::Live
/// }
///
/// let key: NormalKey<Test> = "Mileston_TEST_fake0123".parse()?;
/// assert!(!moves_real_money(&key));
/// # Ok::<(), mileston_keys::KeyError>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a mode of a Mileston key",
    label = "use `Test` or `Live`, or make the code generic with `M: Mode`"
)]
pub trait Mode: sealed::Sealed + Send + Sync + 'static {
    /// The mode as a [`ModeName`].
    const NAME: ModeName;
}

impl Mode for Test {
    const NAME: ModeName = ModeName::Test;
}

impl Mode for Live {
    const NAME: ModeName = ModeName::Live;
}

/// The mode of a key as a value, for code that learns it at run time.
///
/// ```
/// use mileston_keys::{AnyKey, ModeName};
///
/// let mode = AnyKey::parse("Mileston_LIVE_fake0123")?.mode();
/// assert_eq!(mode, ModeName::Live);
/// assert_eq!(mode.to_string(), "live");
/// # Ok::<(), mileston_keys::KeyError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ModeName {
    /// The key begins with `Mileston_TEST_`.
    Test,
    /// The key begins with `Mileston_LIVE_`.
    Live,
}

impl fmt::Display for ModeName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ModeName::Test => "test",
            ModeName::Live => "live",
        })
    }
}

mod sealed {
    //! Restricts [`Mode`](super::Mode) to the two modes that Mileston has.

    pub trait Sealed {}
    impl Sealed for super::Test {}
    impl Sealed for super::Live {}
}
