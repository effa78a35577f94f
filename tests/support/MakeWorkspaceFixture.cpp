// Writes a small workspace of the present version with rows in every table: make_workspace_fixture FILE
// When the schema's version is raised, run the one of the version before first, and keep the file as
// tests/fixtures/version-N.transept: it is what the next migration is tested with.

#include "core/store/Workspace.h"

#include <cstdio>

namespace {

/// People 1 ... 6; books and films share the platform web, music stands on another, where Ann has a second
/// account.
constexpr std::string_view rows = R"sql(
INSERT INTO platform(id, name) VALUES (1, 'web'), (2, 'radio');
INSERT INTO domain(id, platform, name, kind, scale_min, scale_max, unit) VALUES
    (1, 1, 'books', 'explicit', 1, 5, 'stars'), (2, 1, 'films', 'explicit', 0.5, 5, 'stars'),
    (3, 2, 'music', 'implicit', NULL, NULL, 'plays');
INSERT INTO domain(id, platform, name, kind, deleted) VALUES (4, 1, 'games', 'implicit', 1700000000);
INSERT INTO person(id) VALUES (1), (2), (3), (4), (5), (6);
INSERT INTO account(id, platform, key, person) VALUES
    (1, 1, 'ann', 1), (2, 1, 'bob', 2), (3, 1, '李雷', 3), (4, 1, '007', 4),
    (5, 2, 'ann@radio', 1), (6, 2, 'eve', 5), (7, 2, 'fay', 6);
INSERT INTO account_field(account, name, value) VALUES (1, 'age', '31'), (3, 'city', '杭州');
INSERT INTO item(id, domain, key, title, work, import, line)
    WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 14)
    SELECT i + 1, i / 5 + 1, format('%s%d', substr('bfm', i / 5 + 1, 1), i % 5),
           CASE WHEN i % 5 < 4 THEN format('Title %d', i) END, CASE WHEN i % 5 = 0 AND i < 10 THEN 1 END,
           CASE WHEN i % 5 < 4 THEN 2 END, CASE WHEN i % 5 < 4 THEN i + 2 END FROM n;
INSERT INTO item_field(item, name, value) VALUES
    (1, 'description', 'A desert planet, "spice" and worms'), (1, 'year', '1965'), (6, 'genre', 'drama|war');
INSERT INTO interaction(domain, account, item, nth, value, time, part, import, line)
    WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 59)
    SELECT 1, i % 4 + 1, i / 4 % 5 + 1, 0, 1 + (i * 7) % 5, 1500000000 + i * 86400, 0, 1, i + 1 FROM n WHERE i < 16
    UNION ALL SELECT 2, i % 3 + 1, (i - 16) / 3 % 5 + 6, 0, 0.5 + (i * 3) % 10 * 0.5, NULL, i % 4, 1, i + 1
        FROM n WHERE i BETWEEN 16 AND 29
    UNION ALL SELECT 3, i % 3 + 5, (i - 30) / 3 % 5 + 11, (i - 30) / 15, 1 + i, 1600000000 + i, 0, 1, i + 1
        FROM n WHERE i BETWEEN 30 AND 59;
INSERT INTO given_negative(domain, account, item, negative, import, line, entry) VALUES
    (3, 5, 11, 13, 1, 70, 0), (3, 5, 11, 15, 1, 70, 1);
INSERT INTO note(domain, account, item, nth, text) VALUES (1, 1, 1, 0, 'I liked the worms.');
INSERT INTO import(id, file, hash, target, domain, options, state, reason, checkpoint_offset, checkpoint_line,
                   rows_read, imported, rejected, skipped, started, finished) VALUES
    (1, '/data/all.csv', 'abc', 'interactions', NULL, '{"format":"csv"}', 'finished', '', 900, 60, 63, 60, 2, 1,
     1700000000, 1700000002),
    (2, '/data/items.csv', 'def', 'items', 1, '{}', 'interrupted', '', 400, 12, 12, 12, 0, 0, 1700000003, NULL);
INSERT INTO reject(import, line, entry, offset, reason, arguments, raw) VALUES
    (1, 17, 0, 300, 'The value %1 is not a number.', '["five"]', 'ann,b1,five'),
    (1, 18, 0, 312, 'The row has %1 columns; %2 are needed.', '["2","3"]', 'ann,"b' || char(10) || '2"');
INSERT INTO knowledge_base(id, name, extractor, config, state, dimension, items, started, finished, last_item) VALUES
    (1, 'lexical-2', 'lexical', '{"dimension":2}', 'finished', 2, 2, 1700000010, 1700000011, 14);
