#include "core/ingest/Repair.h"
#include "core/ingest/Sink.h"

#include "core/base/Words.h"

namespace transept {
namespace {

struct ItemRow
{
    std::vector<std::string> domains;
    std::string key;
    std::optional<std::string> title;
    std::vector<std::pair<std::string_view, std::string>> fields; ///< names live in the plan
    std::int64_t line = 0;
};

struct Statements
{
    static Result<Statements> prepare(const Database& database);

    Statement find;
    Statement add;
    Statement update;
    Statement field;
};

/// Descriptions: an item that does not exist is made, one that does gets the new title and fields.
class ItemSink final : public Sink
{
public:
    explicit ItemSink(const ImportPlan& plan) : m_plan(plan), m_places(plan.roles) {}

    Taken take(const Record& record, std::optional<Problem>& problem) override;
    std::size_t buffered() const override { return m_rows.size(); }
    Status write(Step& step) override;

private:
    Result<std::int64_t> domainId(const Step& step, const std::string& name);
    Status writeItem(const Step& step, std::int64_t domain, const ItemRow& row);

    const ImportPlan& m_plan;
    Places m_places;
    std::optional<Statements> m_sql;
    std::map<std::string, std::int64_t> m_domains;
    std::vector<ItemRow> m_rows;
};

Result<Statements> Statements::prepare(const Database& database)
{
    Result<Statement> find = database.prepare("SELECT id FROM item WHERE domain = ? AND key = ?");
    Result<Statement> add =
        database.prepare("INSERT INTO item(domain, key, title, import, line) VALUES(?, ?, ?, ?, ?)");
    Result<Statement> update =
        database.prepare("UPDATE item SET title = coalesce(?2, title), import = ?3, line = ?4 WHERE id = ?1");
    Result<Statement> field = database.prepare(
        "INSERT INTO item_field(item, name, value) VALUES(?, ?, ?) ON CONFLICT DO UPDATE SET value ="
        " excluded.value");
    for (const Result<Statement>* each : {&find, &add, &update, &field}) {
        if (!*each) {
            return passOn(*each);
        }
    }
    return Statements{std::move(*find), std::move(*add), std::move(*update), std::move(*field)};
}

Taken ItemSink::take(const Record& record, std::optional<Problem>& problem)
{
    ItemRow row{
        .domains = m_plan.domains, .key = std::string(fieldAt(record, m_places.item)), .line = record.line};
    if (isBlank(row.key)) {
        problem = Problem{TRANSLATABLE("errors", "The item is empty."), {}};
        return Taken::Rejected;
    }
    if (m_places.domain >= 0) {
        std::string_view domain;
        problem = domainOf(m_plan.options, fieldAt(record, m_places.domain), domain);
        if (problem) {
            return Taken::Rejected;
        }
        row.domains = {std::string(domain)};
    }
    if (const std::string_view title = fieldAt(record, m_places.title); !isBlank(title)) {
        row.title = withoutEntities(trimmed(title));
    }
    const auto keep = [&](std::size_t place) {
        const std::string_view value = fieldAt(record, static_cast<int>(place));
        if (!isBlank(value)) {
            row.fields.emplace_back(m_plan.names[place], withoutEntities(trimmed(value)));
        }
    };
    std::for_each(m_places.fields.begin(), m_places.fields.end(), keep);
    std::for_each(m_places.texts.begin(), m_places.texts.end(), keep);
    m_rows.push_back(std::move(row));
    return Taken::Buffered;
}

Result<std::int64_t> ItemSink::domainId(const Step& step, const std::string& name)
{
    if (const auto known = m_domains.find(name); known != m_domains.end()) {
        return known->second;
    }
    const Result<Domain> domain = ensureDomain(step.workspace, name, m_plan);
    if (!domain) {
        return passOn(domain);
    }
    return m_domains[name] = number(domain->id);
}

Status ItemSink::writeItem(const Step& step, std::int64_t domain, const ItemRow& row)
{
    const Result<bool> found = m_sql->find.bind(1, domain).bind(2, std::string_view(row.key)).step();
    if (!found) {
        return passOn(found);
    }
    std::int64_t id = *found ? m_sql->find.integer(0) : 0;
    m_sql->find.rewind();
    const std::optional<std::string_view> title =
        row.title ? std::optional<std::string_view>(*row.title) : std::nullopt;
    Status done;
    if (id != 0) {
        done = m_sql->update.bind(1, id).bind(2, title).bind(3, number(step.import)).bind(4, row.line).run();
    } else {
        done = m_sql->add.bind(1, domain)
                   .bind(2, std::string_view(row.key))
                   .bind(3, title)
                   .bind(4, number(step.import))
                   .bind(5, row.line)
                   .run();
        id = step.workspace.database().lastInsertId();
    }
    for (const auto& field : row.fields) {
        done = done.and_then([&] {
            return m_sql->field.bind(1, id)
                .bind(2, field.first)
                .bind(3, std::string_view(field.second))
                .run();
        });
    }
    return done;
}

Status ItemSink::write(Step& step)
{
    if (!m_sql) {
        Result<Statements> prepared = Statements::prepare(step.workspace.database());
        if (!prepared) {
            return passOn(prepared);
        }
        m_sql.emplace(std::move(*prepared));
    }
    for (const ItemRow& row : m_rows) {
        for (const std::string& name : row.domains) {
            const Result<std::int64_t> domain = domainId(step, name);
            if (!domain) {
                return passOn(domain);
            }
            if (const Status written = writeItem(step, *domain, row); !written) {
                return written;
            }
        }
        if (++step.counters.imported % 512 == 0) {
            if (const Status going = step.context.checkpoint(); !going) {
                return going;
            }
        }
    }
    m_rows.clear();
    return {};
}

} // namespace

std::unique_ptr<Sink> makeItemSink(const ImportPlan& plan)
{
    return std::make_unique<ItemSink>(plan);
}

} // namespace transept
