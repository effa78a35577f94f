#include "core/base/Sha256.h"
#include "core/base/Words.h"
#include "core/knowledge/ExtractorTable.h"
#include "core/knowledge/FactFile.h"
#include "core/knowledge/LexicalSpace.h"
#include "core/knowledge/SaveSteps.h"
#include "core/knowledge/VectorParameters.h"

#include <fstream>

namespace transept {
namespace {

constexpr std::size_t rejectsKept = 1000;

std::vector<Parameter> fileParameters()
{
    using Type = Parameter::Type;
    return {
        {.name = "path",
         .type = Type::File,
         .preset = "",
         .choices = {"npy", "csv", "tsv", "txt", "json", "jsonl"},
         .label = TRANSLATABLE("methods", "File"),
         .meaning = TRANSLATABLE(
             "methods",
             "Vectors as .npy with a keys file or as CSV (key, numbers), facets and vectors as JSON lines "
             "({\"key\": \"7\", \"facets\": {\"genre\": [\"crime\"]}, \"vector\": [0.5, 0.1]}).")},
        {.name = "keys",
         .type = Type::File,
         .preset = "",
         .choices = {"txt", "csv"},
         .label = TRANSLATABLE("methods", "Keys of a .npy file"),
         .meaning = TRANSLATABLE("methods",
                                 "A text file with the item key of each row on a line, or a CSV file with "
                                 "the columns domain and key.")},
        {.name = "unit-length",
         .type = Type::Flag,
         .preset = true,
         .label = TRANSLATABLE("methods", "Scale vectors to length 1"),
         .meaning = TRANSLATABLE("methods", "As the vectors of all other extractors are.")},
        dimensionParameter(
            128,
            TRANSLATABLE("methods",
                         "Only for a file without vectors: the facets' words become vectors of this "
                         "length (TF-IDF and truncated SVD).")),
        precisionParameter(),
        {.name = "sha256",
         .type = Type::Text,
         .preset = "",
         .label = TRANSLATABLE("methods", "SHA-256 of the file"),
         .meaning = TRANSLATABLE("methods",
                                 "Found out when left empty and kept with the knowledge base; when given, "
                                 "the file must have it.")},
        {.name = "keys-sha256",
         .type = Type::Text,
         .preset = "",
         .label = TRANSLATABLE("methods", "SHA-256 of the keys"),
         .meaning = TRANSLATABLE("methods", "Likewise for the file of keys.")}};
}

ExtractorDescription describeFile()
{
    return {.name = "file",
            .title = TRANSLATABLE("methods", "From a file"),
            .meaning = TRANSLATABLE("methods",
                                    "Takes facets or vectors that another program made: .npy, CSV or JSON "
                                    "lines. Rows that fit no item are counted and named."),
            .parameters = fileParameters()};
}

Result<std::string> hashOf(const std::string& path, const JobContext& context)
{
    std::ifstream file(path, std::ios::binary);
    Sha256 hash;
    std::string piece(std::size_t{1} << 20U, '\0');
    while (file) {
        if (const Status goOn = context.checkpoint(); !goOn) {
            return passOn(goOn);
        }
        file.read(piece.data(), static_cast<std::streamsize>(piece.size()));
        hash.add(std::string_view(piece).substr(0, static_cast<std::size_t>(file.gcount())));
    }
    if (!file.eof()) {
        return fail(ErrorCode::Io,
                    TRANSLATABLE("errors", "%1 cannot be opened. Check that it exists and may be read."),
                    {path});
    }
    return hash.hex();
}

/// The setting `hash` becomes that of the file that the setting `path` names.
Status completeHash(Json& settings, const char* path, const char* hash, const JobContext& context)
{
    const auto file = settings.at(path).get<std::string>();
    if (file.empty()) {
        return {};
    }
    const auto wanted = settings.at(hash).get<std::string>();
    const Result<std::string> found = hashOf(file, context);
    if (!found) {
        return passOn(found);
    }
    if (!wanted.empty() && wanted != *found) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors",
                                 "%1 has the SHA-256 %2, not %3. Give the file that is meant, or leave %4 "
                                 "empty."),
                    {file, *found, wanted, hash});
    }
    settings[hash] = *found;
    return {};
}

