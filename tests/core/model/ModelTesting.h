#pragma once

#include "core/model/Method.h"
#include "core/model/Triples.h"
#include "tests/support/Events.h"

#include <filesystem>
#include <string>
#include <unordered_map>
#include <vector>

namespace transept::test {

/// Numbers texts in the order of their first use.
class Numbering
{
public:
    std::int32_t of(const std::string& text)
    {
        return m_numbers.try_emplace(text, static_cast<std::int32_t>(m_numbers.size())).first->second;
    }
    std::size_t size() const { return m_numbers.size(); }

private:
    std::unordered_map<std::string, std::int32_t> m_numbers;
};

/// The rows `user delimiter item delimiter value [delimiter time]` of a file in file order, as events with
/// their place.
std::vector<Event> readEvents(const std::filesystem::path& file,
                              const std::string& delimiter,
                              bool hasHeader,
                              Numbering& users,
                              Numbering& items);

struct Parts
{
    std::vector<Event> training;
    std::vector<Event> test;
};

/// Events are numbered in the order given; number % 5 == fold is tested.
Parts foldOf(std::span<const Event> events, int fold);

TrainingDomain domainOf(std::string name,
                        FeedbackKind kind,
                        std::size_t users,
                        std::size_t items,
                        const std::vector<Event>& events);

/// Ratings of the MovieLens file that are at least 4, as implicit events; the fold 0 is tested.
struct RankingCase
{
    std::shared_ptr<const TrainingData> data;
    std::vector<Event> test;
};
RankingCase movieLensPositives(const std::filesystem::path& sharedData);

/// Phones as given; with the users' sport events as a source or without.
RankingCase sportPhone(const std::filesystem::path& sharedData, bool withSource);

std::shared_ptr<const Model> fitted(std::string_view method,
                                    const Json& parameters,
                                    std::shared_ptr<const TrainingData> data,
                                    const FitContext& context = {});

/// What scoreUsers() hands over, put together: one row of all items a user.
std::vector<float> scoresTogether(const Model& model, std::span<const UserRow> users);

/// Mean over the test users of NDCG@10; all items that the user does not have in training are ranked, equal
/// scores by row.
double ndcgAt10(const Model& model, const RankingCase& ranking);

double rmse(const Model& model, std::span<const Event> test, double lowest, double highest);

struct TwoDomains
{
    std::size_t users = 60;
    std::size_t films = 40;
    std::size_t books = 30;
    std::size_t filmEvents = 600;
    std::size_t bookEvents = 400;
};

/// Implicit films and ratings of books as a source; every tenth user is new in the films.
std::shared_ptr<const TrainingData> twoDomains(const TwoDomains& shape);

/// The triples of an epoch, stratum by stratum; none when they cannot be dealt.
std::vector<Triple> triplesOf(TripleSchedule& schedule, int epoch);

/// Generated events with a few repeated pairs, users without events, times; the same for the same seed.
std::vector<Event> generatedEvents(std::size_t users,
                                   std::size_t items,
                                   std::size_t count,
                                   std::uint64_t seed);

/// 900 of them from 1 to 5, no two at the same time, nor at one of a domain whose seed is odd where this is
/// even.
TrainingDomain generatedDomain(
    const char* name, FeedbackKind kind, std::size_t users, std::size_t items, std::uint64_t seed);

/// One of Model::factors(); throws when there is none of the name.
Eigen::MatrixXd factorOf(const Model& model, std::string_view name);

/// ln(1 + e^x)
double softplus(double x);

} // namespace transept::test
