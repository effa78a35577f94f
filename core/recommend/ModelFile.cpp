#include "core/recommend/ModelFile.h"

#include "core/base/File.h"
#include "core/base/RowOf.h"
#include "core/base/Sha256.h"
#include "core/base/Words.h"
#include "core/evaluation/TopItems.h"
#include "core/recommend/Keys.h"
#include "core/recommend/Lists.h"
#include "core/recommend/Newcomers.h"
#include "core/recommend/TableFile.h"
#include "core/store/Catalog.h"
#include "core/store/Rows.h"

#include <fmt/format.h>

#include <cstring>
#include <fstream>

namespace transept {
namespace {

constexpr std::string_view mark = "transept-model ";
constexpr int version = 1;

/// Texts one after the other, each with its length before it.
void append(std::string& bytes, std::string_view text)
{
    const auto length = static_cast<std::uint32_t>(text.size());
    bytes.append(reinterpret_cast<const char*>(&length), sizeof(length));
    bytes.append(text);
}

bool take(std::string_view& bytes, std::string& text)
{
    std::uint32_t length = 0;
    if (bytes.size() < sizeof(length)) {
        return false;
    }
    std::memcpy(&length, bytes.data(), sizeof(length));
    bytes.remove_prefix(sizeof(length));
    if (bytes.size() < length) {
        return false;
    }
    text = bytes.substr(0, length);
    bytes.remove_prefix(length);
    return true;
}

Result<std::vector<std::string>> itemKeys(const Workspace& workspace, const DomainData& domain)
{
    const Result<ItemKeys> keys = itemKeysOf(workspace, domain.id);
    if (!keys) {
        return passOn(keys);
    }
    std::vector<std::string> ofItems;
    std::ranges::transform(
        domain.items, std::back_inserter(ofItems), [&](ItemId item) { return keys->of(item); });
    return ofItems;
}

Result<std::vector<std::pair<std::string, std::string>>> userKeys(const Workspace& workspace,
                                                                  const Dataset& data)
{
    std::vector<std::pair<std::string, std::string>> keys(data.users.size());
    Result<Statement> rows =
        prepared(workspace.database(),
                 "SELECT account.person, platform.name, account.key FROM account"
                 " JOIN platform ON platform.id = account.platform"
                 " ORDER BY account.platform <> (SELECT platform FROM domain WHERE id = ?1), account.id",
                 number(data.target.id));
    const Status read = forEachRow(rows, [&](const Statement& row) {
        const auto user = rowOf<UserRow>(data.users, PersonId{row.integer(0)});
        if (user && keys[index(*user)].first.empty()) {
            keys[index(*user)] = {std::string(row.text(1)), std::string(row.text(2))};
        }
    });
    return read ? Result<std::vector<std::pair<std::string, std::string>>>(std::move(keys)) : passOn(read);
}

tl::unexpected<Error> damagedFile(const std::filesystem::path& file)
{
    return fail(ErrorCode::InvalidInput,
                TRANSLATABLE("errors", "The model file %1 is damaged or cut off. Export the model again."),
                {file.string()});
}

Json toJson(const ModelDomain& domain)
{
    return {{"name", domain.name},
            {"kind", wordOf(domain.kind)},
            {"scale", {domain.scaleMin, domain.scaleMax}},
            {"items", domain.items.size()}};
}

/// Everything after the mark. Exceptions of the JSON library stay here.
std::optional<ModelFile> contentOf(const Json& header, std::string_view bytes)
{
    try {
        Result<Spec> spec = specFrom(header.at("spec"));
        if (!spec || sha256(bytes) != header.at("sha256").get<std::string>()) {
            return std::nullopt;
        }
        ModelFile file{.spec = std::move(*spec)};
        bool complete = true;
        for (const Json& each : header.at("domains")) {
            ModelDomain domain{.name = each.at("name"),
                               .kind = each.at("kind") == wordOf(FeedbackKind::Implicit)
                                           ? FeedbackKind::Implicit
                                           : FeedbackKind::Explicit,
                               .scaleMin = each.at("scale").at(0),
                               .scaleMax = each.at("scale").at(1)};
            const auto count = each.at("items").get<std::size_t>();
            for (std::size_t item = 0; complete && item < count; ++item) {
                complete = take(bytes, domain.items.emplace_back());
            }
            file.domains.push_back(std::move(domain));
        }
        const auto users = header.at("users").get<std::size_t>();
        for (std::size_t user = 0; complete && user < users; ++user) {
            auto& [platform, key] = file.users.emplace_back();
            complete = take(bytes, platform) && take(bytes, key);
        }
        file.model = bytes;
        const bool fits = file.domains.size() == file.spec.data.sources.size() + 1;
        return complete && fits ? std::optional(std::move(file)) : std::nullopt;
    } catch (const Json::exception&) {
        return std::nullopt;
    }
}

/// The model's domains as they are in a workspace.
class PresentData
{
public:
    static Result<PresentData> load(const Workspace& workspace,
                                    const ModelFile& file,
                                    const JobContext& context)
    {
        PresentData data;
        const StopWatcher watcher(workspace.database(), context);
        if (const Status found = data.findUsers(workspace, file); !found) {
            return passOn(found);
        }
        for (std::size_t at = 0; at < file.domains.size(); ++at) {
            const Status read = data.readDomain(workspace, file, at);
            if (!read) {
                return passOn(read);
            }
        }
        return data;
    }

