#include "core/store/VectorFolder.h"

#include "core/base/File.h"
#include "core/store/Rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <map>
#include <mutex>
#include <set>

namespace transept {
namespace {

constexpr std::size_t smallestPiece = std::size_t{1} << 18;
constexpr std::size_t firstPiece = std::size_t{1} << 20;
constexpr std::size_t largestPiece = std::size_t{1} << 23;
constexpr auto longSettling = std::chrono::milliseconds(40);
constexpr auto shortSettling = std::chrono::milliseconds(10);
constexpr auto ageOfLeftovers = std::chrono::hours(1); // of a file that nobody writes to any more
constexpr std::string_view extension = ".f16";

std::string nameOf(std::int64_t base, std::int64_t stamp)
{
    return fmt::format("{}-{:016x}{}", base, static_cast<std::uint64_t>(stamp), extension);
}

/// What this process has in use, by the place of the file: also what is in memory because it cannot be there.
class SharedHalves
{
public:
    static SharedHalves& ofProcess()
    {
        static SharedHalves shared;
        return shared;
    }

    std::shared_ptr<const HalfVectors> find(const std::string& place, const HalfVectorsKey& key)
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_inUse.find(place);
        std::shared_ptr<const HalfVectors> vectors = found != m_inUse.end() ? found->second.lock() : nullptr;
        return vectors != nullptr && vectors->key() == key ? vectors : nullptr;
    }

    /// What another thread brought in the meantime stays, and is handed back.
    std::shared_ptr<const HalfVectors> add(const std::string& place,
                                           std::shared_ptr<const HalfVectors> vectors)
    {
        const std::lock_guard lock(m_mutex);
        std::erase_if(m_inUse, [](const auto& each) { return each.second.expired(); });
        std::weak_ptr<const HalfVectors>& present = m_inUse[place];
        std::shared_ptr<const HalfVectors> others = present.lock();
        if (others != nullptr && others->key() == vectors->key()) {
            return others;
        }
        present = vectors;
        return vectors;
    }

private:
    std::mutex m_mutex;
    std::map<std::string, std::weak_ptr<const HalfVectors>> m_inUse;
};

/// The stored vectors of a base, those of its items, then those of its facets. One of another length, as an
/// edit of the database by other means may leave it, is left out; that of a facet is all zeros, for it stands
/// before later ones of the same text.
class StoredHalves
{
public:
    StoredHalves(const Database& database, const HalfVectorsKey& key) : m_database(database), m_key(key) {}

    Status readOwners()
    {
        Result<Statement> items = ofItems("item");
        return forEachRow(items, [&](const Statement& row) { m_owners.items.push_back(row.integer(0)); })
            .and_then([&] {
                Result<Statement> facets = ofFacets("item, facet");
                return forEachRow(facets, [&](const Statement& row) {
                    m_owners.facets.push_back({ItemId{row.integer(0)}, row.integer(1)});
                });
            });
    }

    std::size_t size() const
    {
        return HalfVectors::sizeOf(m_key, m_owners.items.size(), m_owners.facets.size());
    }

    /// Hands all bytes to `take`, piece by piece, until it returns false.
    template<typename Take>
    Status write(const Take& take) const
    {
        // Both begin before anything is written: it is a statement under way that tells of an interruption.
        Begun items = begun(ofItems("data"));
        Begun facets = begun(ofFacets("data"));
        if (!take(HalfVectors::head(m_key, m_owners))) {
            return {};
        }
        const Result<bool> goesOn = writeRows(items, take);
        const Result<bool> written = goesOn && *goesOn ? writeRows(facets, take) : goesOn;
        return written ? Status() : passOn(written);
    }

private:
    /// A statement, and whether it stands at a row.
    struct Begun
    {
        Result<Statement> rows;
        Result<bool> row;
    };

    static Begun begun(Result<Statement> rows)
    {
        Result<bool> row = rows ? rows->step() : passOn(rows);
        return {std::move(rows), std::move(row)};
    }

    template<typename Take>
    Result<bool> writeRows(Begun& stored, const Take& take) const
    {
        const std::size_t length = bytesOfVector();
        std::string padded(HalfVectors::rowBytes(m_key.dimension), '\0');
        for (; stored.row && *stored.row; stored.row = stored.rows->step()) {
            const std::span<const std::byte> data = stored.rows->blob(0);
            if (data.size() == length) {
                std::memcpy(padded.data(), data.data(), length);
            } else {
                std::fill_n(padded.begin(), length, '\0');
            }
            if (!take(padded)) {
                return false;
            }
        }
        return stored.row ? Result<bool>(true) : stored.row;
    }

    Result<Statement> ofItems(std::string_view columns) const
    {
        return prepared(m_database,
                        fmt::format("SELECT {} FROM vector WHERE kb = ? AND facet = -1 AND length(data) = ?"
                                    " ORDER BY item",
                                    columns),
                        m_key.base,
                        bytesOfVector());
    }

    Result<Statement> ofFacets(std::string_view columns) const
    {
        return prepared(
            m_database,
            fmt::format("SELECT {} FROM vector WHERE kb = ? AND facet >= 0 ORDER BY item, facet", columns),
            m_key.base);
    }

    std::size_t bytesOfVector() const
    {
        return static_cast<std::size_t>(m_key.dimension) * sizeof(std::uint16_t);
    }

