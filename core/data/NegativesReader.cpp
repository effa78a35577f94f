#include "core/data/NegativesReader.h"

#include "core/base/Interruptible.h"
#include "core/base/RowOf.h"
#include "core/base/Sha256.h"
#include "core/store/Rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace transept {
namespace {

struct FoundNegatives
{
    std::vector<GivenNegative> all;
    std::size_t left = 0; ///< no items of the selection
};

Result<FoundNegatives> readNegatives(const Workspace& workspace,
                                     const Dataset& data,
                                     const JobContext& context)
{
    Result<Statement> rows =
        prepared(workspace.database(),
                 "SELECT account.person, item, negative FROM given_negative"
                 " JOIN account ON account.id = given_negative.account"
                 " WHERE domain = ?1 AND import <= ?2 ORDER BY given_negative.account, item, negative",
                 number(data.target.id),
                 data.extent.lastImport);
    if (!rows) {
        return passOn(rows);
    }
    FoundNegatives found;
    std::size_t done = 0;
    Result<bool> row = rows->step();
    for (; row && *row; row = rows->step()) {
        const auto user = rowOf<UserRow>(data.users, PersonId{rows->integer(0)});
        const auto item = rowOf<ItemRow>(data.target.items, ItemId{rows->integer(1)});
        const auto negative = rowOf<ItemRow>(data.target.items, ItemId{rows->integer(2)});
        if (user && item && negative) {
            found.all.push_back({.user = *user, .item = *item, .negative = *negative});
        } else if (user && item) {
            ++found.left;
        }
        if (const Status going = everyFewThousand(++done, context); !going) {
            return passOn(going);
        }
    }
    if (!row) {
        return passOn(row);
    }
    return found;
}

/// By the places of the target's interactions and items, which do not depend on the sources as users' rows
/// do.
std::string fingerprintOf(const GivenNegatives& negatives, const DomainData& target)
{
    Sha256 hash;
    std::string text;
    for (std::size_t at = 0; at < target.events.size(); ++at) {
        const std::span<const ItemRow> items = negatives.of(target.events[at].user, target.events[at].item);
        if (items.empty()) {
            continue;
        }
        text = fmt::format("{}:", at);
        for (const ItemRow item : items) {
            fmt::format_to(std::back_inserter(text), " {}", index(item));
        }
        hash.add(text + "\n");
    }
    return hash.hex();
}

} // namespace

Status loadNegatives(const Workspace& workspace, Dataset& data, const JobContext& context)
{
    Result<FoundNegatives> found = readNegatives(workspace, data, context);
    if (!found) {
        return passOn(found);
    }
    if (found->left > 0) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors",
                         "%1 of %2 given negatives are no items of the selection from %3: "
                         "data.where.min_item leaves them out. Set it to 0, or take the measures with "
                         "~given out."),
            {std::to_string(found->left), std::to_string(found->left + found->all.size()), data.target.name});
    }
    data.negatives = std::make_shared<const GivenNegatives>(std::move(found->all));
    data.negativesFingerprint = fingerprintOf(*data.negatives, data.target);
    return {};
}

} // namespace transept
