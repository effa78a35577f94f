#pragma once

#include "core/recommend/NewItems.h"

namespace transept {

struct Reason
{
    std::string kind;   ///< item: an item of the user's history; facet: an aspect of the recommended item
    std::string domain; ///< of the history item
    std::string key;    ///< of the history item; the name of the facet
    std::string title;  ///< of the history item; the text of the facet
    double weight = 0.0;
};

struct Recommendation
{
    int rank = 0; ///< from 1
    ItemId item{};
    std::string key;
    std::string title;
    double score = 0.0;
    std::optional<double> deviation; ///< of the expected rating; nothing when the method cannot say
    bool confirmed = false;          ///< stands in the user's test part
    /// From how many interactions an item was folded in that the run does not know; nothing for others.
    std::optional<std::size_t> foldedFrom;
    std::vector<Reason> reasons;
    /// How much of all contributions, by their absolute weights, came from every domain; the largest first.
    std::vector<std::pair<std::string, double>> shares;
};

struct HistoryEntry
{
    std::string domain;
    ItemId item{};
    std::string key;
    std::string title;
    double value = 0.0;
    double scaleMin = 0.0;
    double scaleMax = 1.0;
    bool implicitFeedback = false;
    std::optional<std::int64_t> time;
};

/// A user for the list to choose from.
struct UserSummary
{
    PersonId person{};
    std::string key; ///< of the account on the platform
    std::string platform;
    std::vector<std::pair<std::string, std::int64_t>> interactions; ///< by domain
};

/// What a list shall be like.
struct ListRequest
{
    int top = 10;
    bool reasons = false; ///< for each item that the run knows
    /// Stand among the others by their folded scores; nothing: they are not asked for.
    std::optional<std::span<const NewItem>> newItems = {};
    /// These alone, which ascend, are ranked; nothing: all.
    std::optional<std::span<const ItemId>> among = {};

    bool asksFor(ItemId item) const { return !among || std::ranges::binary_search(*among, item); }
};

/// The best target items for a user that the user has not seen in training nor done since. Whom the run does
/// not know is folded in, without reasons, as recommendTo() says. InvalidInput when new items are asked for
/// and the method, or the user, is not made for that.
Result<std::vector<Recommendation>> recommend(const Workspace& workspace,
                                              const FittedRun& run,
                                              PersonId person,
                                              const ListRequest& request,
                                              const JobContext& context);

/// NotFound with a hint when no account has that key; `platform` may be empty when the key is on one platform
/// only.
Result<PersonId> findPerson(const Workspace& workspace, std::string_view key, std::string_view platform);

/// The domain's items with these keys, ascending, for ListRequest::among and segmentsBySelection(). NotFound
/// with the first key that none has.
Result<std::vector<ItemId>> findItems(const Workspace& workspace,
                                      const std::string& domain,
                                      std::span<const std::string> keys);

/// Users whose key starts with `text`, the most active first; at most `limit`.
Result<std::vector<UserSummary>> users(const Workspace& workspace, std::string_view text, int limit);

/// One user, as users() describes them. NotFound when there is no such person.
Result<UserSummary> user(const Workspace& workspace, PersonId person);

/// Everything a person did, by domain, the latest first.
Result<std::vector<HistoryEntry>> history(const Workspace& workspace, PersonId person);

} // namespace transept
