#pragma once

#include <QtCore/QLatin1StringView>

/// One constant per key: a key that is spelt twice is a key that is spelt differently once.
namespace transept::ui::keys {

inline constexpr QLatin1StringView language("language");
inline constexpr QLatin1StringView theme("theme");
inline constexpr QLatin1StringView recent("recent");
inline constexpr QLatin1StringView lastFolder("lastFolder");

inline constexpr QLatin1StringView layout("layout"); ///< the group that holds all below
inline constexpr QLatin1StringView geometry("layout/geometry");
inline constexpr QLatin1StringView windowState("layout/windowState");
inline constexpr QLatin1StringView openPage("layout/openPage");
inline constexpr QLatin1StringView jobPanelHeight("layout/jobPanelHeight");
inline constexpr QLatin1StringView pages("layout/pages");           ///< a group per page
inline constexpr QLatin1StringView selections("layout/selections"); ///< a group per workspace

} // namespace transept::ui::keys