    const std::map<PersonId, std::vector<PastEvent>>& histories() const { return m_histories; }
    std::optional<UserRow> userOf(PersonId person) const
    {
        const auto found = m_rows.find(person);
        return found == m_rows.end() ? std::nullopt : std::optional(found->second);
    }
    const std::string& keyOf(PersonId person) const { return m_keys.at(person); }
    std::size_t unknownItems() const { return m_unknownItems; }

    /// The present interactions of the model's users, by its rows.
    std::shared_ptr<const TrainingData> trainingData(const ModelFile& file) const
    {
        auto data = std::make_shared<TrainingData>();
        data->userCount = file.users.size();
        data->sources.resize(file.domains.size() - 1);
        for (std::size_t at = 0; at < file.domains.size(); ++at) {
            const ModelDomain& from = file.domains[at];
            TrainingDomain& domain = at == 0 ? data->target : data->sources[at - 1];
            domain.name = from.name;
            domain.kind = from.kind;
            domain.scaleMin = from.scaleMin;
            domain.scaleMax = from.scaleMax;
            domain.interactions = InteractionMatrix(data->userCount, from.items.size(), m_events[at]);
        }
        return data;
    }

private:
    Status findUsers(const Workspace& workspace, const ModelFile& file)
    {
        std::map<std::pair<std::string_view, std::string_view>, UserRow> rows;
        for (std::size_t user = 0; user < file.users.size(); ++user) {
            rows.emplace(file.users[user], static_cast<UserRow>(user));
        }
        Result<Statement> accounts = workspace.database().prepare(
            "SELECT account.person, platform.name, account.key FROM account"
            " JOIN platform ON platform.id = account.platform ORDER BY account.id");
        return forEachRow(accounts, [&](const Statement& row) {
            const PersonId person{row.integer(0)};
            m_keys.emplace(person, row.text(2));
            const auto found = rows.find(std::pair(row.text(1), row.text(2)));
            if (found != rows.end()) {
                m_rows.emplace(person, found->second);
            }
        });
    }

    /// What training would read of the domain, in file order.
    Status readDomain(const Workspace& workspace, const ModelFile& file, std::size_t at)
    {
        const ModelDomain& domain = file.domains[at];
        const int place = static_cast<int>(at) - 1; // as PastEvent has it
        const Result<Domain> found = Catalog(workspace).domain(domain.name);
        if (!found) {
            return passOn(found);
        }
        if (found->kind != domain.kind) {
            return fail(ErrorCode::InvalidInput,
                        TRANSLATABLE("errors",
                                     "The domain %1 has %2 feedback here; the model learnt from a domain of "
                                     "that name with %3 feedback."),
                        {domain.name, std::string(wordOf(found->kind)), std::string(wordOf(domain.kind))});
        }
        std::unordered_map<std::string_view, ItemRow> rows;
        for (std::size_t item = 0; item < domain.items.size(); ++item) {
            rows.emplace(domain.items[item], static_cast<ItemRow>(item));
        }
        Result<Statement> events = prepared(
            workspace.database(),
            "SELECT account.person, item.key, value, coalesce(time, 0) FROM interaction"
            " JOIN account ON account.id = interaction.account JOIN item ON item.id = interaction.item"
            " WHERE interaction.domain = ?1 ORDER BY interaction.import, interaction.line, entry",
            number(found->id));
        std::vector<Event>& ofUsers = m_events.emplace_back();
        return forEachRow(events, [&](const Statement& row) {
            const double value = row.real(2);
            if (isTooLow(file.spec.data, place, value)) {
                return;
            }
            const auto item = rows.find(row.text(1));
            if (item == rows.end()) {
                ++m_unknownItems;
                return;
            }
            const PersonId person{row.integer(0)};
            const PastEvent event{.domain = place,
                                  .item = item->second,
                                  .value = static_cast<float>(value),
                                  .time = row.integer(3)};
            m_histories[person].push_back(event);
            if (const std::optional<UserRow> user = userOf(person)) {
                ofUsers.push_back(
                    {.user = *user, .item = event.item, .value = event.value, .time = event.time});
            }
        });
    }

