//! Represents booleans and sets of scopes as types. From these types, the compiler computes whether a client meets a
//! security requirement.
//!
//! Generated code contains the formulas, e.g.
//! `Or<And<K::ApiKey, K::AppKey>, Declares<K::Token, scopes::Read>>: IsTrue`. Other crates can't implement [`Bool`],
//! [`IsTrue`], [`Number`], [`Set`] or [`ScopeList`], so they can't change what a formula means.

use std::marker::PhantomData;

/// True, as a type without values.
#[derive(Debug)]
pub enum Yes {}

/// False, as a type without values.
#[derive(Debug)]
pub enum No {}

/// [`Yes`] or [`No`].
pub trait Bool: sealed::Bool + 'static {
    /// Yes if both are true.
    type And<B: Bool>: Bool;
    /// Yes if at least one is true.
    type Or<B: Bool>: Bool;
}

impl Bool for Yes {
    type And<B: Bool> = B;
    type Or<B: Bool> = Yes;
}

impl Bool for No {
    type And<B: Bool> = No;
    type Or<B: Bool> = B;
}

/// Yes if both are true.
pub type And<A, B> = <A as Bool>::And<B>;

/// Yes if at least one is true.
pub type Or<A, B> = <A as Bool>::Or<B>;

/// The bound that a formula must satisfy. Only [`Yes`] implements it.
pub trait IsTrue: Bool {}

impl IsTrue for Yes {}

/// The number of a scope within its security scheme, as a type: [`Zero`] and [`One`] for its bits, then [`End`].
///
/// A number is a path through a [`Set`], so a lookup takes one step for each bit of the number, no matter how many
/// scopes there are.
pub trait Number: sealed::Number + 'static {
    /// The set with this number added.
    type With<S: Set>: Set;
    /// Yes if the set contains this number.
    type In<S: Set>: Bool;
}

/// A bit that is 0, and the remaining bits.
#[derive(Debug)]
pub struct Zero<R>(PhantomData<R>);

/// A bit that is 1, and the remaining bits.
#[derive(Debug)]
pub struct One<R>(PhantomData<R>);

/// The end of a number.
#[derive(Debug)]
pub enum End {}

impl Number for End {
    type With<S: Set> = Full;
    type In<S: Set> = S::Has;
}

impl<R: Number> Number for Zero<R> {
    type With<S: Set> = Fork<R::With<S::Zero>, S::One>;
    type In<S: Set> = R::In<S::Zero>;
}

impl<R: Number> Number for One<R> {
    type With<S: Set> = Fork<S::Zero, R::With<S::One>>;
    type In<S: Set> = R::In<S::One>;
}

/// A set of numbers, as a binary tree. Each bit of a number selects a branch.
pub trait Set: sealed::Set + 'static {
    /// The numbers in the set that continue with a 0.
    type Zero: Set;
    /// The numbers in the set that continue with a 1.
    type One: Set;
    /// Yes if the number that ends at this fork is in the set.
    type Has: Bool;
}

/// The empty set.
#[derive(Debug)]
pub enum Empty {}

/// The set that contains only the number that ends here.
#[derive(Debug)]
pub enum Full {}

/// A set that forks into the numbers that continue with a 0 and those that continue with a 1.
#[derive(Debug)]
pub struct Fork<Z, O>(PhantomData<(Z, O)>);

impl Set for Empty {
    type Zero = Empty;
    type One = Empty;
    type Has = No;
}

impl Set for Full {
    type Zero = Empty;
    type One = Empty;
    type Has = Yes;
}

impl<Z: Set, O: Set> Set for Fork<Z, O> {
    type Zero = Z;
    type One = O;
    type Has = No;
}

/// A scope of the security scheme `X`, as a type. Generated code contains a type for each scope.
#[diagnostic::on_unimplemented(
    message = "`{Self}` isn't a scope of `{X}`",
    label = "not a scope of `{X}`",
    note = "list types from the generated module `scopes` that belong to the same security scheme"
)]
pub trait Scope<X>: 'static {
    /// The number of the scope within its scheme.
    type Number: Number;
    /// The name of the scope in the OpenAPI document.
    const NAME: &'static str;
}

/// A list of scopes of the security scheme `X`: `()`, or one scope and the remaining list as `(A, More)`, or eight
/// scopes and the remaining list. Groups of eight keep a list of hundreds of scopes below rustc's limit on nesting.
pub trait ScopeList<X>: sealed::ScopeList + 'static {
    /// The numbers of the scopes.
    type Numbers: Set;
    /// Returns whether one of the scopes has this name.
    fn has(name: &str) -> bool;
    /// Adds the names of the scopes to a list.
    fn names(list: &mut Vec<&'static str>);
}

impl<X> ScopeList<X> for () {
    type Numbers = Empty;

    fn has(_: &str) -> bool {
        false
    }

    fn names(_: &mut Vec<&'static str>) {}
}

impl<X: 'static, S: Scope<X>, L: ScopeList<X>> ScopeList<X> for (S, L) {
    type Numbers = With<X, S, L::Numbers>;

    fn has(name: &str) -> bool {
        S::NAME == name || L::has(name)
    }

    fn names(list: &mut Vec<&'static str>) {
        list.push(S::NAME);
        L::names(list);
    }
}

