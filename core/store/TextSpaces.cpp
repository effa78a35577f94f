#include "core/store/TextSpaces.h"

#include "core/base/Json.h"
#include "core/store/Blobs.h"
#include "core/store/Rows.h"

namespace transept {
namespace {

constexpr std::string_view vocabularyPart = "vocabulary";
constexpr std::string_view fieldsPart = "fields";
constexpr std::string_view basisPart = "basis";
constexpr std::string_view weightsPart = "weights";
constexpr std::string_view firstPart = "first";

} // namespace

Status TextSpaces::put(KnowledgeId id, const StoredTextSpace& space) const
{
    Result<Transaction> transaction = Transaction::begin(m_database);
    Result<Statement> insert =
        m_database.prepare("INSERT OR REPLACE INTO text_space(kb, part, data) VALUES(?, ?, ?)");
    if (!transaction || !insert) {
        return transaction ? passOn(insert) : passOn(transaction);
    }
    const std::string fields = Json(space.fields).dump(-1, ' ', false, Json::error_handler_t::replace);
    const std::pair<std::string_view, std::span<const std::byte>> parts[] = {
        {vocabularyPart, bytesOf(space.vocabulary)},
        {fieldsPart, bytesOf(fields)},
        {basisPart, bytesOf(space.basis)},
        {weightsPart, bytesOf(space.weights)},
        {firstPart, bytesOf(space.first)},
    };
    for (const auto& [name, data] : parts) {
        if (const Status put = insert->bind(1, number(id)).bind(2, name).bind(3, data).run(); !put) {
            return put;
        }
    }
    return transaction->commit();
}

Result<StoredTextSpace> TextSpaces::of(KnowledgeId id) const
{
    Result<Statement> base =
        prepared(m_database, "SELECT name, dimension FROM knowledge_base WHERE id = ?", number(id));
    StoredTextSpace space;
    std::string name;
    const Status found = forEachRow(base, [&](const Statement& row) {
        name = row.text(0);
        space.dimension = static_cast<int>(row.integer(1));
    });
    if (!found) {
        return passOn(found);
    }
    Json fields;
    Result<Statement> rows =
        prepared(m_database, "SELECT part, data FROM text_space WHERE kb = ?", number(id));
    const Status read = forEachRow(rows, [&](const Statement& row) {
        const std::string_view part = row.text(0);
        if (part == vocabularyPart) {
            space.vocabulary = textOf(row.blob(1));
        } else if (part == fieldsPart) {
            fields = Json::parse(textOf(row.blob(1)), nullptr, false);
        } else if (part == basisPart) {
            space.basis = valuesOf<float>(row.blob(1));
        } else if (part == weightsPart) {
            space.weights = valuesOf<float>(row.blob(1));
        } else if (part == firstPart) {
            space.first = valuesOf<float>(row.blob(1));
        }
    });
    if (!read) {
        return passOn(read);
    }
    for (const Json& field : fields.is_array() ? fields : Json::array()) {
        space.fields.push_back(field.is_string() ? field.get<std::string>() : std::string());
    }
    if (space.vocabulary.empty()) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors",
                         "The knowledge base %1 does not hold what it takes to place new texts: it was "
                         "extracted by an earlier version. Extract it anew under another name."),
            {name});
    }
    return space;
}

} // namespace transept