INSERT INTO text_space(kb, part, data) VALUES (1, 'vocabulary', x'7B7D'), (1, 'basis', x'0000803F00000040');
INSERT INTO facet(kb, item, nth, name, text, weight) VALUES (1, 1, 0, 'phrase', 'desert planet', 0.75);
INSERT INTO vector(kb, item, facet, data) VALUES (1, 1, -1, x'0000803F00000040'), (1, 6, -1, x'0000404000008040');
INSERT INTO term(kb, id, text, documents) VALUES (1, 0, 'desert', 1), (1, 1, 'planet', 2);
INSERT INTO term_weights(kb, item, data) VALUES (1, 1, x'000000000000003F');
INSERT INTO llm_call(hash, endpoint, model, reply, tokens_in, tokens_out, seconds, created) VALUES
    ('00ff', 'chat', 'small', '{"mood":"calm"}', 120, 30, 0.5, 1700000012);
INSERT INTO extraction_failure(kb, item, reason, arguments, reply, attempts) VALUES
    (1, 7, 'The reply is not valid JSON (%1).', '["cut"]', '{"mo', 2);
INSERT INTO facet_review(kb, item, nth, verdict, created) VALUES (1, 1, 0, 'true', 1700000013);
INSERT INTO user_facet(kb, person, domain, nth, name, text) VALUES (1, 1, 1, 0, 'taste', 'likes worms');
INSERT INTO user_failure(kb, person, domain, reason, arguments, reply, attempts) VALUES
    (1, 2, 1, 'The reply is not valid JSON (%1).', '["cut"]', '{"ta', 1);
INSERT INTO domain_pair(kb, source, target, text) VALUES (1, 1, 2, 'Who reads of deserts sees films of deserts.');
INSERT INTO facet_edit(id, change, kb, item, nth, name, text, created) VALUES
    (1, 1, 1, 1, 0, 'phrase', 'sand planet', 1700000014);
INSERT INTO prompt_template(name, version, about, text, created) VALUES
    ('short', 1, 'items', 'What is {title}? {facets}', 1700000015);
INSERT INTO study(id, name, spec, created) VALUES (1, 'seeds', '{}', 1700000020);
INSERT INTO run(id, study, name, spec, spec_hash, state, epoch, best_epoch, fingerprint, version, created, started,
                finished, load_seconds, train_seconds, evaluate_seconds, memory_mb, users, note, star, tags, colour) VALUES
    (1, 1, 'bias on books', '{"data":{"target":"books"},"method":{"name":"bias"}}', 'aa', 'finished', 3, 2, 'ff', '0.1.0',
     1700000021, 1700000022, 1700000023, 0.25, 0.5, 0.125, 64, 2, 'first', 1, 'control', 0);
INSERT INTO run(id, name, spec, spec_hash, state, reason, arguments, created) VALUES
    (2, 'mf on books', '{}', 'bb', 'failed', 'Training ran away in epoch %1. Lower the rate.', '["4"]', 1700000024);
INSERT INTO curve(run, series, step, value) VALUES (1, 'rmse', 1, 1.5), (1, 'rmse', 2, 1.25), (2, 'rmse', 1, NULL);
INSERT INTO measure(run, name, value) VALUES (1, 'rmse', 1.25);
INSERT INTO user_measure(run, name, data) VALUES (1, 'rmse', x'000000000000F03F000000000000F83F');
INSERT INTO run_user(run, data) VALUES (1, x'01000000000000000200000000000000');
INSERT INTO list(run, person, items, scores, relevant) VALUES
    (1, 1, x'0500000000000000', x'00009040', x'0500000000000000');
INSERT INTO prediction(run, persons, items, truths, predictions) VALUES
    (1, x'0100000000000000', x'0500000000000000', x'0000A040', x'00009040');
INSERT INTO model(run, data) VALUES (1, x'01020304');
INSERT INTO model_row(run, part, ids) VALUES (1, -1, x'0100000000000000'), (1, 0, x'0500000000000000');
UPDATE run SET last_import = 2, last_item = 14 WHERE id = 1;
INSERT INTO checkpoint(run, epoch, basis, train_seconds, training, watch, best) VALUES
    (2, 3, '0.1.0 ff', 0.75, x'0102', x'03', NULL);
INSERT INTO setting(name, value) VALUES ('language', '"zh"');
PRAGMA foreign_key_check;
PRAGMA journal_mode = DELETE;
PRAGMA page_size = 512;
VACUUM;
)sql";

} // namespace

int main(int argc, char** argv)
{
    if (argc != 2) {
        std::fprintf(stderr, "usage: make_workspace_fixture FILE\n");
        return 2;
    }
    const transept::Status made = transept::Workspace::create(argv[1]).and_then(
        [](const transept::Workspace& workspace) { return workspace.database().execute(rows); });
    if (!made) {
        std::fprintf(
            stderr, "%s (%s)\n", transept::describe(made.error()).c_str(), made.error().detail.c_str());
        return 1;
    }
    return 0;
}
