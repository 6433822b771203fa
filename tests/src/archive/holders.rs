//! The credentials that a client of the archive can hold.

/// The credentials that a client holds.
#[derive(Clone, Copy, Debug)]
pub struct Holder {
    /// A description for messages.
    pub name: &'static str,
    /// The type of the credentials in our code and in the compiler's messages, without module paths.
    pub ty: &'static str,
    /// The security schemes of the client's credentials, each with its declared scopes.
    pub held: Held,
}

/// Security schemes with scopes.
pub type Held = &'static [(&'static str, &'static [&'static str])];

/// Declarations of the scopes that the types use.
pub const SCOPES: &str = "\
scopes! { pub struct Reading for Login: RecordsRead; }
scopes! { pub struct Writing for Login: RecordsWrite; }
scopes! { pub struct Auditing for Login: RecordsAudit; }
scopes! { pub struct ReadingAndWriting for Login: RecordsRead, RecordsWrite; }
scopes! { pub struct ReadingAndAuditing for Login: RecordsRead, RecordsAudit; }
scopes! { pub struct WritingAndAuditing for Login: RecordsWrite, RecordsAudit; }
scopes! { pub struct AllOfLogin for Login: RecordsRead, RecordsWrite, RecordsAudit; }
scopes! { pub struct Lending for Member: Loans; }
scopes! { pub struct Renewing for Member: Renewals; }
scopes! { pub struct AllOfMember for Member: Loans, Renewals; }
scopes! { pub struct Moving for Permit: ShelvesMove; }
";