    std::map<PersonId, std::vector<PastEvent>> m_histories; ///< target first, each domain in file order
    std::vector<std::vector<Event>> m_events;               ///< of the model's users, by domain
    std::unordered_map<PersonId, UserRow> m_rows;
    std::unordered_map<PersonId, std::string> m_keys;
    std::size_t m_unknownItems = 0;
};

} // namespace

Status writeModelFile(const Workspace& workspace, const FittedRun& run, const std::filesystem::path& to)
{
    const std::optional<std::string> model = run.model->serialised();
    if (!model) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors",
                                 "The method %1 keeps no model: it is fitted again whenever it is needed. "
                                 "Methods that are trained in epochs keep one."),
                    {run.spec.method});
    }
    Json domains = Json::array();
    std::string bytes;
    for (std::size_t at = 0; at <= run.data.sources.size(); ++at) {
        const DomainData& data = at == 0 ? run.data.target : run.data.sources[at - 1];
        Result<std::vector<std::string>> keys = itemKeys(workspace, data);
        if (!keys) {
            return passOn(keys);
        }
        const ModelDomain domain{.name = data.name,
                                 .kind = data.kind,
                                 .scaleMin = data.scaleMin,
                                 .scaleMax = data.scaleMax,
                                 .items = std::move(*keys)};
        std::ranges::for_each(domain.items, [&](const std::string& key) { append(bytes, key); });
        domains.push_back(toJson(domain));
    }
    const auto users = userKeys(workspace, run.data);
    if (!users) {
        return passOn(users);
    }
    for (const auto& [platform, key] : *users) {
        append(bytes, platform);
        append(bytes, key);
    }
    bytes += *model;
    const Json header{{"spec", transept::toJson(run.spec)},
                      {"domains", std::move(domains)},
                      {"users", users->size()},
                      {"sha256", sha256(bytes)}};
    const std::string text = header.dump(-1, ' ', false, Json::error_handler_t::replace);
    Result<ReplacedFile> file = ReplacedFile::open(to);
    if (!file) {
        return passOn(file);
    }
    return file->write(fmt::format("{}{}\n{}\n", mark, version, text))
        .and_then([&] { return file->write(bytes); })
        .and_then([&] { return file->commit(); });
}

Result<ModelFile> readModelFile(const std::filesystem::path& from)
{
    std::ifstream input;
    if (!isOpenDatabase(from)) {
        input.open(from, std::ios::binary);
    }
    std::string first;
    if (!input.is_open() || !std::getline(input, first) || !first.starts_with(mark)) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors",
                         "%1 is no model file, or cannot be read. Files that \"transept export --what "
                         "model\" wrote are."),
            {from.string()});
    }
    const auto found = parseInteger(std::string_view(first).substr(mark.size()));
    if (!found || *found < 1) {
        return damagedFile(from);
    }
    if (*found > version) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors",
                                 "%1 was written by a newer Transept (model file version %2; this one reads "
                                 "%3). Update the program."),
                    {from.string(), std::to_string(*found), std::to_string(version)});
    }
    std::string line;
    std::getline(input, line);
    const std::string bytes((std::istreambuf_iterator<char>(input)), {});
    const Json header = Json::parse(line, nullptr, false);
    std::optional<ModelFile> file = header.is_object() ? contentOf(header, bytes) : std::nullopt;
    return file ? Result<ModelFile>(std::move(*file)) : damagedFile(from);
}

Result<AppliedModel> applyModel(const Workspace& workspace,
                                const ModelFile& file,
                                const ApplyOptions& options,
                                const JobContext& context)
{
    const Result<const MethodDescription*> method = findMethod(file.spec.method);
    const Result<PresentData> data = method ? PresentData::load(workspace, file, context) : passOn(method);
    if (!data) {
        return passOn(data);
    }
    const Result<std::shared_ptr<const Model>> model =
        (*method)->create(file.spec.parameters)->restore(data->trainingData(file), file.model);
    if (!model) {
        return passOn(model);
    }
    Result<TableFile> table = TableFile::open(options.to, {"user", "rank", "item", "score", "folded_in"});
    if (!table) {
        return passOn(table);
    }
    AppliedModel applied{.unknownItems = data->unknownItems()};
    const std::vector<std::string>& keys = file.domains.front().items;
    std::vector<float> scores(keys.size());
    for (const auto& [person, history] : data->histories()) {
        if (const Status goOn = context.checkpoint(); !goOn) {
            return passOn(goOn);
        }
        const std::optional<UserRow> row = data->userOf(person);
        if (row) {
            (*model)->score(*row, scores);
        } else if (!(*model)->foldIn(history, scores)) {
            ++applied.leftOut;
            continue;
        }
        ++(row ? applied.known : applied.foldedIn);
        const TopItems best = topItems(scores, targetItemsOf(history), static_cast<std::size_t>(options.top));
        for (std::size_t place = 0; place < best.items.size(); ++place) {
            const Status added = table->add({data->keyOf(person),
                                             static_cast<int>(place) + 1,
                                             keys[index(best.items[place])],
                                             best.scores[place],
                                             !row.has_value()});
            if (!added) {
                return passOn(added);
            }
        }
    }
    const Status closed = table->close();
    return closed ? Result<AppliedModel>(applied) : passOn(closed);
}

} // namespace transept
