#pragma once

#include "core/model/Method.h"
#include "core/model/Workload.h"

namespace transept {

/// A method that is part of another one.
struct Member
{
    const MethodDescription* method = nullptr;
    Parameters parameters;
    double weight = 1.0; ///< the row's "member-weight", where the table has that column
};

/// A table whose rows are methods, between `least` and `most` of them. Name, label, meaning and preset are
/// the caller's.
Parameter tableOfMethods(int least, int most);

/// The column "member-weight".
Parameter memberWeight();

/// A row with the method's defaults except for `changes`, for presets.
Json memberRow(const MethodDescription& method, const Json& changes = Json::object());

/// The methods of a checked table.
std::vector<Member> membersOf(const Json& rows);

/// All that any of the members needs and uses.
Traits traitsOf(std::span<const Member> members);

/// Fits a member. When it trains in epochs and there is a validation part, the best of them is kept and the
/// training ends when the run's stop rule says so; the surroundings hear of no epoch. Member number 0 has the
/// seed of the run, every other one its own.
Result<std::shared_ptr<const Model>> fitMember(const Member& member,
                                               std::size_t number,
                                               std::shared_ptr<const TrainingData> data,
                                               const FitContext& context);

/// The models of all members, in their order; progress from 0 to `until`.
Result<std::vector<std::shared_ptr<const Model>>> fitMembers(std::span<const Member> members,
                                                             const std::shared_ptr<const TrainingData>& data,
                                                             const FitContext& context,
                                                             double until);

/// The model of a member that serialised() wrote.
Result<std::shared_ptr<const Model>> restoreMember(const Member& member,
                                                   std::shared_ptr<const TrainingData> data,
                                                   std::string_view bytes);

/// The workload of a blend of these members whose weights are chosen by so many tries on validation, with
/// scores that are kept (BlendJudge); nothing when that of a member is unknown.
std::optional<Workload> blendWorkload(std::span<const Member> members, const DataShape& shape, double tries);

} // namespace transept
