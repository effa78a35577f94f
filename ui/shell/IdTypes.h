#pragma once

#include "core/base/Ids.h"

#include <QtCore/QDataStream>

#include <concepts>
#include <type_traits>

namespace transept {

template<typename T>
concept StoredId = std::is_enum_v<T> && std::same_as<std::underlying_type_t<T>, std::int64_t>;

// A type that appears in a signal must be streamable for Qt, which does not stream enumerations over `long`
// by itself.
template<StoredId Id>
QDataStream& operator<<(QDataStream& stream, const Id& id)
{
    return stream << static_cast<qint64>(id);
}

template<StoredId Id>
QDataStream& operator>>(QDataStream& stream, Id& id)
{
    qint64 value = 0;
    stream >> value;
    id = Id{value};
    return stream;
}

} // namespace transept
