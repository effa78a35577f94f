#pragma once

#include "core/base/Ids.h"
#include "core/store/Workspace.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace transept {

enum class FeedbackKind { Explicit, Implicit };

std::string_view wordOf(FeedbackKind kind); ///< "explicit", "implicit"

struct Domain
{
    DomainId id{};
    PlatformId platform{};
    std::string platformName;
    std::string name;
    FeedbackKind kind = FeedbackKind::Explicit;
    std::optional<double> scaleMin; ///< none for implicit feedback and before the first value
    std::optional<double> scaleMax;
    std::string unit;
    bool hasNegatives = false; ///< files gave some to rank held-out interactions among
};

/// The domains and platforms of a workspace. Names are unique; deleted domains are hidden from all of these.
class Catalog
{
public:
    explicit Catalog(const Workspace& workspace) : m_database(workspace.database()) {}

    Result<std::vector<Domain>> domains() const; ///< in order of creation

    /// NotFound, with the nearest name, when there is none of that name.
    Result<Domain> domain(std::string_view name) const;

    /// The one of that name, made when there is none.
    Result<PlatformId> ensurePlatform(std::string_view name) const;

    /// The one of that name, made when there is none. Fails with InvalidInput when it exists on another
    /// platform or with another kind of feedback.
    Result<Domain> ensureDomain(std::string_view name, std::string_view platform, FeedbackKind kind) const;

    /// Widens the scale of a domain so that it contains these values.
    Status widenScale(DomainId domain, double lowest, double highest) const;

    /// Puts a domain aside with all it holds, or brings it back.
    Status setDeleted(DomainId domain, bool deleted) const;

private:
    const Database& m_database;
};

} // namespace transept