/// No credential, each credential alone (with and without scopes), each combination that an operation requires, each
/// such combination without one of its credentials, all credentials (with and without scopes), and some other
/// combinations.
pub const HOLDERS: &[Holder] = &[
    Holder { name: "nothing", ty: "Credentials", held: &[] },
    Holder { name: "a badge", ty: "Credentials<Badge>", held: &[("badge", &[])] },
    Holder {
        name: "a catalogue key",
        ty: "Credentials<Unset, CatalogueKey>",
        held: &[("catalogueKey", &[])],
    },
    Holder {
        name: "a certificate",
        ty: "Credentials<Unset, Unset, Certificate>",
        held: &[("certificate", &[])],
    },
    Holder {
        name: "a desk key",
        ty: "Credentials<Unset, Unset, Unset, DeskKey>",
        held: &[("deskKey", &[])],
    },
    Holder {
        name: "a guard",
        ty: "Credentials<Unset, Unset, Unset, Unset, Guard>",
        held: &[("guard", &[])],
    },
    Holder {
        name: "a kiosk",
        ty: "Credentials<Unset, Unset, Unset, Unset, Unset, Kiosk>",
        held: &[("kiosk", &[])],
    },
    Holder {
        name: "a seal",
        ty: "Credentials<Unset, Unset, Unset, Unset, Unset, Unset, Unset, Unset, Unset, Seal>",
        held: &[("seal", &[])],
    },
    Holder {
        name: "a visit",
        ty: "Credentials<Unset, Unset, Unset, Unset, Unset, Unset, Unset, Unset, Unset, Unset, Visit>",
        held: &[("visit", &[])],
    },
    Holder {
        name: "a login token with no scope",
        ty: "Credentials<Unset, Unset, Unset, Unset, Unset, Unset, Login>",
        held: &[("login", &[])],
    },
    Holder {
        name: "a login token with read",
        ty: "Credentials<Unset, Unset, Unset, Unset, Unset, Unset, Login<Reading>>",
        held: &[("login", &["records.read"])],
    },
    Holder {
        name: "a login token with write",
        ty: "Credentials<Unset, Unset, Unset, Unset, Unset, Unset, Login<Writing>>",
        held: &[("login", &["records.write"])],
    },
    Holder {
        name: "a login token with audit",
        ty: "Credentials<Unset, Unset, Unset, Unset, Unset, Unset, Login<Auditing>>",
        held: &[("login", &["records.audit"])],
    },
    Holder {
        name: "a login token with read and write",
        ty: "Credentials<Unset, Unset, Unset, Unset, Unset, Unset, Login<ReadingAndWriting>>",
        held: &[("login", &["records.read", "records.write"])],
    },
    Holder {
        name: "a login token with read and audit",
        ty: "Credentials<Unset, Unset, Unset, Unset, Unset, Unset, Login<ReadingAndAuditing>>",
        held: &[("login", &["records.read", "records.audit"])],
    },
    Holder {
        name: "a login token with write and audit",
        ty: "Credentials<Unset, Unset, Unset, Unset, Unset, Unset, Login<WritingAndAuditing>>",
        held: &[("login", &["records.write", "records.audit"])],
    },
    Holder {
        name: "a login token with read and write and audit",
        ty: "Credentials<Unset, Unset, Unset, Unset, Unset, Unset, Login<AllOfLogin>>",
        held: &[("login", &["records.read", "records.write", "records.audit"])],
    },
    Holder {
        name: "a member token with no scope",
        ty: "Credentials<Unset, Unset, Unset, Unset, Unset, Unset, Unset, Member>",
        held: &[("member", &[])],
    },
    Holder {
        name: "a member token with loans",
        ty: "Credentials<Unset, Unset, Unset, Unset, Unset, Unset, Unset, Member<Lending>>",
        held: &[("member", &["loans"])],
    },
    Holder {
        name: "a member token with renewals",
        ty: "Credentials<Unset, Unset, Unset, Unset, Unset, Unset, Unset, Member<Renewing>>",
        held: &[("member", &["renewals"])],
    },
    Holder {
        name: "a member token with loans and renewals",
        ty: "Credentials<Unset, Unset, Unset, Unset, Unset, Unset, Unset, Member<AllOfMember>>",
        held: &[("member", &["loans", "renewals"])],
    },
    Holder {
        name: "a permit with no scope",
        ty: "Credentials<Unset, Unset, Unset, Unset, Unset, Unset, Unset, Unset, Permit>",
        held: &[("permit", &[])],
    },
    Holder {
        name: "a permit with shelves.move",
        ty: "Credentials<Unset, Unset, Unset, Unset, Unset, Unset, Unset, Unset, Permit<Moving>>",
        held: &[("permit", &["shelves.move"])],
    },
    Holder {
        name: "a catalogue key and a desk key",
        ty: "Credentials<Unset, CatalogueKey, Unset, DeskKey>",
        held: &[("catalogueKey", &[]), ("deskKey", &[])],
    },
    Holder {
        name: "a catalogue key and a permit",
        ty: "Credentials<Unset, CatalogueKey, Unset, Unset, Unset, Unset, Unset, Unset, Permit<Moving>>",
        held: &[("catalogueKey", &[]), ("permit", &["shelves.move"])],
    },
    Holder {
        name: "a desk key and a permit",
        ty: "Credentials<Unset, Unset, Unset, DeskKey, Unset, Unset, Unset, Unset, Permit<Moving>>",
        held: &[("deskKey", &[]), ("permit", &["shelves.move"])],
    },
    Holder {
        name: "a desk key and a login token with read",
        ty: "Credentials<Unset, Unset, Unset, DeskKey, Unset, Unset, Login<Reading>>",
        held: &[("deskKey", &[]), ("login", &["records.read"])],
    },
    Holder {
        name: "a desk key and a login token with no scope",
        ty: "Credentials<Unset, Unset, Unset, DeskKey, Unset, Unset, Login>",
        held: &[("deskKey", &[]), ("login", &[])],
    },
    Holder {
        name: "a catalogue key, a desk key and a login token with write",
        ty: "Credentials<Unset, CatalogueKey, Unset, DeskKey, Unset, Unset, Login<Writing>>",
        held: &[("catalogueKey", &[]), ("deskKey", &[]), ("login", &["records.write"])],
    },
    Holder {
        name: "both bearer tokens with all scopes",
        ty: "Credentials<Unset, Unset, Unset, Unset, Unset, Unset, Login<AllOfLogin>, Member<AllOfMember>>",
        held: &[
            ("login", &["records.read", "records.write", "records.audit"]),
            ("member", &["loans", "renewals"]),
        ],
    },
    Holder {
        name: "a login token with all scopes and a member token with no scope",
        ty: "Credentials<Unset, Unset, Unset, Unset, Unset, Unset, Login<AllOfLogin>, Member>",
        held: &[("login", &["records.read", "records.write", "records.audit"]), ("member", &[])],
    },
    Holder {
        name: "a kiosk, a visit and a badge",
        ty: "Credentials<Badge, Unset, Unset, Unset, Unset, Kiosk, Unset, Unset, Unset, Unset, Visit>",
        held: &[("badge", &[]), ("kiosk", &[]), ("visit", &[])],
    },
    Holder {
        name: "a kiosk and a visit",
        ty: "Credentials<Unset, Unset, Unset, Unset, Unset, Kiosk, Unset, Unset, Unset, Unset, Visit>",
        held: &[("kiosk", &[]), ("visit", &[])],
    },
    Holder {
        name: "a kiosk and a badge",
        ty: "Credentials<Badge, Unset, Unset, Unset, Unset, Kiosk>",
        held: &[("badge", &[]), ("kiosk", &[])],
    },
    Holder {
        name: "a visit and a badge",
        ty: "Credentials<Badge, Unset, Unset, Unset, Unset, Unset, Unset, Unset, Unset, Unset, Visit>",
        held: &[("badge", &[]), ("visit", &[])],
    },
    Holder {
        name: "a certificate and a guard",
        ty: "Credentials<Unset, Unset, Certificate, Unset, Guard>",
        held: &[("certificate", &[]), ("guard", &[])],
    },
    Holder {
        name: "a certificate and a badge",
        ty: "Credentials<Badge, Unset, Certificate>",
        held: &[("badge", &[]), ("certificate", &[])],
    },
    Holder {
        name: "everything",
        ty: "Credentials<Badge, CatalogueKey, Certificate, DeskKey, Guard, Kiosk, Login<AllOfLogin>, Member<AllOfMember>, Permit<Moving>, Seal, Visit>",
        held: &[
            ("badge", &[]),
            ("catalogueKey", &[]),
            ("certificate", &[]),
            ("deskKey", &[]),
            ("guard", &[]),
            ("kiosk", &[]),
            ("login", &["records.read", "records.write", "records.audit"]),
            ("member", &["loans", "renewals"]),
            ("permit", &["shelves.move"]),
            ("seal", &[]),
            ("visit", &[]),
        ],
    },
    Holder {
        name: "every credential, but no scopes",
        ty: "Credentials<Badge, CatalogueKey, Certificate, DeskKey, Guard, Kiosk, Login, Member, Permit, Seal, Visit>",
        held: &[
            ("badge", &[]),
            ("catalogueKey", &[]),
            ("certificate", &[]),
            ("deskKey", &[]),
            ("guard", &[]),
            ("kiosk", &[]),
            ("login", &[]),
            ("member", &[]),
            ("permit", &[]),
            ("seal", &[]),
            ("visit", &[]),
        ],
    },
    Holder {
        name: "everything except the bearer tokens",
        ty: "Credentials<Badge, CatalogueKey, Certificate, DeskKey, Guard, Kiosk, Unset, Unset, Permit<Moving>, Seal, Visit>",
        held: &[
            ("badge", &[]),
            ("catalogueKey", &[]),
            ("certificate", &[]),
            ("deskKey", &[]),
            ("guard", &[]),
            ("kiosk", &[]),
            ("permit", &["shelves.move"]),
            ("seal", &[]),
            ("visit", &[]),
        ],
    },
    Holder {
        name: "everything except the keys and the permit",
        ty: "Credentials<Badge, Unset, Certificate, Unset, Guard, Kiosk, Login<AllOfLogin>, Member<AllOfMember>, Unset, Seal, Visit>",
        held: &[
            ("badge", &[]),
            ("certificate", &[]),
            ("guard", &[]),
            ("kiosk", &[]),
            ("login", &["records.read", "records.write", "records.audit"]),
            ("member", &["loans", "renewals"]),
            ("seal", &[]),
            ("visit", &[]),
        ],
    },
];