    const Database& m_database;
    HalfVectorsKey m_key;
    HalfVectorsOwners m_owners;
};

std::shared_ptr<const HalfVectors> mapped(const std::filesystem::path& file, const HalfVectorsKey& key)
{
    // SQLite's own file grows, shrinks and is written in place, and reading a page that was cut off ends the
    // program; this one is only ever replaced as a whole.
    std::optional<MappedBytes> mapping = MappedBytes::ofFile(file);
    return mapping ? HalfVectors::of(std::move(*mapping), key) : nullptr;
}

/// Writes to a file and settles it piece by piece: who asks to stop waits until a piece is on the disk.
/// Pieces are as large as this disk takes in some hundredths of a second, while others write to it as well.
class SettledPieces
{
public:
    explicit SettledPieces(ReplacedFile& file) : m_file(file) {}

    bool write(std::string_view bytes)
    {
        bool isWell = true;
        while (isWell && !bytes.empty()) {
            const std::string_view part = bytes.substr(0, m_piece - m_unsettled);
            bytes.remove_prefix(part.size());
            m_unsettled += part.size();
            isWell = m_file.write(part) && (m_unsettled < m_piece || settle());
        }
        return isWell;
    }

private:
    bool settle()
    {
        const auto started = std::chrono::steady_clock::now();
        const bool isWell = m_file.settle().has_value();
        const auto taken = std::chrono::steady_clock::now() - started;
        m_unsettled = 0;
        if (taken > longSettling) {
            m_piece = std::max(m_piece / 2, smallestPiece);
        } else if (taken < shortSettling) {
            m_piece = std::min(m_piece * 2, largestPiece);
        }
        return isWell;
    }

    ReplacedFile& m_file;
    std::size_t m_piece = firstPiece;
    std::size_t m_unsettled = 0; ///< always less
};

/// Whether the file is there now; a failed Status is one of the database.
Result<bool> writeFile(const StoredHalves& stored, const std::filesystem::path& file)
{
    std::error_code ignored;
    std::filesystem::create_directory(file.parent_path(), ignored);
    Result<ReplacedFile> written = ReplacedFile::open(file);
    if (!written) {
        return false;
    }
    bool isWell = true;
    SettledPieces pieces(*written);
    const Status read = stored.write([&](std::string_view bytes) { return isWell = pieces.write(bytes); });
    if (!read) {
        return passOn(read);
    }
    return isWell && written->commit().has_value();
}

Result<std::shared_ptr<const HalfVectors>> inMemory(const StoredHalves& stored, const HalfVectorsKey& key)
{
    MappedBytes memory = MappedBytes::ofMemory(stored.size());
    std::span<std::byte> rest = memory.writable();
    const Status read = stored.write([&](std::string_view bytes) {
        std::memcpy(rest.data(), bytes.data(), bytes.size());
        rest = rest.subspan(bytes.size());
        return true;
    });
    if (!read) {
        return passOn(read);
    }
    return HalfVectors::of(std::move(memory), key);
}

/// Writes the file and maps it, or reads into memory.
Result<std::shared_ptr<const HalfVectors>> made(const Workspace& workspace,
                                                const std::filesystem::path& file,
                                                const HalfVectorsKey& key)
{
    StoredHalves stored(workspace.database(), key);
    if (const Status read = stored.readOwners(); !read) {
        return passOn(read);
    }
    const Result<bool> isThere = writeFile(stored, file);
    if (!isThere) {
        return passOn(isThere);
    }
    if (*isThere) {
        if (const Status tidied = tidyVectors(workspace); !tidied) {
            return passOn(tidied);
        }
        if (auto vectors = mapped(file, key)) {
            return vectors;
        }
    }
    return inMemory(stored, key);
}

bool isLeftover(const std::filesystem::directory_entry& entry)
{
    std::error_code failed;
    const auto written = entry.last_write_time(failed);
    return !failed && std::filesystem::file_time_type::clock::now() - written > ageOfLeftovers;
}

} // namespace

std::filesystem::path vectorFolderOf(const std::filesystem::path& workspace)
{
    return workspace.string() + "-vectors";
}

Result<std::shared_ptr<const HalfVectors>> halfVectors(const Workspace& workspace, const KnowledgeBase& base)
{
    const HalfVectorsKey key{
        .base = number(base.id), .stamp = base.vectorsStamp, .dimension = base.dimension};
    std::error_code ignored;
    const std::filesystem::path file =
        std::filesystem::absolute(vectorFolderOf(workspace.file()), ignored) / nameOf(key.base, key.stamp);
    SharedHalves& shared = SharedHalves::ofProcess();
    if (auto inUse = shared.find(file.string(), key)) {
        return inUse;
    }
    if (auto there = mapped(file, key)) {
        return shared.add(file.string(), std::move(there));
    }
    Result<std::shared_ptr<const HalfVectors>> vectors = made(workspace, file, key);
    return vectors ? shared.add(file.string(), std::move(*vectors)) : vectors;
}

Status tidyVectors(const Workspace& workspace)
{
    const std::filesystem::path folder = vectorFolderOf(workspace.file());
    std::error_code failed;
    std::filesystem::directory_iterator entries(folder, failed);
    if (failed) {
        return {}; // there is none, or it is not ours to change
    }
    const Result<std::vector<KnowledgeBase>> bases = KnowledgeStore(workspace).all();
    if (!bases) {
        return passOn(bases);
    }
    std::set<std::string> wanted;
    for (const KnowledgeBase& base : *bases) {
        wanted.insert(nameOf(number(base.id), base.vectorsStamp));
    }
    for (; !failed && entries != std::filesystem::directory_iterator(); entries.increment(failed)) {
        const std::string name = entries->path().filename().string();
        const bool isUnfinished = name.find(std::string(extension) + ".") != std::string::npos;
        if (isUnfinished ? isLeftover(*entries) : name.ends_with(extension) && !wanted.contains(name)) {
            std::error_code ignored;
            std::filesystem::remove(entries->path(), ignored);
        }
    }
    std::error_code notEmpty;
    std::filesystem::remove(folder, notEmpty);
    return {};
}

} // namespace transept
