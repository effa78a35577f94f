#pragma once

#include <cstdint>

namespace transept {

/// Identities in the workspace: permanent, never reused, never shown to a person.
enum class PlatformId : std::int64_t {};
enum class DomainId : std::int64_t {};
enum class AccountId : std::int64_t {};
enum class PersonId : std::int64_t {};
enum class ItemId : std::int64_t {};
enum class ImportId : std::int64_t {};
enum class KnowledgeId : std::int64_t {};
enum class RunId : std::int64_t {};

/// Positions in the matrices of one loaded data selection: meaningless to any other.
enum class UserRow : std::int32_t {};
enum class ItemRow : std::int32_t {};

template<typename Id>
constexpr std::int64_t number(Id id) noexcept
{
    return static_cast<std::int64_t>(id);
}

constexpr std::size_t index(UserRow row) noexcept
{
    return static_cast<std::size_t>(row);
}
constexpr std::size_t index(ItemRow row) noexcept
{
    return static_cast<std::size_t>(row);
}

} // namespace transept