impl<X, A, B, C, D, E, F, G, H, L> ScopeList<X> for (A, B, C, D, E, F, G, H, L)
where
    X: 'static,
    A: Scope<X>,
    B: Scope<X>,
    C: Scope<X>,
    D: Scope<X>,
    E: Scope<X>,
    F: Scope<X>,
    G: Scope<X>,
    H: Scope<X>,
    L: ScopeList<X>,
{
    type Numbers = With<X, A, With<X, B, With<X, C, With<X, D, Four<X, E, F, G, H, L::Numbers>>>>>;

    fn has(name: &str) -> bool {
        let names = [A::NAME, B::NAME, C::NAME, D::NAME, E::NAME, F::NAME, G::NAME, H::NAME];
        names.contains(&name) || L::has(name)
    }

    fn names(list: &mut Vec<&'static str>) {
        list.extend([A::NAME, B::NAME, C::NAME, D::NAME, E::NAME, F::NAME, G::NAME, H::NAME]);
        L::names(list);
    }
}

type Four<X, E, F, G, H, L> = With<X, E, With<X, F, With<X, G, With<X, H, L>>>>;

/// The set with the number of a scope added.
type With<X, S, L> = <<S as Scope<X>>::Number as Number>::With<L>;

/// Returns whether the declaration contains all of these scopes.
#[must_use]
pub fn declares<X, S: Scopes<X>>(scopes: &[&str]) -> bool {
    scopes.iter().all(|name| S::List::has(name))
}

/// Returns the names of the declared scopes, in the order of the declaration.
#[must_use]
pub fn names<X, S: Scopes<X>>() -> Vec<&'static str> {
    let mut list = Vec::new();
    S::List::names(&mut list);
    list
}

/// Yes if the list `L` contains the scope `S`.
pub type Has<X, L, S> = <<S as Scope<X>>::Number as Number>::In<<L as ScopeList<X>>::Numbers>;

/// The scopes that a token of the security scheme `X` is declared to have. [`scopes!`](crate::scopes) declares them.
///
/// The program only claims that the token has these scopes. The server decides what the token may do.
#[diagnostic::on_unimplemented(
    message = "`{Self}` doesn't declare scopes of `{X}`",
    label = "not declared for `{X}`",
    note = "declare them with types from the generated module `scopes`: \
            `scopes! {{ pub struct Reporting for {X}: …; }}`",
    note = "use the declared type as the parameter of the credential: `{X}<Reporting>`"
)]
pub trait Scopes<X>: 'static {
    /// The scopes.
    type List: ScopeList<X>;
}

/// A token for which no scopes are declared.
impl<X> Scopes<X> for () {
    type List = ();
}

/// Declares the scopes of a token, as a type.
///
/// ```
/// # mod api {
/// #     pub struct Token<S = ()>(std::marker::PhantomData<S>);
/// #     pub mod scopes {
/// #         use openapi_keys_runtime::logic::{End, One, Scope, Zero};
/// #         pub enum Read {}
/// #         pub enum Write {}
/// #         impl Scope<super::Token> for Read { type Number = Zero<End>; const NAME: &'static str = "read"; }
/// #         impl Scope<super::Token> for Write { type Number = One<End>; const NAME: &'static str = "write"; }
/// #     }
/// # }
/// use api::Token;
/// use api::scopes::{Read, Write};
/// use openapi_keys_runtime::scopes;
///
/// scopes! {
///     /// The scopes of the nightly report.
///     pub struct Reporting for Token: Read, Write;
/// }
/// # fn assert<S: openapi_keys_runtime::logic::Scopes<Token>>() {}
/// # assert::<Reporting>();
/// ```
///
/// The program only claims that the token has these scopes, e.g. because it requested them. The compiler checks calls
/// against this claim. The server decides what the token may actually do.
#[macro_export]
macro_rules! scopes {
    (
        $($(#[$attribute:meta])* $visibility:vis struct $name:ident for $scheme:ty: $($scope:ty),* $(,)?);+ $(;)?
    ) => {$(
        $(#[$attribute])*
        #[derive(Clone, Copy, Debug)]
        $visibility struct $name;

        impl $crate::logic::Scopes<$scheme> for $name {
            type List = $crate::__scope_list!($($scope),*);
        }
    )+};
    ($($other:tt)*) => {
        compile_error!(
            "write `scopes! { pub struct Reporting for Token: Read, Write; }`, where `Token` is a generated \
             credential, and `Read` and `Write` are types from the generated module `scopes`"
        );
    };
}

/// Nests types: `(A, (B, ()))`.
#[doc(hidden)]
#[macro_export]
macro_rules! __scope_list {
    () => { () };
    ($a:ty, $b:ty, $c:ty, $d:ty, $e:ty, $f:ty, $g:ty, $h:ty $(, $rest:ty)*) => {
        ($a, $b, $c, $d, $e, $f, $g, $h, $crate::__scope_list!($($rest),*))
    };
    ($scope:ty $(, $rest:ty)*) => { ($scope, $crate::__scope_list!($($rest),*)) };
}

mod sealed {
    //! Restricts the traits to the types of this module. An implementation outside this module could make a false
    //! formula true.

    use super::{Empty, End, Fork, Full, No, One, Yes, Zero};

    pub trait Bool {}
    impl Bool for Yes {}
    impl Bool for No {}

    pub trait Number {}
    impl Number for End {}
    impl<R: Number> Number for Zero<R> {}
    impl<R: Number> Number for One<R> {}

    pub trait Set {}
    impl Set for Empty {}
    impl Set for Full {}
    impl<Z: Set, O: Set> Set for Fork<Z, O> {}

    pub trait ScopeList {}
    impl ScopeList for () {}
    impl<S, L: ScopeList> ScopeList for (S, L) {}
    impl<A, B, C, D, E, F, G, H, L: ScopeList> ScopeList for (A, B, C, D, E, F, G, H, L) {}
}
