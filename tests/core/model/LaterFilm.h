#pragma once

#include "core/model/Method.h"
#include "tests/support/Events.h"

#include <Eigen/Core>

#include <map>

/// A small world where one film came after the training.
namespace transept::test::laterfilm {

struct World
{
    static constexpr std::size_t users = 60;
    static constexpr std::size_t films = 40;
    static constexpr std::size_t books = 30;
};
constexpr ItemRow added{17};

/// Films, and ratings of books as a source.
std::shared_ptr<TrainingData> twoDomains(FeedbackKind kind);

/// What was done with the film.
std::vector<Event> eventsOfAdded(const TrainingData& data);

/// The data before it came: nobody had to do with it.
std::shared_ptr<const TrainingData> before(const TrainingData& data);

std::vector<UserRow> everybody();

/// Of everybody; throws when the model cannot.
std::vector<float> foldedScores(const Model& model, std::span<const Event> events);

float scoreOf(const Model& model, UserRow user, ItemRow item);

bool isNear(double expected, float found);

/// Of every user, the value that an interaction with the item has, by its events in order.
std::map<std::size_t, double> lastValues(std::span<const Event> events);

} // namespace transept::test::laterfilm
