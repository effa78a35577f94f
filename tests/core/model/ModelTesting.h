#pragma once

#include "core/model/Method.h"

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

TrainingDomain domainOf(
    std::string name, FeedbackKind kind, std::size_t users, std::size_t items, std::vector<Event> events);

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

/// Mean over the test users of NDCG@10; all items that the user does not have in training are ranked, equal
/// scores by row.
double ndcgAt10(const Model& model, const RankingCase& ranking);

double rmse(const Model& model, std::span<const Event> test, double lowest, double highest);

/// Generated events with a few repeated pairs, users without events, times; the same for the same seed.
std::vector<Event> generatedEvents(std::size_t users,
                                   std::size_t items,
                                   std::size_t count,
                                   std::uint64_t seed);

} // namespace transept::test
