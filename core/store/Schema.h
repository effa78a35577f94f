#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace transept::schema {

/// Marks a file as ours: "TRSP" in ASCII, stored as PRAGMA application_id.
inline constexpr std::int64_t applicationId = 0x54525350;

/// The version this program writes, stored as PRAGMA user_version.
inline constexpr std::int64_t version = 6;

/// Creates every table of the present version in an empty file.
extern const std::string_view create;

/// migrations()[v - 1] brings a file from version v to v + 1. There are version - 1 of them. A step runs in
/// one transaction with all others, foreign keys unchecked until its end, so it may rebuild tables.
std::span<const std::string_view> migrations();

} // namespace transept::schema