Status completeFile(Parameters& settings, const JobContext& context)
{
    Json values = settings.json();
    if (settings.text("path").empty()) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors", "The extractor file needs a file: set path to a .npy, CSV or JSON file."));
    }
    const Status completed = completeHash(values, "path", "sha256", context).and_then([&] {
        return completeHash(values, "keys", "keys-sha256", context);
    });
    settings = Parameters(std::move(values));
    return completed;
}

/// The items of the chosen domains by their keys.
class ItemFinder
{
public:
    static Result<ItemFinder> over(const Workspace& workspace,
                                   const Extraction& extraction,
                                   const JobContext& context)
    {
        const StopWatcher watcher(workspace.database(), context);
        ItemFinder finder;
        Result<Statement> rows = workspace.database().prepare("SELECT id, key FROM item WHERE domain = ?");
        if (!rows) {
            return passOn(rows);
        }
        for (std::size_t at = 0; at < extraction.domains.size(); ++at) {
            auto& items = finder.m_items[extraction.request.domains[at]];
            rows->rewind();
            rows->bind(1, number(extraction.domains[at]));
            Result<bool> row = rows->step();
            for (; row && *row; row = rows->step()) {
                items.emplace(rows->text(1), rows->integer(0));
            }
            if (!row) {
                return passOn(row);
            }
        }
        return finder;
    }

    /// Nothing, and the row's problem, when it fits no item or several.
    std::optional<ItemId> find(FactRow& row) const
    {
        const auto line = std::to_string(row.line);
        if (!row.domain.empty() && !m_items.contains(row.domain)) {
            row.problem = {TRANSLATABLE("errors", "Line %1: %2 is none of the chosen domains."),
                           {line, row.domain}};
            return std::nullopt;
        }
        std::vector<ItemId> found;
        for (const auto& [domain, items] : m_items) {
            const auto item = items.find(row.key);
            if (item != items.end() && (row.domain.empty() || row.domain == domain)) {
                found.push_back(ItemId{item->second});
            }
        }
        if (found.size() == 1) {
            return found.front();
        }
        row.problem = {found.empty() ? TRANSLATABLE("errors", "Line %1: there is no item with the key %2.")
                                     : TRANSLATABLE("errors",
                                                    "Line %1: several domains have an item %2. Name the "
                                                    "domain in the row, or choose one domain."),
                       {line, row.key}};
        return std::nullopt;
    }

private:
    std::map<std::string, std::unordered_map<std::string, std::int64_t>> m_items; ///< by domain
};

/// Reads a file's rows, puts those that fit an item into facts, and keeps account of the others.
class FactRows
{
public:
    static Result<FactRows> open(const Workspace& workspace,
                                 const Extraction& extraction,
                                 const JobContext& context)
    {
        const Parameters& settings = extraction.settings;
        Result<std::unique_ptr<FactFile>> file = FactFile::open(settings.text("path"), settings.text("keys"));
        Result<ItemFinder> items = ItemFinder::over(workspace, extraction, context);
        if (!file || !items) {
            return file ? passOn(items) : passOn(file);
        }
        return FactRows(std::move(*file), std::move(*items), settings.flag("unit-length"));
    }

    /// The next row that fits; nothing at the end of the file.
    Result<std::optional<ItemFacts>> next(const JobContext& context)
    {
        while (true) {
            FactRow row;
            const Result<bool> found = m_file->next(row);
            if (!found) {
                return passOn(found);
            }
            if (!*found) {
                return std::optional<ItemFacts>();
            }
            if (++m_read % 256 == 0) {
                if (const Status goOn = context.checkpoint(); !goOn) {
                    return passOn(goOn);
                }
            }
            if (std::optional<ItemFacts> facts = factsOf(row)) {
                return facts;
            }
        }
    }

