#include "core/store/PageCache.h"

#include <fmt/format.h>

namespace transept {
namespace {

/// Only speed depends on it: a size that cannot be set is no failure.
void setSize(const Database& database, std::int64_t size)
{
    static_cast<void>(database.execute(fmt::format("PRAGMA cache_size = {}", size)));
}

} // namespace

PageCache::PageCache(const Database& database, std::int64_t kibibytes)
    : m_database(database)
    , m_before(database.scalar("PRAGMA cache_size").value_or(std::nullopt))
{
    setSize(m_database, -kibibytes);
}

PageCache::~PageCache()
{
    if (m_before) {
        setSize(m_database, *m_before);
    }
}

} // namespace transept
