#include "core/base/Parallel.h"
#include "core/model/Methods.h"
#include "core/model/SparseItemModel.h"
#include "core/model/TaskGuard.h"
#include "core/model/TextSimilarity.h"

#include <algorithm>

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

/// What an item has of a rule's facet, in ascending order.
std::vector<std::string> valuesOf(const ItemKnowledge* knowledge, std::size_t item, const std::string& facet)
{
    std::vector<std::string> values;
    if (knowledge == nullptr || item >= knowledge->facets.size()) {
        return values;
    }
    for (const Facet& each : knowledge->facets[item]) {
        if (facet.empty() || lowered(each.name) == lowered(facet)) {
            values.push_back(lowered(each.text));
        }
    }
    std::ranges::sort(values);
    return values;
}

bool has(const std::vector<std::string>& values, const std::string& wanted)
{
    return wanted.empty() || std::ranges::binary_search(values, lowered(wanted));
}

bool meet(const std::vector<std::string>& a, const std::vector<std::string>& b)
{
    return std::ranges::any_of(
        a, [&](const std::string& value) { return std::ranges::binary_search(b, value); });
}

/// A rule with what it says of the items of a run.
class JoinedItems
{
public:
    JoinedItems(const Rule& rule, const TrainingData& data, const History& history)
        : m_rule(rule)
        , m_history(history)
    {
        const bool looksAtFacets = !rule.facet.empty() || !rule.from.empty() || !rule.to.empty();
        m_onlyShared = !rule.facet.empty() && rule.from.empty() && rule.to.empty();
        m_isSource.push_back(rule.source == data.target.name);
        for (const TrainingDomain& source : data.sources) {
            m_isSource.push_back(rule.source.empty() || rule.source == source.name);
        }
        for (std::size_t column = 0; looksAtFacets && column < history.columnCount(); ++column) {
            const int domain = history.domainOf(column);
            const TrainingDomain& from =
                domain < 0 ? data.target : data.sources[static_cast<std::size_t>(domain)];
            m_values.push_back(valuesOf(from.knowledge.get(), index(history.itemOf(column)), rule.facet));
        }
    }

    /// Whether the item of this history column can speak at all.
    bool speaks(std::size_t column) const
    {
        return m_isSource[static_cast<std::size_t>(m_history.domainOf(column) + 1)] &&
               (m_values.empty() || has(m_values[column], m_rule.from));
    }

    /// Whether it speaks for that item of the target.
    bool joins(std::size_t column, std::size_t item) const
    {
        return m_values.empty() ||
               (has(m_values[item], m_rule.to) && (!m_onlyShared || meet(m_values[column], m_values[item])));
    }

    const Rule& rule() const { return m_rule; }

private:
    Rule m_rule;
    const History& m_history;
    bool m_onlyShared = false;                      ///< a facet alone: both have a value of it in common
    std::vector<bool> m_isSource;                   ///< the target first, then the sources
    std::vector<std::vector<std::string>> m_values; ///< by history column; empty without a condition
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
        Result<History> history = History::of(*data, m_values, context.job);
        if (!history) {
            return passOn(history);
        }
        const Result<TextSimilarity> similarity = TextSimilarity::of(*data, *history, m_basis, 1);
        if (!similarity) {
            return passOn(similarity);
        }
        Result<SparseRows> listeners = join(*data, *history, *similarity, context.job);
        if (!listeners) {
            return passOn(listeners);
        }
        SparseRows queries = history->rows();
        return std::make_shared<const SparseItemModel>(std::move(*history),
                                                       std::move(queries),
                                                       std::move(*listeners),
                                                       NewcomerHistory(*data, m_values, 1.0));
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
            joined.emplace_back(rule, data, history);
        }
        constexpr std::size_t columnsPerBlock = 16;
        const std::size_t targets = history.targetCount();
        std::vector<std::vector<std::pair<std::int32_t, float>>> found(history.columnCount());
        TaskGuard guard(job);
        std::atomic<std::size_t> count = 0;
        forEachBlock(found.size(), columnsPerBlock, [&](std::size_t, std::size_t first, std::size_t last) {
            std::vector<float> cosines(targets);
            std::vector<float> strengths(targets);
            for (std::size_t column = first; column < last && guard.mayGoOn() && count <= mostPairs;
                 ++column) {
                if (addStrengths(joined, similarity, column, cosines, strengths)) {
                    found[column] = entriesOf(strengths);
                    count += found[column].size();
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
        for (const auto& entries : found) {
            for (const auto& [item, strength] : entries) {
                listeners.columns.push_back(item);
                listeners.values.push_back(strength);
            }
            listeners.starts.push_back(listeners.columns.size());
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

    static std::vector<std::pair<std::int32_t, float>> entriesOf(std::span<const float> strengths)
    {
        std::vector<std::pair<std::int32_t, float>> entries;
        for (std::size_t item = 0; item < strengths.size(); ++item) {
            if (strengths[item] != 0.0F) {
                entries.emplace_back(static_cast<std::int32_t>(item), strengths[item]);
            }
        }
        return entries;
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
        .traitsOf = traitsOfRules};
}

} // namespace transept