    /// The length that vectors must have; else that of the first one.
    void setDimension(int length) { m_length = static_cast<std::size_t>(length); }

    double fraction() const { return m_file->fraction(); }
    int dimension() const { return static_cast<int>(m_length); }
    std::int64_t read() const { return m_read; }
    std::int64_t rejected() const { return m_rejected; }
    const std::vector<RejectedRow>& rejects() const { return m_rejects; }

    /// Items that have nothing but bad rows, with the first of these.
    std::vector<ExtractionFailure> failures() const
    {
        std::vector<ExtractionFailure> failures;
        for (const auto& [item, problem] : m_bad) {
            if (!m_lines.contains(item)) {
                failures.push_back({.item = ItemId{item},
                                    .itemKey = {},
                                    .title = {},
                                    .reason = problem.sentence,
                                    .arguments = problem.arguments,
                                    .reply = {}});
            }
        }
        return failures;
    }

private:
    FactRows(std::unique_ptr<FactFile> file, ItemFinder items, bool unitLength)
        : m_file(std::move(file))
        , m_items(std::move(items))
        , m_unitLength(unitLength)
    {
    }

    std::optional<ItemFacts> factsOf(FactRow& row)
    {
        const std::optional<Problem> earlier = row.problem;
        const std::optional<ItemId> item = row.key.empty() && earlier ? std::nullopt : m_items.find(row);
        if (earlier) {
            row.problem = earlier;
        }
        if (item && !row.problem) {
            check(*item, row);
        }
        if (row.problem) {
            reject(row, item);
            return std::nullopt;
        }
        m_lines.emplace(number(*item), row.line);
        return ItemFacts{.item = *item, .facets = std::move(row.facets), .vector = std::move(row.vector)};
    }

    void check(ItemId item, FactRow& row)
    {
        const std::string line = std::to_string(row.line);
        const auto before = m_lines.find(number(item));
        if (before != m_lines.end()) {
            row.problem = {TRANSLATABLE("errors", "Line %1: the item %2 has its knowledge from line %3."),
                           {line, row.key, std::to_string(before->second)}};
        } else if (row.facets.empty() && row.vector.empty()) {
            row.problem = {TRANSLATABLE("errors", "Line %1 has neither facets nor a vector."), {line}};
        } else if (!row.vector.empty()) {
            checkVector(line, row);
        }
    }

    void checkVector(const std::string& line, FactRow& row)
    {
        double squares = 0.0;
        for (const float each : row.vector) {
            squares += static_cast<double>(each) * static_cast<double>(each);
        }
        if (m_length != 0 && row.vector.size() != m_length) {
            row.problem = {
                TRANSLATABLE("errors", "Line %1: the vector has %2 numbers, the first one has %3."),
                {line, std::to_string(row.vector.size()), std::to_string(m_length)}};
        } else if (!std::isfinite(squares)) {
            row.problem = {TRANSLATABLE("errors", "Line %1: the vector has numbers that are not finite."),
                           {line}};
        } else if (squares <= 0.0) {
            row.problem = {TRANSLATABLE("errors", "Line %1: the vector is zero and points nowhere."), {line}};
        } else {
            m_length = row.vector.size();
            const auto scale = m_unitLength ? 1.0 / std::sqrt(squares) : 1.0;
            for (float& each : row.vector) {
                each = static_cast<float>(static_cast<double>(each) * scale);
            }
        }
    }

    void reject(const FactRow& row, const std::optional<ItemId>& item)
    {
        ++m_rejected;
        if (m_rejects.size() < rejectsKept) {
            m_rejects.push_back({row.line, row.problem->sentence, row.problem->arguments});
        }
        if (item) {
            m_bad.emplace(number(*item), *row.problem);
        }
    }

