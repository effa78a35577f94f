#pragma once

#include "core/store/KnowledgeStore.h"
#include "tests/support/Datasets.h"
#include "tests/support/Runs.h"

namespace transept::test {

/// Vectors, facets and terms for every item of the workspace.
inline void addKnowledge(const Workspace& workspace, std::string_view name)
{
    constexpr std::uint32_t terms = 20;
    constexpr int dimension = 6;
    const KnowledgeStore store(workspace);
    const KnowledgeId base = valueOf(store.begin(name, "lexical", Json::object()));
    Statement items = valueOf(workspace.database().prepare("SELECT id FROM item ORDER BY id"));
    std::vector<ItemFacts> facts;
    Random random(5);
    while (valueOf(items.step())) {
        ItemFacts item{.item = ItemId{items.integer(0)}};
        for (int column = 0; column < dimension; ++column) {
            item.vector.push_back(static_cast<float>(random.normal()));
        }
        item.facets = {{.name = "genre", .text = std::to_string(random.below(5))},
                       {.name = "mood", .text = std::to_string(random.below(3))}};
        item.termWeights = {{static_cast<std::uint32_t>(random.below(terms / 2)), 0.8F},
                            {static_cast<std::uint32_t>(terms / 2 + random.below(terms / 2)), 0.6F}};
        facts.push_back(std::move(item));
    }
    std::vector<std::pair<std::string, std::int64_t>> words;
    for (std::uint32_t term = 0; term < terms; ++term) {
        words.emplace_back("term" + std::to_string(term), 10);
    }
    valueOf(store.putTerms(base, words).map([] { return 0; }));
    valueOf(store.put(base, facts).map([] { return 0; }));
    valueOf(store.setDimension(base, dimension).map([] { return 0; }));
    valueOf(store.setState(base, "finished").map([] { return 0; }));
}

/// The target "films", the source "books" with the same people, and the knowledge base "kb": every method can
/// learn from it, from an implicit target those that need no ratings.
inline void fillForEveryMethod(const Workspace& workspace, bool isImplicit)
{
    fill(workspace, ratingsPicture(isImplicit ? "films, implicit" : "films", 80, 60, 20, 1));
    fill(workspace, ratingsPicture("books", 80, 50, 12, 2));
    addKnowledge(workspace, "kb");
}

/// A run of the method on such a workspace that takes a moment.
inline std::map<std::string, Json> shortRunOf(const MethodDescription& method, int epochs = 4)
{
    std::map<std::string, Json> changes{
        {"method.name", method.name}, {"data.sources", {"books"}}, {"knowledge", "kb"}};
    for (const Parameter& parameter : method.parameters) {
        if (parameter.name == "epochs" || parameter.name == "samples") {
            changes["method." + parameter.name] = epochs;
        }
    }
    return changes;
}

/// Everything that a run came to, to the last bit.
struct Learnt
{
    std::map<std::string, double> measures;
    std::map<std::string, std::vector<double>> curves;
    std::vector<std::vector<ItemId>> items;
    std::vector<std::vector<float>> scores;
    std::vector<float> predictions;
    std::optional<std::string> model;
    int bestEpoch = 0;
    bool operator==(const Learnt&) const = default;
};

inline Learnt learntBy(const Workspace& workspace, const RunRecord& run)
{
    const RunStore store(workspace);
    Learnt learnt{.measures = run.measures,
                  .predictions = valueOf(store.predictions(run.id)).predictions,
                  .model = valueOf(store.model(run.id)),
                  .bestEpoch = run.bestEpoch};
    for (const auto& [series, points] : valueOf(store.curves(run.id))) {
        for (const CurvePoint& point : points) {
            learnt.curves[series].push_back(point.value);
        }
    }
    for (const StoredList& list : valueOf(store.lists(run.id))) {
        learnt.items.push_back(list.items);
        learnt.scores.push_back(list.scores);
    }
    return learnt;
}

} // namespace transept::test
