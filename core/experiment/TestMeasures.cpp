#include "core/experiment/TestMeasures.h"

#include "core/evaluation/Measures.h"

namespace transept {
namespace {

constexpr int shortestList = 20; ///< kept for a user, also when no measure looks that far

/// How long the kept lists are: as far as the furthest measure looks. None when only ratings are measured.
int listLength(const std::vector<std::string>& measures)
{
    int length = 0;
    for (const std::string& name : measures) {
        const Result<MeasureName> parsed = parseMeasure(name, "measures");
        if (parsed && looksAtLists(*parsed)) {
            length = std::max({length, parsed->k, shortestList});
        }
    }
    return length;
}

template<typename Row, typename Id>
Id at(const std::vector<Id>& ids, Row row)
{
    return ids[index(row)];
}

std::vector<StoredList> storedLists(const Dataset& data, const std::vector<UserList>& lists)
{
    std::vector<StoredList> stored;
    stored.reserve(lists.size());
    for (const UserList& list : lists) {
        StoredList each{.person = at(data.users, list.user), .scores = list.scores};
        for (const ItemRow item : list.items) {
            each.items.push_back(at(data.target.items, item));
        }
        for (const ItemRow item : list.relevant) {
            each.relevant.push_back(at(data.target.items, item));
        }
        stored.push_back(std::move(each));
    }
    return stored;
}

StoredPredictions storedPredictions(const Dataset& data,
                                    const HeldOut& test,
                                    const std::vector<float>& predictions)
{
    StoredPredictions stored{.predictions = predictions};
    for (std::size_t event = 0; event < predictions.size(); ++event) {
        stored.persons.push_back(at(data.users, test.events[event].user));
        stored.items.push_back(at(data.target.items, test.events[event].item));
        stored.truths.push_back(test.events[event].value);
    }
    return stored;
}

} // namespace

Result<RunStore::Outcome> measureTest(const Spec& spec,
                                      const Prepared& prepared,
                                      const Model& model,
                                      const JobContext& context)
{
    const std::vector<std::string> measures = measuresOf(spec, model.predictsRatings());
    Result<Evaluation> evaluation = evaluate(model,
                                             *prepared.parts.training,
                                             prepared.parts.test,
                                             &prepared.parts.validation,
                                             {.measures = measures,
                                              .positive = spec.data.positive,
                                              .listLength = listLength(measures),
                                              .seed = spec.split.seed,
                                              .alsoKnown = &prepared.parts.unused},
                                             context);
    if (!evaluation) {
        return passOn(evaluation);
    }
    RunStore::Outcome outcome{
        .measures = std::move(evaluation->values),
        .perUser = std::move(evaluation->perUser),
        .lists = storedLists(prepared.data, evaluation->lists),
        .predictions = storedPredictions(prepared.data, prepared.parts.test, evaluation->predictions)};
    for (const UserRow user : evaluation->users) {
        outcome.users.push_back(at(prepared.data.users, user));
    }
    return outcome;
}

} // namespace transept