    std::unique_ptr<FactFile> m_file;
    ItemFinder m_items;
    bool m_unitLength;
    std::size_t m_length = 0; ///< of the first vector
    std::int64_t m_read = 0;
    std::int64_t m_rejected = 0;
    std::vector<RejectedRow> m_rejects;
    std::unordered_map<std::int64_t, std::int64_t> m_lines; ///< of the rows taken, by item
    std::map<std::int64_t, Problem> m_bad;                  ///< by item
};

/// Stores facts in steps. Facets wait until it is known whether the file has vectors.
class RowSaver
{
public:
    RowSaver(const KnowledgeStore& store, KnowledgeId id, std::vector<ItemId> committed)
        : m_store(store)
        , m_id(id)
        , m_committed(std::move(committed))
    {
    }

    /// What is committed is there to stay. `space`: where it was placed by the facets' words.
    void setKeeps(std::optional<StoredTextSpace> space)
    {
        m_keeps = true;
        m_space = std::move(space);
    }

    bool isCommitted(ItemId item) const { return std::ranges::binary_search(m_committed, item); }

    Status add(ItemFacts&& facts)
    {
        if (m_keeps && isCommitted(facts.item)) {
            return {};
        }
        if (facts.vector.empty()) {
            m_bare.push_back(std::move(facts));
            return {};
        }
        if (m_space) {
            return fail(ErrorCode::InvalidInput,
                        TRANSLATABLE("errors",
                                     "The file has vectors, but those of the knowledge base were made of the "
                                     "facets' words. Extract the file under another name."));
        }
        m_hasVectors = true;
        if (!isCommitted(facts.item)) {
            m_pending.push_back(std::move(facts));
        }
        return m_pending.size() < itemsPerStep ? Status() : flush(m_pending);
    }

    Status finish(int dimension, int wanted, const JobContext& context)
    {
        if (m_space) {
            return m_bare.empty() ? Status()
                                  : placeAmong(m_store, *m_space, m_id, std::move(m_bare), context);
        }
        if (!m_keeps && !m_hasVectors && !m_bare.empty()) {
            return placeByWords(m_store, m_id, std::move(m_bare), wanted, context);
        }
        return flush(m_pending).and_then([&] { return flush(m_bare); }).and_then([&] {
            return m_store.setDimension(m_id, dimension);
        });
    }

private:
    Status flush(std::vector<ItemFacts>& facts)
    {
        const Status put = facts.empty() ? Status() : m_store.put(m_id, facts);
        facts.clear();
        return put;
    }

    const KnowledgeStore& m_store;
    KnowledgeId m_id;
    std::vector<ItemId> m_committed; ///< by an earlier try, ascending
    bool m_keeps = false;
    std::optional<StoredTextSpace> m_space;
    std::vector<ItemFacts> m_pending;
    std::vector<ItemFacts> m_bare; ///< without vectors
    bool m_hasVectors = false;
};

Status checkTaken(const FactRows& rows, const std::string& path)
{
    if (rows.rejected() < rows.read()) {
        return {};
    }
    if (rows.read() == 0) {
        return fail(ErrorCode::InvalidInput, TRANSLATABLE("errors", "%1 has no rows."), {path});
    }
    const RejectedRow& first = rows.rejects().front();
    return fail(ErrorCode::InvalidInput,
                TRANSLATABLE("errors", "None of the %1 rows of %2 could be taken. %3"),
                {std::to_string(rows.read()),
                 path,
                 describe({.sentence = first.sentence, .arguments = first.arguments})});
}

/// Hands all rows that fit to the saver.
Status readRows(FactRows& rows, RowSaver& saver, const JobContext& context)
{
    while (true) {
        Result<std::optional<ItemFacts>> facts = rows.next(context);
        if (!facts || !*facts) {
            return facts ? Status() : passOn(facts);
        }
        if (const Status added = saver.add(std::move(**facts)); !added) {
            return added;
        }
        if (rows.read() % 256 == 0) {
            context.progress({.fraction = rows.fraction(),
                              .stage = TRANSLATABLE("stages", "Reading the file"),
                              .done = rows.read()});
        }
    }
}

