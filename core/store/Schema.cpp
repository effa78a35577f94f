#include "core/store/Schema.h"

#include <array>

namespace transept::schema {

// Keys: small integers inside, the user's own identifiers as text (`key`) at the edge. `deleted` is the
// second since 1970 in which something was put aside; it can be brought back until the workspace is tidied.
// Times of interactions are seconds since 1970; NULL when the source gave none.
const std::string_view create = R"sql(
CREATE TABLE platform(                  -- a name space of accounts: a shop, a site
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE domain(
    id INTEGER PRIMARY KEY,
    platform INTEGER NOT NULL REFERENCES platform(id),
    name TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK(kind IN ('explicit', 'implicit')),
    scale_min REAL,                     -- of the values seen or declared; NULL for implicit
    scale_max REAL,
    unit TEXT NOT NULL DEFAULT '',      -- stars, hours, plays ...
    deleted INTEGER
) STRICT;

CREATE TABLE person(                    -- who stands behind one or several accounts
    id INTEGER PRIMARY KEY
) STRICT;

CREATE TABLE account(
    id INTEGER PRIMARY KEY,
    platform INTEGER NOT NULL REFERENCES platform(id),
    key TEXT NOT NULL,                  -- the file's own user id
    person INTEGER NOT NULL REFERENCES person(id),
    UNIQUE(platform, key)
) STRICT;
CREATE INDEX account_person ON account(person);

CREATE TABLE account_field(
    account INTEGER NOT NULL REFERENCES account(id),
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY(account, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE item(
    id INTEGER PRIMARY KEY,
    domain INTEGER NOT NULL REFERENCES domain(id),
    key TEXT NOT NULL,                  -- the file's own item id
    title TEXT,
    work INTEGER,                       -- the same thing across platforms
    import INTEGER,                     -- where the description came from; NULL: only seen in interactions
    line INTEGER,
    UNIQUE(domain, key)
) STRICT;

CREATE TABLE item_field(                -- description, genre, brand, price ... as imported
    item INTEGER NOT NULL REFERENCES item(id),
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY(item, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE interaction(
    domain INTEGER NOT NULL,
    account INTEGER NOT NULL,
    item INTEGER NOT NULL,
    nth INTEGER NOT NULL,               -- 0, 1 ... for repeated pairs that were kept
    value REAL NOT NULL,                -- the rating, or the strength of an implicit event (1 when none was given)
    time INTEGER,
    part INTEGER NOT NULL DEFAULT 0,    -- 0 none, 1 train, 2 valid, 3 test, as the user's files say
    import INTEGER NOT NULL,
    line INTEGER NOT NULL,              -- of the file, from 1; (import, line, entry) is the file order
    entry INTEGER NOT NULL DEFAULT 0,   -- place within a line that holds several events
    PRIMARY KEY(domain, account, item, nth)
) STRICT, WITHOUT ROWID;
CREATE INDEX interaction_item ON interaction(domain, item);

CREATE TABLE given_negative(            -- what a held-out interaction is ranked among, as the user's files say
    domain INTEGER NOT NULL,
    account INTEGER NOT NULL,
    item INTEGER NOT NULL,              -- of the interaction
    negative INTEGER NOT NULL,          -- another item of the domain
    import INTEGER NOT NULL,
    line INTEGER NOT NULL,              -- of the file, from 1
    entry INTEGER NOT NULL DEFAULT 0,   -- place within a line that holds several negatives
    PRIMARY KEY(domain, account, item, negative)
) STRICT, WITHOUT ROWID;

CREATE TABLE note(                      -- review texts
    domain INTEGER NOT NULL,
    account INTEGER NOT NULL,
    item INTEGER NOT NULL,
    nth INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY(domain, account, item, nth)
) STRICT, WITHOUT ROWID;

CREATE TABLE import(
    id INTEGER PRIMARY KEY,
    file TEXT NOT NULL,
    hash TEXT NOT NULL DEFAULT '',      -- SHA-256 of the bytes read so far at the checkpoint
    target TEXT NOT NULL,               -- interactions, items, users, links, negatives
    domain INTEGER REFERENCES domain(id), -- NULL when the rows name it
    options TEXT NOT NULL,              -- JSON: format, columns, duplicates, part ...
    state TEXT NOT NULL CHECK(state IN ('running', 'finished', 'interrupted', 'failed', 'cancelled')),
    reason TEXT NOT NULL DEFAULT '',
    checkpoint_offset INTEGER NOT NULL DEFAULT 0, -- bytes of text whose rows are committed
    checkpoint_line INTEGER NOT NULL DEFAULT 0,
    rows_read INTEGER NOT NULL DEFAULT 0,         -- = imported + rejected + skipped, always
    imported INTEGER NOT NULL DEFAULT 0,
    rejected INTEGER NOT NULL DEFAULT 0,
    skipped INTEGER NOT NULL DEFAULT 0,
    started INTEGER NOT NULL,
    finished INTEGER,
    process INTEGER NOT NULL DEFAULT 0            -- who runs it, to tell a dead one from a living one
) STRICT;

CREATE TABLE reject(
    import INTEGER NOT NULL REFERENCES import(id),
    line INTEGER NOT NULL,
    entry INTEGER NOT NULL DEFAULT 0,
    offset INTEGER NOT NULL,            -- bytes from the start of the (decoded) text
    reason TEXT NOT NULL,               -- English sentence with %1, as in base/Result.h
    arguments TEXT NOT NULL DEFAULT '[]',
    raw TEXT NOT NULL,
    PRIMARY KEY(import, line, entry)
) STRICT, WITHOUT ROWID;

CREATE TABLE knowledge_base(
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    extractor TEXT NOT NULL,
    config TEXT NOT NULL,               -- JSON; never a key
    state TEXT NOT NULL CHECK(state IN ('running', 'finished', 'interrupted', 'failed', 'cancelled')),
    reason TEXT NOT NULL DEFAULT '',
    dimension INTEGER NOT NULL DEFAULT 0,
    items INTEGER NOT NULL DEFAULT 0,   -- with knowledge
    tokens_in INTEGER NOT NULL DEFAULT 0,
    tokens_out INTEGER NOT NULL DEFAULT 0,
    started INTEGER NOT NULL,
    finished INTEGER,
    process INTEGER NOT NULL DEFAULT 0,
    deleted INTEGER,
    copy_of TEXT NOT NULL DEFAULT '',   -- the name of the one that it began as a copy of
    calls INTEGER NOT NULL DEFAULT 0,   -- that a server answered
    retries INTEGER NOT NULL DEFAULT 0,
    valid INTEGER NOT NULL DEFAULT 0,   -- replies that fitted as they first came
    unreadable INTEGER NOT NULL DEFAULT 0, -- replies that did not
    last_item INTEGER NOT NULL DEFAULT 0, -- of the workspace when it was last finished: later ones are new to it;
                                        -- 0: never finished; -1: a copy that is not complete
    vectors_stamp INTEGER NOT NULL DEFAULT 0 -- drawn anew whenever a vector of it changes: names what was made of
                                        -- them. Not counted: a backup that was restored would count the same again
) STRICT;

CREATE TABLE facet(                     -- a short text per named aspect of an item
    kb INTEGER NOT NULL REFERENCES knowledge_base(id),
    item INTEGER NOT NULL,
    nth INTEGER NOT NULL,
    name TEXT NOT NULL,
    text TEXT NOT NULL,
    weight REAL NOT NULL DEFAULT 1,
    PRIMARY KEY(kb, item, nth)
) STRICT, WITHOUT ROWID;

CREATE TABLE vector(                    -- little endian, `dimension` of them; float32, or float16 in half the bytes
    kb INTEGER NOT NULL REFERENCES knowledge_base(id),
    item INTEGER NOT NULL,
    facet INTEGER NOT NULL,             -- -1: the item itself; else facet.nth
    data BLOB NOT NULL,
    PRIMARY KEY(kb, item, facet)
) STRICT;

CREATE TABLE term(                      -- the vocabulary of a lexical knowledge base
    kb INTEGER NOT NULL REFERENCES knowledge_base(id),
    id INTEGER NOT NULL,
    text TEXT NOT NULL,
    documents INTEGER NOT NULL,
    PRIMARY KEY(kb, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE term_weights(              -- TF-IDF row of an item: pairs (uint32 term, float32 weight), little endian
    kb INTEGER NOT NULL REFERENCES knowledge_base(id),
    item INTEGER NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY(kb, item)
) STRICT, WITHOUT ROWID;

CREATE TABLE text_space(                -- what it takes to place further texts among those of a knowledge base
    kb INTEGER NOT NULL REFERENCES knowledge_base(id),
    part TEXT NOT NULL,                 -- vocabulary, fields (JSON), basis, weights, first (float32, little endian)
    data BLOB NOT NULL,
    PRIMARY KEY(kb, part)
) STRICT, WITHOUT ROWID;

CREATE TABLE llm_call(                  -- cache by content: nothing is asked twice
    hash TEXT NOT NULL PRIMARY KEY,
    endpoint TEXT NOT NULL,             -- chat or embeddings
    model TEXT NOT NULL,
    reply TEXT NOT NULL,
    tokens_in INTEGER NOT NULL,
    tokens_out INTEGER NOT NULL,
    seconds REAL NOT NULL,
    created INTEGER NOT NULL
) STRICT;

CREATE TABLE extraction_failure(
    kb INTEGER NOT NULL REFERENCES knowledge_base(id),
    item INTEGER NOT NULL,
    reason TEXT NOT NULL,               -- English sentence with %1
    arguments TEXT NOT NULL DEFAULT '[]',
    reply TEXT NOT NULL DEFAULT '',     -- what the server said, cut to 4 KiB
    attempts INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY(kb, item)
) STRICT, WITHOUT ROWID;

CREATE TABLE facet_review(              -- what a person says of a facet
    kb INTEGER NOT NULL REFERENCES knowledge_base(id),
    item INTEGER NOT NULL,
    nth INTEGER NOT NULL,               -- facet.nth
    verdict TEXT NOT NULL CHECK(verdict IN ('true', 'false', 'empty')),
    created INTEGER NOT NULL,
    PRIMARY KEY(kb, item, nth)
) STRICT, WITHOUT ROWID;

CREATE TABLE user_facet(                -- what a person likes in a domain, by training interactions alone
    kb INTEGER NOT NULL REFERENCES knowledge_base(id),
    person INTEGER NOT NULL,
    domain INTEGER NOT NULL,
    nth INTEGER NOT NULL,
    name TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY(kb, person, domain, nth)
) STRICT, WITHOUT ROWID;

CREATE TABLE user_failure(
    kb INTEGER NOT NULL REFERENCES knowledge_base(id),
    person INTEGER NOT NULL,
    domain INTEGER NOT NULL,
    reason TEXT NOT NULL,               -- English sentence with %1
    arguments TEXT NOT NULL DEFAULT '[]',
    reply TEXT NOT NULL DEFAULT '',     -- what the server said, cut to 4 KiB
    attempts INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY(kb, person, domain)
) STRICT, WITHOUT ROWID;

CREATE TABLE domain_pair(               -- how tastes carry over
    kb INTEGER NOT NULL REFERENCES knowledge_base(id),
    source INTEGER NOT NULL,
    target INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY(kb, source, target)
) STRICT, WITHOUT ROWID;

CREATE TABLE facet_edit(                -- what people changed; what was extracted stays as it was
    id INTEGER PRIMARY KEY,             -- in order of time; of those that hold, the last of a facet counts
    change INTEGER NOT NULL,            -- edits of one change are undone and done again together
    kb INTEGER NOT NULL REFERENCES knowledge_base(id),
    item INTEGER NOT NULL,
    nth INTEGER NOT NULL,               -- facet.nth, or one beyond them for a facet that was added
    name TEXT NOT NULL,
    text TEXT,                          -- NULL: struck out
    created INTEGER NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX facet_edit_place ON facet_edit(kb, item, nth, id);
CREATE TABLE prompt_template(           -- prompts that people wrote; a version is never changed
    name TEXT NOT NULL,
    version INTEGER NOT NULL,           -- from 1
    about TEXT NOT NULL CHECK(about IN ('items', 'people', 'pairs')),
    text TEXT NOT NULL,
    created INTEGER NOT NULL,
    PRIMARY KEY(name, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE study(
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    spec TEXT NOT NULL,
    created INTEGER NOT NULL,
    deleted INTEGER
) STRICT;

CREATE TABLE run(
    id INTEGER PRIMARY KEY,
    study INTEGER REFERENCES study(id),
    name TEXT NOT NULL,
    spec TEXT NOT NULL,                 -- JSON, complete: every default written out
    spec_hash TEXT NOT NULL,
    state TEXT NOT NULL CHECK(state IN ('queued', 'running', 'paused', 'interrupted', 'failed', 'cancelled', 'finished')),
    reason TEXT NOT NULL DEFAULT '',    -- English sentence with %1, for failed ones
    arguments TEXT NOT NULL DEFAULT '[]',
    epoch INTEGER NOT NULL DEFAULT 0,
    best_epoch INTEGER NOT NULL DEFAULT 0,
    fingerprint TEXT NOT NULL DEFAULT '', -- of the data it saw
    version TEXT NOT NULL DEFAULT '',     -- of the program
    created INTEGER NOT NULL,
    started INTEGER,
    finished INTEGER,
    load_seconds REAL,
    train_seconds REAL,
    evaluate_seconds REAL,
    memory_mb REAL,
    users INTEGER,                      -- with test interactions
    note TEXT NOT NULL DEFAULT '',
    star INTEGER NOT NULL DEFAULT 0,
    tags TEXT NOT NULL DEFAULT '',
    colour INTEGER NOT NULL DEFAULT 0,  -- place in the series palette, the same everywhere
    process INTEGER NOT NULL DEFAULT 0,
    deleted INTEGER,
    last_import INTEGER,                -- of the workspace when the run read its data; NULL: of version 1
    last_item INTEGER
) STRICT;

CREATE TABLE checkpoint(                -- where an unfinished run goes on
    run INTEGER PRIMARY KEY REFERENCES run(id),
    epoch INTEGER NOT NULL,             -- the last one that is part of it
    basis TEXT NOT NULL,                -- program and data: on another one the run starts anew
    train_seconds REAL NOT NULL,        -- until then
    training BLOB NOT NULL,
    watch BLOB NOT NULL,                -- what is known of the epochs so far
    best BLOB                           -- the best model so far
) STRICT;

CREATE TABLE curve(
    run INTEGER NOT NULL REFERENCES run(id),
    series TEXT NOT NULL,               -- 'train loss', 'rmse' (on validation) ...
    step INTEGER NOT NULL,
    value REAL,                         -- NULL: not a number
    PRIMARY KEY(run, series, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE measure(                   -- on the test set, once per finished run
    run INTEGER NOT NULL REFERENCES run(id),
    name TEXT NOT NULL,
    value REAL,
    PRIMARY KEY(run, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE user_measure(              -- float64 per test user, in the order of run_user
    run INTEGER NOT NULL REFERENCES run(id),
    name TEXT NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY(run, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE run_user(                  -- int64 person ids of the test users
    run INTEGER PRIMARY KEY REFERENCES run(id),
    data BLOB NOT NULL
) STRICT;

CREATE TABLE list(                      -- what a test user was recommended, best first
    run INTEGER NOT NULL REFERENCES run(id),
    person INTEGER NOT NULL,
    items BLOB NOT NULL,                -- int64 item ids
    scores BLOB NOT NULL,               -- float32
    relevant BLOB NOT NULL,             -- int64 item ids of the test set
    PRIMARY KEY(run, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE prediction(                -- of the test pairs, in file order
    run INTEGER PRIMARY KEY REFERENCES run(id),
    persons BLOB NOT NULL,              -- int64
    items BLOB NOT NULL,                -- int64
    truths BLOB NOT NULL,               -- float32
    predictions BLOB NOT NULL           -- float32
) STRICT;

CREATE TABLE model(
    run INTEGER PRIMARY KEY REFERENCES run(id),
    data BLOB NOT NULL
) STRICT;

CREATE TABLE model_row(                 -- whose rows the stored model has
    run INTEGER NOT NULL REFERENCES run(id),
    part INTEGER NOT NULL,              -- -1: people; 0: items of the target; 1 ...: of each source
    ids BLOB NOT NULL,                  -- int64, in the order of the rows
    PRIMARY KEY(run, part)
) STRICT, WITHOUT ROWID;

CREATE TABLE setting(                   -- of the workspace, JSON; never a key
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
)sql";

namespace {

/// Checkpoints, and what it takes to use a model on data that has grown.
constexpr std::string_view toVersion2 = R"sql(
ALTER TABLE run ADD COLUMN last_import INTEGER;
ALTER TABLE run ADD COLUMN last_item INTEGER;
CREATE TABLE checkpoint(
    run INTEGER PRIMARY KEY REFERENCES run(id),
    epoch INTEGER NOT NULL,
    basis TEXT NOT NULL,
    train_seconds REAL NOT NULL,
    training BLOB NOT NULL,
    watch BLOB NOT NULL,
    best BLOB
) STRICT;
CREATE TABLE model_row(
    run INTEGER NOT NULL REFERENCES run(id),
    part INTEGER NOT NULL,
    ids BLOB NOT NULL,
    PRIMARY KEY(run, part)
) STRICT, WITHOUT ROWID;
)sql";

/// Negatives of held-out interactions.
constexpr std::string_view toVersion3 = R"sql(
CREATE TABLE given_negative(
    domain INTEGER NOT NULL,
    account INTEGER NOT NULL,
    item INTEGER NOT NULL,
    negative INTEGER NOT NULL,
    import INTEGER NOT NULL,
    line INTEGER NOT NULL,
    entry INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY(domain, account, item, negative)
) STRICT, WITHOUT ROWID;
)sql";

/// What people say of facets, and what models say of people.
constexpr std::string_view toVersion4 = R"sql(
CREATE TABLE facet_review(
    kb INTEGER NOT NULL REFERENCES knowledge_base(id),
    item INTEGER NOT NULL,
    nth INTEGER NOT NULL,
    verdict TEXT NOT NULL CHECK(verdict IN ('true', 'false', 'empty')),
    created INTEGER NOT NULL,
    PRIMARY KEY(kb, item, nth)
) STRICT, WITHOUT ROWID;
CREATE TABLE user_facet(
    kb INTEGER NOT NULL REFERENCES knowledge_base(id),
    person INTEGER NOT NULL,
    domain INTEGER NOT NULL,
    nth INTEGER NOT NULL,
    name TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY(kb, person, domain, nth)
) STRICT, WITHOUT ROWID;
CREATE TABLE user_failure(
    kb INTEGER NOT NULL REFERENCES knowledge_base(id),
    person INTEGER NOT NULL,
    domain INTEGER NOT NULL,
    reason TEXT NOT NULL,
    arguments TEXT NOT NULL DEFAULT '[]',
    reply TEXT NOT NULL DEFAULT '',
    attempts INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY(kb, person, domain)
) STRICT, WITHOUT ROWID;
CREATE TABLE domain_pair(
    kb INTEGER NOT NULL REFERENCES knowledge_base(id),
    source INTEGER NOT NULL,
    target INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY(kb, source, target)
) STRICT, WITHOUT ROWID;
)sql";

/// What people change of facets, the prompts they write, and what a knowledge base is a copy of. Vectors and
/// replies are long: within a key's tree most of the page behind each would be empty.
constexpr std::string_view toVersion5 = R"sql(
ALTER TABLE knowledge_base ADD COLUMN copy_of TEXT NOT NULL DEFAULT '';
ALTER TABLE knowledge_base ADD COLUMN calls INTEGER NOT NULL DEFAULT 0;
ALTER TABLE knowledge_base ADD COLUMN retries INTEGER NOT NULL DEFAULT 0;
ALTER TABLE knowledge_base ADD COLUMN valid INTEGER NOT NULL DEFAULT 0;
ALTER TABLE knowledge_base ADD COLUMN unreadable INTEGER NOT NULL DEFAULT 0;
CREATE TABLE vector_of_5(
    kb INTEGER NOT NULL REFERENCES knowledge_base(id),
    item INTEGER NOT NULL,
    facet INTEGER NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY(kb, item, facet)
) STRICT;
INSERT INTO vector_of_5 SELECT kb, item, facet, data FROM vector ORDER BY kb, item, facet;
DROP TABLE vector;
ALTER TABLE vector_of_5 RENAME TO vector;
CREATE TABLE llm_call_of_5(
    hash TEXT NOT NULL PRIMARY KEY,
    endpoint TEXT NOT NULL,
    model TEXT NOT NULL,
    reply TEXT NOT NULL,
    tokens_in INTEGER NOT NULL,
    tokens_out INTEGER NOT NULL,
    seconds REAL NOT NULL,
    created INTEGER NOT NULL
) STRICT;
INSERT INTO llm_call_of_5
    SELECT hash, endpoint, model, reply, tokens_in, tokens_out, seconds, created FROM llm_call ORDER BY hash;
DROP TABLE llm_call;
ALTER TABLE llm_call_of_5 RENAME TO llm_call;
CREATE TABLE facet_edit(
    id INTEGER PRIMARY KEY,
    change INTEGER NOT NULL,
    kb INTEGER NOT NULL REFERENCES knowledge_base(id),
    item INTEGER NOT NULL,
    nth INTEGER NOT NULL,
    name TEXT NOT NULL,
    text TEXT,
    created INTEGER NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX facet_edit_place ON facet_edit(kb, item, nth, id);
CREATE TABLE prompt_template(
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    about TEXT NOT NULL CHECK(about IN ('items', 'people', 'pairs')),
    text TEXT NOT NULL,
    created INTEGER NOT NULL,
    PRIMARY KEY(name, version)
) STRICT, WITHOUT ROWID;
ALTER TABLE knowledge_base ADD COLUMN last_item INTEGER NOT NULL DEFAULT 0;
UPDATE knowledge_base SET last_item = CASE
    WHEN extractor = 'chat-users'
    THEN coalesce((SELECT max(id) FROM item), 0)
    ELSE max(coalesce((SELECT max(item) FROM facet WHERE kb = knowledge_base.id), 0),
             coalesce((SELECT max(item) FROM vector WHERE kb = knowledge_base.id), 0)) END
 WHERE state = 'finished';
ALTER TABLE knowledge_base ADD COLUMN vectors_stamp INTEGER NOT NULL DEFAULT 0;
UPDATE knowledge_base SET vectors_stamp = random();
CREATE TABLE text_space(
    kb INTEGER NOT NULL REFERENCES knowledge_base(id),
    part TEXT NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY(kb, part)
) STRICT, WITHOUT ROWID;
)sql";

constexpr std::array steps{toVersion2, toVersion3, toVersion4, toVersion5};
static_assert(steps.size() + 1 == version);

} // namespace

std::span<const std::string_view> migrations()
{
    return steps;
}

} // namespace transept::schema
