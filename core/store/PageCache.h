#pragma once

#include "core/store/Database.h"

namespace transept {

/// A page cache of another size while it lives; the connection's own afterwards. The database outlives it.
class PageCache
{
public:
    PageCache(const Database& database, std::int64_t kibibytes);
    PageCache(const PageCache&) = delete;
    PageCache& operator=(const PageCache&) = delete;
    ~PageCache();

private:
    const Database& m_database;
    std::optional<std::int64_t> m_before; ///< as SQLite counts: below 0 in KiB; nothing: could not be asked
};

} // namespace transept
