#include "core/store/PromptTemplates.h"

#include "core/base/Words.h"
#include "core/store/Rows.h"

#include <algorithm>

namespace transept {
namespace {

constexpr std::size_t longestName = 80; // bytes

constexpr std::string_view columns = "name, version, about, text, created";

PromptSubject subjectOf(std::string_view word)
{
    return word == "people"  ? PromptSubject::People
           : word == "pairs" ? PromptSubject::Pairs
                             : PromptSubject::Items;
}

PromptTemplate templateIn(const Statement& row)
{
    return {.name = std::string(row.text(0)),
            .version = static_cast<int>(row.integer(1)),
            .about = subjectOf(row.text(2)),
            .text = std::string(row.text(3)),
            .created = row.integer(4)};
}

void take(std::vector<PromptTemplate>& found, const Statement& row)
{
    found.push_back(templateIn(row));
}

/// Names stand on command lines, before an @ and a number.
Status checkName(std::string_view name)
{
    const bool isName = !name.empty() && name.size() <= longestName && trimmed(name).size() == name.size() &&
                        std::ranges::none_of(name, [](unsigned char each) {
                            return each == '@' || each < 0x20 || each == 0x7F;
                        });
    return isName ? Status()
                  : fail(ErrorCode::InvalidInput,
                         TRANSLATABLE("errors",
                                      "A prompt's name has 1 to %1 bytes, no @, and no blank at its ends."),
                         {std::to_string(longestName)});
}

} // namespace

std::string_view wordOf(PromptSubject subject)
{
    switch (subject) {
    case PromptSubject::Items:
        return "items";
    case PromptSubject::People:
        return "people";
    case PromptSubject::Pairs:
        break;
    }
    return "pairs";
}

Result<std::vector<PromptTemplate>> PromptTemplates::all() const
{
    return gather<std::vector<PromptTemplate>>(
        m_database.prepare(
            fmt::format("SELECT {} FROM prompt_template ORDER BY name, version DESC", columns)),
        take);
}

Result<std::vector<PromptTemplate>> PromptTemplates::versionsOf(std::string_view name) const
{
    Result<Statement> rows = m_database.prepare(
        fmt::format("SELECT {} FROM prompt_template WHERE name = ? ORDER BY version DESC", columns));
    if (rows) {
        rows->bind(1, name);
    }
    return gather<std::vector<PromptTemplate>>(std::move(rows), take);
}

Result<PromptTemplate> PromptTemplates::find(std::string_view reference) const
{
    const std::size_t at = reference.find('@');
    const std::string_view name = reference.substr(0, at);
    const Result<std::vector<PromptTemplate>> versions = versionsOf(name);
    if (!versions) {
        return passOn(versions);
    }
    if (versions->empty()) {
        const auto names = gather<std::vector<std::string>>(
            m_database.prepare("SELECT DISTINCT name FROM prompt_template"),
            [](std::vector<std::string>& found, const Statement& row) { found.emplace_back(row.text(0)); });
        if (!names) {
            return passOn(names);
        }
        const auto nearest = nearestWord(name, *names);
        return fail(ErrorCode::NotFound,
                    nearest
                        ? TRANSLATABLE("errors", "There is no prompt %1. Did you mean %2?")
                        : TRANSLATABLE("errors", "There is no prompt %1. Save one under this name first."),
                    {std::string(name), nearest.value_or("")});
    }
    if (at == std::string_view::npos) {
        return versions->front();
    }
    const std::string_view version = reference.substr(at + 1);
    const auto found = std::ranges::find_if(
        *versions, [&](const PromptTemplate& each) { return std::to_string(each.version) == version; });
    return found != versions->end()
               ? Result<PromptTemplate>(*found)
               : fail(ErrorCode::NotFound,
                      TRANSLATABLE("errors", "The prompt %1 has no version %2; its last is %3."),
                      {std::string(name), std::string(version), std::to_string(versions->front().version)});
}

Result<std::optional<PromptTemplate>> PromptTemplates::withText(PromptSubject about,
                                                                std::string_view text) const
{
    Result<Statement> rows =
        m_database.prepare(fmt::format("SELECT {} FROM prompt_template WHERE about = ?1 AND text = ?2"
                                       " ORDER BY created DESC, version DESC, name LIMIT 1",
                                       columns));
    if (rows) {
        rows->bind(1, wordOf(about)).bind(2, text);
    }
    return gather<std::optional<PromptTemplate>>(
        std::move(rows),
        [](std::optional<PromptTemplate>& found, const Statement& row) { found = templateIn(row); });
}

Result<PromptTemplate> PromptTemplates::save(std::string_view name,
                                             PromptSubject about,
                                             std::string_view text) const
{
    if (const Status named = checkName(name); !named) {
        return passOn(named);
    }
    Result<Transaction> transaction = Transaction::begin(m_database);
    if (!transaction) {
        return passOn(transaction);
    }
    const Result<std::vector<PromptTemplate>> versions = versionsOf(name);
    if (!versions) {
        return passOn(versions);
    }
    if (!versions->empty() && versions->front().about != about) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors", "The prompts %1 are about %2. Save this one under another name."),
                    {std::string(name), std::string(wordOf(versions->front().about))});
    }
    if (!versions->empty() && versions->front().text == text) {
        return versions->front();
    }
    PromptTemplate saved{.name = std::string(name),
                         .version = versions->empty() ? 1 : versions->front().version + 1,
                         .about = about,
                         .text = std::string(text),
                         .created = now()};
    Result<Statement> insert =
        m_database.prepare(fmt::format("INSERT INTO prompt_template({}) VALUES(?, ?, ?, ?, ?)", columns));
    if (!insert) {
        return passOn(insert);
    }
    insert->bind(1, saved.name).bind(2, std::int64_t{saved.version}).bind(3, wordOf(about));
    const Status done = insert->bind(4, saved.text).bind(5, saved.created).run().and_then([&] {
        return transaction->commit();
    });
    return done ? Result<PromptTemplate>(std::move(saved)) : passOn(done);
}

} // namespace transept
