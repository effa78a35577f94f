#include "core/base/Interruptible.h"
#include "core/base/Parallel.h"
#include "core/base/TaskGuard.h"
#include "core/model/Methods.h"
#include "core/model/SparseItemModel.h"
#include "core/model/TextSimilarity.h"

#include <algorithm>
#include <atomic>
#include <unordered_map>

namespace transept {
namespace {

/// Pairs of items that rules may join: 2 GB.
constexpr std::size_t mostPairs = std::size_t{1} << 28U;

/// One row of the table: items of `source` speak for items of the target.
struct Rule
{
    std::string source; ///< empty: every source domain
    std::string facet;  ///< empty: any
    std::string from;
    std::string to;
    float weight = 1.0F;
    float tau = 0.8F; ///< of the similarity, to be exceeded
};

std::vector<Rule> rulesFrom(const Json& rows)
{
    std::vector<Rule> rules;
    for (const Json& row : rows) {
        const Parameters values(row);
        rules.push_back({.source = values.text("source"),
                         .facet = values.text("facet"),
                         .from = values.text("from"),
                         .to = values.text("to"),
                         .weight = values.single("weight"),
                         .tau = values.single("tau")});
    }
    return rules.empty() ? std::vector<Rule>{Rule{}} : rules;
}

/// Latin letters in lower case: what people type without thinking of it.
std::string lowered(std::string text)
{
    std::ranges::transform(text, text.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    return text;
}

/// A rule with what it says of the items of a run.
class JoinedItems
{
public:
    static Result<JoinedItems> of(Rule rule,
                                  const TrainingData& data,
                                  const History& history,
                                  const JobContext& job)
    {
        JoinedItems joined(std::move(rule), data, history);
        const Rule& own = joined.m_rule;
        if (own.facet.empty() && own.from.empty() && own.to.empty()) {
            return joined;
        }
        joined.m_looksAtFacets = true;
        joined.m_onlyShared = own.from.empty() && own.to.empty();
        const std::string facet = lowered(own.facet);
        const std::optional<Value> from = joined.valueOf(own.from);
        const std::optional<Value> to = joined.valueOf(own.to);
        for (std::size_t column = 0; column < history.columnCount(); ++column) {
            if (const Status goOn = everyFewThousand(column, job); !goOn) {
                return passOn(goOn);
            }
            std::vector<Value> values = joined.valuesOf(data, column, facet);
            joined.m_says.push_back(has(values, from));
            if (column < history.targetCount()) {
                joined.m_isMeant.push_back(has(values, to));
            }
            if (joined.m_onlyShared) {
                joined.m_values.push_back(std::move(values));
            }
        }
        return joined;
    }

    /// Whether the item of this history column can speak at all.
    bool speaks(std::size_t column) const
    {
        const int place = m_history->domainOf(column) + 1;
        return m_isSource[static_cast<std::size_t>(place)] && (!m_looksAtFacets || m_says[column]);
    }

    /// Whether it speaks for that item of the target.
    bool joins(std::size_t column, std::size_t item) const
    {
        return !m_looksAtFacets ||
               (m_isMeant[item] && (!m_onlyShared || meet(m_values[column], m_values[item])));
    }

    const Rule& rule() const { return m_rule; }

private:
    using Value = std::uint32_t; ///< the number of a text in lower case

    JoinedItems(Rule rule, const TrainingData& data, const History& history)
        : m_rule(std::move(rule))
        , m_history(&history)
    {
        m_isSource.push_back(m_rule.source == data.target.name);
        for (const TrainingDomain& source : data.sources) {
            m_isSource.push_back(m_rule.source.empty() || m_rule.source == source.name);
        }
    }

    /// Nothing for an empty text, which stands for any.
    std::optional<Value> valueOf(const std::string& text)
    {
        return text.empty() ? std::nullopt : std::optional(numberOf(text));
    }

    Value numberOf(const std::string& text)
    {
        return m_numbers.try_emplace(lowered(text), static_cast<Value>(m_numbers.size())).first->second;
    }

    /// What the item of a column has of the facet (empty: of any), ascending.
    std::vector<Value> valuesOf(const TrainingData& data, std::size_t column, const std::string& facet)
    {
        const int domain = m_history->domainOf(column);
        const auto& knowledge =
            (domain < 0 ? data.target : data.sources[static_cast<std::size_t>(domain)]).knowledge;
        const std::size_t item = index(m_history->itemOf(column));
        std::vector<Value> values;
        if (knowledge != nullptr && item < knowledge->facets.size()) {
            for (const Facet& each : knowledge->facets[item]) {
                if (facet.empty() || lowered(each.name) == facet) {
                    values.push_back(numberOf(each.text));
                }
            }
        }
        std::ranges::sort(values);
        return values;
    }

    static bool has(const std::vector<Value>& values, std::optional<Value> wanted)
    {
        return !wanted || std::ranges::binary_search(values, *wanted);
    }

    static bool meet(const std::vector<Value>& a, const std::vector<Value>& b)
    {
        return std::ranges::any_of(a, [&](Value value) { return std::ranges::binary_search(b, value); });
    }

    Rule m_rule;
    const History* m_history;
    bool m_looksAtFacets = false;
    bool m_onlyShared = false;    ///< a facet alone: both have a value of it in common
    std::vector<bool> m_isSource; ///< the target first, then the sources
    std::unordered_map<std::string, Value> m_numbers;
    std::vector<bool> m_says;                 ///< by history column: what the rule asks of the user's item
    std::vector<bool> m_isMeant;              ///< by the target's items: what it asks of the candidate
    std::vector<std::vector<Value>> m_values; ///< by history column, where they are compared
};

/// For a user's liked items j of a domain that a rule joins to the candidate c, over all rules:
///
///   score(u, c) = sum of weight 1[cos(x_j, x_c) > tau] cos(x_j, x_c)
class RuleMethod final : public Method
{
public:
    RuleMethod(std::vector<Rule> rules, EntryValue values, TextBasis basis)
        : m_rules(std::move(rules))
        , m_values(values)
        , m_basis(basis)
    {
    }

    Result<std::shared_ptr<const Model>> fit(std::shared_ptr<const TrainingData> data,
                                             const FitContext& context) const override
    {
        constexpr double noDecay = 1.0;
        Result<ScoredHistory> scored = ScoredHistory::of(*data, m_values, noDecay, context.job);
        if (!scored) {
            return passOn(scored);
        }
        const Result<TextSimilarity> similarity = TextSimilarity::of(*data, scored->history, m_basis, 1);
        if (!similarity) {
            return passOn(similarity);
        }
        Result<SparseRows> listeners = join(*data, scored->history, *similarity, context.job);
        if (!listeners) {
            return passOn(listeners);
        }
        return std::make_shared<const SparseItemModel>(std::move(*scored), std::move(*listeners));
    }

private:
    /// What every history column says for which items, over all rules.
    Result<SparseRows> join(const TrainingData& data,
                            const History& history,
                            const TextSimilarity& similarity,
                            const JobContext& job) const
    {
        std::vector<JoinedItems> joined;
        for (const Rule& rule : m_rules) {
            Result<JoinedItems> items = JoinedItems::of(rule, data, history, job);
            if (!items) {
                return passOn(items);
            }
            joined.push_back(std::move(*items));
        }
        constexpr std::size_t columnsPerBlock = 16;
        const std::size_t targets = history.targetCount();
        std::vector<SparseRow> found(history.columnCount());
        TaskGuard guard(job);
        std::atomic<std::size_t> count = 0;
        forEachBlock(found.size(), columnsPerBlock, [&](std::size_t, std::size_t first, std::size_t last) {
            std::vector<float> cosines(targets);
            std::vector<float> strengths(targets);
            for (std::size_t column = first; column < last && guard.mayGoOn() && count <= mostPairs;
                 ++column) {
                if (addStrengths(joined, similarity, column, cosines, strengths)) {
                    found[column] = entriesOf(strengths);
                    count += found[column].columns.size();
                }
            }
        });
        if (const Status status = guard.status(); !status) {
            return passOn(status);
        }
        if (count > mostPairs) {
            return fail(
                ErrorCode::InvalidInput,
                TRANSLATABLE("errors",
                             "The rules join more than %1 pairs of items. Raise their tau, or give them "
                             "conditions."),
                {std::to_string(mostPairs)});
        }
        SparseRows listeners{.columnCount = targets};
        for (const SparseRow& row : found) {
            listeners.append(row);
        }
        return listeners;
    }

    /// False when no rule lets the column speak; then nothing is filled in.
    static bool addStrengths(std::span<const JoinedItems> joined,
                             const TextSimilarity& similarity,
                             std::size_t column,
                             std::span<float> cosines,
                             std::span<float> strengths)
    {
        bool speaks = false;
        for (const JoinedItems& items : joined) {
            if (!items.speaks(column)) {
                continue;
            }
            if (!speaks) {
                similarity.toTargets(column, cosines);
                std::ranges::fill(strengths, 0.0F);
                speaks = true;
            }
            for (std::size_t item = 0; item < cosines.size(); ++item) {
                if (cosines[item] > items.rule().tau && items.joins(column, item)) {
                    strengths[item] += items.rule().weight * cosines[item];
                }
            }
        }
        return speaks;
    }

    static SparseRow entriesOf(std::span<const float> strengths)
    {
        SparseRow row;
        for (std::size_t item = 0; item < strengths.size(); ++item) {
            if (strengths[item] != 0.0F) {
                row.columns.push_back(static_cast<std::int32_t>(item));
                row.values.push_back(strengths[item]);
            }
        }
        return row;
    }

    std::vector<Rule> m_rules;
    EntryValue m_values;
    TextBasis m_basis;
};

Parameter condition(const char* name, const char* label, const char* meaning)
{
    return {.name = name, .type = Parameter::Type::Text, .preset = "", .label = label, .meaning = meaning};
}

std::vector<Parameter> columnsOfRules()
{
    return {{.name = "source",
             .type = Parameter::Type::Domain,
             .preset = "",
             .label = TRANSLATABLE("methods", "From domain"),
             .meaning = TRANSLATABLE("methods", "Whose items speak for the target's; empty: every source.")},
            condition("facet",
                      TRANSLATABLE("methods", "Facet"),
                      TRANSLATABLE("methods",
                                   "As in the knowledge base, such as genre. Alone: both items have a value "
                                   "of it in common. Empty: any.")),
            condition("from",
                      TRANSLATABLE("methods", "If it is"),
                      TRANSLATABLE("methods", "What the facet of the user's item says; empty: anything.")),
            condition("to",
                      TRANSLATABLE("methods", "Then for"),
                      TRANSLATABLE("methods", "What the facet of the candidate says; empty: anything.")),
            {.name = "weight",
             .type = Parameter::Type::Real,
             .preset = 1.0,
             .low = -10.0,
             .high = 10.0,
             .label = TRANSLATABLE("methods", "Weight"),
             .meaning = TRANSLATABLE("methods", "How much the rule counts; below 0 it speaks against.")},
            {.name = "tau",
             .type = Parameter::Type::Real,
             .preset = 0.8,
             .low = 0.0,
             .high = 1.0,
             .label = TRANSLATABLE("methods", "Similarity above"),
             .meaning = TRANSLATABLE("methods", "Items whose cosine is not above it are not joined.")}};
}

std::vector<Parameter> parametersOfRule()
{
    Parameter values = entryValueParameter();
    values.preset = "liked";
    Parameter basis = textBasisParameter();
    basis.preset = "vectors";
    return {{.name = "rules",
             .type = Parameter::Type::Table,
             .preset = Json::array(),
             .low = 0.0,
             .high = 1000.0,
             .label = TRANSLATABLE("methods", "Rules"),
             .meaning = TRANSLATABLE(
                 "methods",
                 "Which items of the user's history speak for which candidates. Without a rule every source "
                 "domain speaks for the target."),
             .columns = columnsOfRules()},
            std::move(basis),
            std::move(values)};
}

Traits traitsOfRules(const Parameters& parameters)
{
    const std::vector<Rule> rules = rulesFrom(parameters.table("rules"));
    const bool onVectors = textBasisFrom(parameters) == TextBasis::Vectors;
    return {.needs = {.knowledge = onVectors,
                      .terms = !onVectors,
                      .sources = std::ranges::any_of(rules, &std::string::empty, &Rule::source)},
            .usesSources = true,
            .usesKnowledge = true};
}

/// Every item that speaks is compared with the target's. How many of them a rule joins depends on the texts.
std::optional<Workload> workloadOf(const DataShape& shape, const Parameters& parameters)
{
    constexpr double usuallyJoined = 0.01;
    const std::vector<Rule> rules = rulesFrom(parameters.table("rules"));
    const DomainShape all = shape.joined();
    const double targets = shape.target.items;
    const bool onlySources = std::ranges::all_of(rules, &std::string::empty, &Rule::source);
    const double speakers = onlySources ? all.items - targets : all.items;
    const auto count = static_cast<double>(rules.size());
    const double joined = usuallyJoined * speakers * targets;
    const double history =
        workload::countedShare(parameters.text("values")) * all.interactions / std::max(shape.users, 1.0);
    Workload load{.start = workload::history(shape)};
    load.start.alone += {.scattered = 4.0 * all.terms, .steps = 40.0 * count * all.facets + 4.0 * joined};
    load.start.shared +=
        speakers * (textSimilarityWork(shape, textBasisFrom(parameters), 1) + Work{.steps = count * targets});
    load.ranking = {.streamed = targets, .scattered = 2.0 * history * usuallyJoined * targets};
    load.trainBytes = 24.0 * all.terms + 16.0 * joined + 48.0 * all.items;
    load.modelBytes = workload::historyBytes(shape) + 8.0 * joined;
    return load;
}

} // namespace

MethodDescription describeRule()
{
    return {
        .name = "rule",
        .title = TRANSLATABLE("methods", "Rules"),
        .family = TRANSLATABLE("methods", "Knowledge"),
        .source = "Burke 2000 (knowledge-based)",
        .meaning = TRANSLATABLE(
            "methods",
            "What a person who knows the domains would say: whoever liked this there will like that here, "
            "as far as the two are alike. The rules are a table that can be edited; every recommendation "
            "names the items that it comes from."),
        .needs = {.knowledge = true, .sources = true},
        .usesSources = true,
        .usesKnowledge = true,
        .parameters = parametersOfRule(),
        .create = [](const Parameters& parameters) -> std::unique_ptr<Method> {
            return std::make_unique<RuleMethod>(
                rulesFrom(parameters.table("rules")), entryValueFrom(parameters), textBasisFrom(parameters));
        },
        .traitsOf = traitsOfRules,
        .workload = workloadOf};
}

} // namespace transept
