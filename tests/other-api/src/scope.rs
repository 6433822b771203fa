//! Who can do what in a library.

/// What a client holds.
pub trait Credential: std::fmt::Debug {}

/// A visitor's: nothing.
#[derive(Debug)]
pub struct Visitor;

/// A reader's card.
#[derive(Debug)]
pub struct Reader;

/// What staff of a branch have.
#[derive(Debug)]
pub struct Staff;

/// May add books.
#[diagnostic::on_unimplemented(message = "only staff can do this, and `{Self}` is not staff")]
pub trait IsStaff: Credential {}

/// May see loans.
#[diagnostic::on_unimplemented(message = "only readers and staff can do this")]
pub trait IsKnown: Credential {}

impl Credential for Visitor {}
impl Credential for Reader {}
impl Credential for Staff {}
impl IsStaff for Staff {}
impl IsKnown for Reader {}
impl IsKnown for Staff {}
