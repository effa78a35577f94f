#include "core/ingest/Sink.h"

#include "core/base/Words.h"

namespace transept {

Places::Places(const std::vector<Role>& roles)
{
    for (std::size_t at = 0; at < roles.size(); ++at) {
        const int place = static_cast<int>(at);
        switch (roles[at]) {
        case Role::Ignore:
            break;
        case Role::User:
            (user < 0 ? user : secondUser) = place;
            break;
        case Role::Item:
            item = place;
            break;
        case Role::Value:
            value = place;
            break;
        case Role::Time:
            time = place;
            break;
        case Role::Domain:
            domain = place;
            break;
        case Role::Part:
            part = place;
            break;
        case Role::Title:
            title = place;
            break;
        case Role::Negative:
            negative = place;
            break;
        case Role::Field:
            fields.push_back(at);
            break;
        case Role::Text:
            texts.push_back(at);
            break;
        }
    }
}

bool isBlank(std::string_view text)
{
    return text.find_first_not_of(" \t") == std::string_view::npos;
}

std::optional<Problem> domainOf(const ImportOptions& options, std::string_view word, std::string_view& domain)
{
    word = trimmed(word);
    if (word.empty()) {
        return Problem{TRANSLATABLE("errors", "The domain is empty."), {}};
    }
    domain = word;
    if (options.domainNames.empty()) {
        return std::nullopt;
    }
    const auto renamed = options.domainNames.find(std::string(word));
    if (renamed == options.domainNames.end()) {
        return Problem{TRANSLATABLE("errors", "The domain \"%1\" is none of those that were named."),
                       {std::string(word)}};
    }
    domain = renamed->second;
    return std::nullopt;
}

Status AccountNumbers::resolve(const Step& step, const KeyTable& keys)
{
    if (m_ids.size() == keys.size()) {
        return {};
    }
    const Database& database = step.workspace.database();
    const Result<PlatformId> platform = Catalog(step.workspace).ensurePlatform(m_platform);
    Result<Statement> find = database.prepare("SELECT id FROM account WHERE platform = ? AND key = ?");
    Result<Statement> addPerson = database.prepare("INSERT INTO person DEFAULT VALUES");
    Result<Statement> add = database.prepare("INSERT INTO account(platform, key, person) VALUES(?, ?, ?)");
    for (const Status& ready :
         {platform.map([](auto) {}), find.map([](auto&) {}), addPerson.map([](auto&) {}), add.map([](auto&) {
          })}) {
        if (!ready) {
            return ready;
        }
    }
    while (m_ids.size() < keys.size()) {
        const std::string_view key = keys.key(static_cast<std::uint32_t>(m_ids.size()));
        const Result<bool> found = find->bind(1, number(*platform)).bind(2, key).step();
        if (!found) {
            return passOn(found);
        }
        const std::optional<std::int64_t> id = *found ? std::optional(find->integer(0)) : std::nullopt;
        find->rewind();
        if (!id) {
            const Status added = addPerson->run().and_then([&] {
                return add->bind(1, number(*platform)).bind(2, key).bind(3, database.lastInsertId()).run();
            });
            if (!added) {
                return added;
            }
        }
        m_ids.push_back(id ? *id : database.lastInsertId());
        if (m_ids.size() % 1024 == 0) {
            if (const Status going = step.context.checkpoint(); !going) {
                return going;
            }
        }
    }
    return {};
}

} // namespace transept
