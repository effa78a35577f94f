#pragma once

#include "core/model/FactorReasons.h"
#include "tests/core/model/ModelTesting.h"

#include <set>

/// What the tests of reasons share: people with a taste, and their vectors computed slowly.
namespace transept::test {

inline constexpr std::size_t tasteUsers = 90;
inline constexpr std::size_t tasteItems = 50;

/// Films and, on another scale, books of people with the same taste of two dimensions in both. Every fifth
/// user is new in the films.
std::shared_ptr<TrainingData> tastes(FeedbackKind kind = FeedbackKind::Explicit);

/// Whether tastes() has the user in the source alone.
bool isNew(std::size_t user);
bool isKnown(std::size_t user);

/// An item as a user's vector meets it.
struct SeenItem
{
    Eigen::VectorXd vector;
    double level = 0.0; ///< what is predicted of it, less the mean, without any taste
};

/// Which of a user's events are taken as neutral: as if they were what is predicted without any taste.
struct LeftOut
{
    bool all = false;
    std::size_t place = 0;
    std::optional<ItemRow> item = {};

    bool has(std::size_t at, ItemRow which) const { return all || (at == place && which == item); }
};

/// A user's vector by the formula of TasteReasons written out event by event; `seen` tells of an item of the
/// domain at a place.
Eigen::VectorXd slowVector(const std::vector<FactorDomain>& domains,
                           const FactorSettings& settings,
                           UserRow user,
                           const std::function<SeenItem(std::size_t place, std::size_t item)>& seen,
                           const LeftOut& left = {});

/// As it stands in the factors.
SeenItem seenItem(const FactorParameters& factors, UserRow user, std::size_t item);

double correlation(const std::vector<double>& a, const std::vector<double>& b);

double sumOf(const std::vector<Contribution>& contributions);

/// To the bit.
bool areSame(const std::vector<Contribution>& a, const std::vector<Contribution>& b);

std::set<int> domainsOf(const std::vector<Contribution>& contributions);

} // namespace transept::test