/// Where a base without vectors of its own has its items; nothing for one with vectors from a file, whose
/// length the new ones must have.
Result<std::optional<StoredTextSpace>> spaceToExtend(const KnowledgeStore& store,
                                                     KnowledgeId id,
                                                     FactRows& rows)
{
    const auto terms = store.terms(id);
    const Result<KnowledgeBase> base = store.find(id);
    if (!terms || !base) {
        return terms ? passOn(base) : passOn(terms);
    }
    if (terms->empty()) {
        rows.setDimension(base->dimension);
        return std::optional<StoredTextSpace>();
    }
    Result<StoredTextSpace> space = store.textSpaces().of(id);
    return space ? Result<std::optional<StoredTextSpace>>(std::move(*space)) : passOn(space);
}

Result<ExtractionReport> runFile(Workspace& workspace,
                                 const Extraction& extraction,
                                 KnowledgeId id,
                                 const JobContext& context)
{
    const KnowledgeStore store(workspace);
    Result<FactRows> rows = FactRows::open(workspace, extraction, context);
    Result<std::vector<ItemId>> committed = rows ? store.itemsWithFacts(id) : passOn(rows);
    if (!committed) {
        return passOn(committed);
    }
    RowSaver saver(store, id, std::move(*committed));
    if (extraction.keeps) {
        Result<std::optional<StoredTextSpace>> space = spaceToExtend(store, id, *rows);
        if (!space) {
            return passOn(space);
        }
        saver.setKeeps(std::move(*space));
    }
    Status finished =
        readRows(*rows, saver, context)
            .and_then([&] { return checkTaken(*rows, extraction.settings.text("path")); })
            .and_then([&] {
                return saver.finish(rows->dimension(), extraction.settings.integer("dimension"), context);
            });
    for (const ExtractionFailure& failure : rows->failures()) {
        finished = finished && !saver.isCommitted(failure.item) ? store.putFailure(id, failure) : finished;
    }
    ExtractionReport report{.rejected = rows->rejected(), .rejects = rows->rejects()};
    return finished ? Result<ExtractionReport>(std::move(report)) : passOn(finished);
}

Result<ExtractionForecast> forecastFile(const Workspace& workspace,
                                        const Extraction& extraction,
                                        int /*sample*/,
                                        const JobContext& context)
{
    Result<FactRows> rows = FactRows::open(workspace, extraction, context);
    if (!rows) {
        return passOn(rows);
    }
    ExtractionForecast found;
    while (true) {
        const Result<std::optional<ItemFacts>> facts = rows->next(context);
        if (!facts) {
            return passOn(facts);
        }
        if (!*facts) {
            return found;
        }
        ++found.items;
    }
}

Result<ExtractionPreview> previewFile(const Workspace& workspace,
                                      const Extraction& extraction,
                                      ItemId item,
                                      const PreviewOptions& /*options*/,
                                      const JobContext& context)
{
    Result<FactRows> rows = FactRows::open(workspace, extraction, context);
    if (!rows) {
        return passOn(rows);
    }
    ExtractionPreview preview;
    while (true) {
        Result<std::optional<ItemFacts>> facts = rows->next(context);
        if (!facts) {
            return passOn(facts);
        }
        if (*facts && (*facts)->item == item) {
            preview.facets = std::move((*facts)->facets);
            return preview;
        }
        if (!*facts) {
            preview.problem = Error{
                .code = ErrorCode::NotFound,
                .sentence = TRANSLATABLE("errors", "No row of the file that can be taken is this item's.")};
            return preview;
        }
    }
}

} // namespace

ExtractorEntry fileExtractor()
{
    return {.description = describeFile(),
            .run = runFile,
            .forecast = forecastFile,
            .preview = previewFile,
            .complete = completeFile};
}

} // namespace transept
