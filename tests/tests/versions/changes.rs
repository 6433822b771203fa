//! Changes to a document, written as edits to `openapi.yaml` in this folder. Each change names the
//! kind of client release that it needs: patch, minor or major.

/// The effect on a program for the old client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Level {
    /// Only documentation changes.
    Patch,
    /// The client has new features, and the program compiles.
    Minor,
    /// The program doesn't compile.
    Major,
}

impl Level {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Level::Patch => "patch",
            Level::Minor => "minor",
            Level::Major => "major",
        }
    }
}

/// A change to the document.
pub(crate) struct Change {
    /// The change's name in docs/versions.md.
    pub(crate) name: &'static str,
    pub(crate) level: Level,
    /// Strings that occur once in the document, each with its replacement.
    pub(crate) edits: &'static [(&'static str, &'static str)],
}

const fn patch(name: &'static str, edits: &'static [(&'static str, &'static str)]) -> Change {
    Change { name, level: Level::Patch, edits }
}

const fn minor(name: &'static str, edits: &'static [(&'static str, &'static str)]) -> Change {
    Change { name, level: Level::Minor, edits }
}

const fn major(name: &'static str, edits: &'static [(&'static str, &'static str)]) -> Change {
    Change { name, level: Level::Major, edits }
}

const GET: &str = "      operationId: getBook\n      tags: [books]\n";
const LANGUAGE: &str = "        - { name: language, in: query, schema: { type: string } }\n";
const NEW_BOOK: &str = "        title: { type: string }\n        note: { type: string }\n";
const READ: &str = "security: [{ readerKey: [] }]";
const SCHEMES: &str = "  securitySchemes:\n";

/// All changes, in the order of docs/versions.md.
pub(crate) const CHANGES: &[Change] = &[
    patch("a different `description` or `summary`", &[("Returns a book.", "Looks a book up.")]),
    minor(
        "a new operation",
        &[(
            "    post:\n",
            "    delete:\n      operationId: deleteBooks\n      tags: [books]\n      security: [{ deskKey: [] }]\n      \
             responses: { \"204\": { description: Deleted. } }\n    post:\n",
        )],
    ),
    minor(
        "a new tag with its operations",
        &[
            ("tags: [{ name", "tags: [{ name: loans, description: Loans. }, { name"),
            (
                "    post:\n",
                "    delete:\n      operationId: endLoans\n      tags: [loans]\n      security: [{ deskKey: [] }]\n      \
                 responses: { \"204\": { description: Ended. } }\n    post:\n",
            ),
        ],
    ),
    minor(
        "a new optional parameter",
        &[(
            LANGUAGE,
            "        - { name: branch, in: query, schema: { type: string } }\n        - { name: language, in: query, schema: { type: string } }\n",
        )],
    ),
    minor(
        "a new optional property in a request",
        &[(
            NEW_BOOK,
            "        copies: { type: integer }\n        title: { type: string }\n        note: { type: string }\n",
        )],
    ),
    minor(
        "a new property in a response, optional or required",
        &[
            (
                "    Book:\n      type: object\n      required: [title]\n",
                "    Book:\n      type: object\n      required: [title, shelf]\n",
            ),
            (
                "        pages: { type: integer }\n",
                "        pages: { type: integer }\n        shelf: { type: string }\n        color: { type: string }\n",
            ),
        ],
    ),
    minor("a new enum value", &[("[novel, atlas]", "[novel, atlas, comic]")]),
    minor(
        "a new alternative of a `oneOf`",
        &[
            ("      oneOf:\n", "      oneOf:\n        - $ref: \"#/components/schemas/Van\"\n"),
            (
                "    Shelf: {",
                "    Van: { type: object, required: [plate], properties: { plate: { type: string } } }\n    Shelf: {",
            ),
        ],
    ),
    minor(
        "a new error status",
        &[(
            "        \"422\":\n",
            "        \"410\":\n          description: Sold.\n          content: { application/json: { schema: { $ref: \"#/components/schemas/Problem\" } } }\n        \"422\":\n",
        )],
    ),
    minor(
        "a new security scheme",
        &[
            (
                SCHEMES,
                "  securitySchemes:\n    branchKey: { type: apiKey, in: header, name: X-Branch-Key, description: Each branch has one. }\n",
            ),
            (
                "    post:\n",
                "    delete:\n      operationId: deleteBooks\n      tags: [books]\n      security: [{ branchKey: [] }]\n      \
                 responses: { \"204\": { description: Deleted. } }\n    post:\n",
            ),
        ],
    ),
    minor(
        "`deprecated: true`",
        &[(GET, "      operationId: getBook\n      deprecated: true\n      tags: [books]\n")],
    ),
    minor(
        "a different server",
        &[(
            "  /books:\n    servers: [{ url: https://books.example }]",
            "  /books:\n    servers: [{ url: https://new.example }]",
        )],
    ),
    // With `x-`, the operation is an extension, which the generator ignores.
    major("a removed operation", &[("    get:\n", "    x-get:\n")]),
    major(
        "a different `operationId`, or a different tag",
        &[("operationId: getBook", "operationId: readBook")],
    ),
    major(
        "a change to an operation's `security`, stricter or less strict",
        &[(READ, "security: [{ readerKey: [] }, { deskKey: [] }]")],
    ),
    major(
        "a new required parameter",
        &[(
            LANGUAGE,
            "        - { name: language, in: query, schema: { type: string } }\n        - { name: branch, in: query, required: true, schema: { type: string } }\n",
        )],
    ),
    major("a removed or renamed parameter", &[(LANGUAGE, "")]),
    major(
        "a new required property in a request, or an optional one that becomes required",
        &[(
            "    NewBook:\n      type: object\n      required: [title]\n",
            "    NewBook:\n      type: object\n      required: [title, note]\n",
        )],
    ),
    major("a removed or renamed property", &[("        pages: { type: integer }\n", "")]),
    major(
        "a response property that becomes optional or required",
        &[(
            "    Book:\n      type: object\n      required: [title]\n",
            "    Book:\n      type: object\n      required: [title, pages]\n",
        )],
    ),
    major(
        "a different `type` or `format`",
        &[("        pages: { type: integer }\n", "        pages: { type: string }\n")],
    ),
    major(
        "a new value in an enum with `x-open-enum: false`",
        &[("[there, lent]", "[there, lent, lost]")],
    ),
    major("a removed enum value", &[("[novel, atlas]", "[novel]")]),
    major(
        "a different error schema",
        &[(
            "          description: Not an ISBN.\n          content: { application/json: { schema: { $ref: \"#/components/schemas/Mistake\" } } }\n",
            "          description: Not an ISBN.\n          content: { application/json: { schema: { $ref: \"#/components/schemas/Problem\" } } }\n",
        )],
    ),
];
