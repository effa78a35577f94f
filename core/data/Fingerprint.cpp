#include "core/data/Fingerprint.h"

#include "core/base/Interruptible.h"
#include "core/base/Parallel.h"
#include "core/base/RowOf.h"
#include "core/base/Sha256.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <iterator>

namespace transept {
namespace {

/// Feeds numbers and texts to the hash in a form that does not depend on the processor. Texts carry their
/// length, so that no two different sequences give the same bytes.
class Digest
{
public:
    template<std::size_t Count>
    void add(std::array<std::uint64_t, Count> words)
    {
        if (m_used + sizeof(words) > m_buffer.size()) {
            flush();
        }
        if constexpr (std::endian::native == std::endian::big) {
            for (std::uint64_t& word : words) {
                word = __builtin_bswap64(word);
            }
        }
        std::memcpy(m_buffer.data() + m_used, words.data(), sizeof(words));
        m_used += sizeof(words);
    }
    void add(std::uint64_t word) { add(std::array{word}); }
    void add(double value) { add(std::bit_cast<std::uint64_t>(value)); }
    void add(std::string_view text)
    {
        add(std::uint64_t{text.size()});
        flush();
        m_hash.add(text);
    }
    std::string hex()
    {
        flush();
        return m_hash.hex();
    }

private:
    void flush()
    {
        m_hash.add({m_buffer.data(), m_used});
        m_used = 0;
    }

    Sha256 m_hash;
    std::array<char, std::size_t{1} << 14U> m_buffer;
    std::size_t m_used = 0;
};

/// The user's own keys of a domain's items, in row order.
Status digestItems(const Database& database,
                   const DomainData& domain,
                   Digest& digest,
                   const JobContext& context)
{
    Result<Statement> rows = database.prepare("SELECT id, key FROM item WHERE domain = ?1 ORDER BY id");
    if (!rows) {
        return passOn(rows);
    }
    rows->bind(1, number(domain.id));
    std::size_t done = 0;
    auto item = domain.items.begin();
    Result<bool> row = rows->step();
    for (; row && *row && item != domain.items.end(); row = rows->step()) {
        if (ItemId{rows->integer(0)} == *item) {
            digest.add(rows->text(1));
            ++item;
        }
        if (Status going = everyFewThousand(++done, context); !going) {
            return going;
        }
    }
    return row ? Status{} : passOn(row);
}

/// The accounts of the selection's users on the platforms of the selection's domains, in row order.
Status digestUsers(const Database& database, const Dataset& data, Digest& digest, const JobContext& context)
{
    Result<Statement> rows = database.prepare("SELECT account.person, platform.name, account.key FROM "
                                              "account JOIN platform ON platform.id = account.platform "
                                              "WHERE account.platform IN (SELECT platform FROM domain WHERE "
                                              "id = ?1) ORDER BY account.person, account.key");
    if (!rows) {
        return passOn(rows);
    }
    std::vector<DomainId> domains{data.target.id};
    std::transform(data.sources.begin(),
                   data.sources.end(),
                   std::back_inserter(domains),
                   [](const DomainData& domain) { return domain.id; });
    std::size_t done = 0;
    for (const DomainId domain : domains) {
        rows->rewind();
        rows->bind(1, number(domain));
        Result<bool> row = rows->step();
        for (; row && *row; row = rows->step()) {
            if (const auto user = rowOf<std::uint64_t>(data.users, PersonId{rows->integer(0)})) {
                digest.add(*user);
                digest.add(rows->text(1));
                digest.add(rows->text(2));
            }
            if (Status going = everyFewThousand(++done, context); !going) {
                return going;
            }
        }
        if (!row) {
            return passOn(row);
        }
    }
    return {};
}

Status digestDomain(const Database& database,
                    const DomainData& domain,
                    Digest& digest,
                    const JobContext& context)
{
    digest.add(std::string_view(domain.name));
    digest.add(wordOf(domain.kind));
    digest.add(domain.scaleMin);
    digest.add(domain.scaleMax);
    digest.add(std::uint64_t{domain.items.size()});
    if (Status added = digestItems(database, domain, digest, context); !added) {
        return added;
    }
    digest.add(std::uint64_t{domain.events.size()});
    for (std::size_t at = 0; at < domain.events.size(); ++at) {
        const Event& event = domain.events[at];
        const std::uint64_t pair =
            (std::uint64_t{index(event.user)} << 32U) | std::uint64_t{index(event.item)};
        const std::uint64_t strength = (std::uint64_t{std::bit_cast<std::uint32_t>(event.value)} << 8U) |
                                       static_cast<std::uint64_t>(domain.partOf(at));
        digest.add(std::array{pair, strength, static_cast<std::uint64_t>(std::int64_t{event.time})});
        if (Status going = everyFewThousand(at + 1, context); !going) {
            return going;
        }
    }
    return {};
}

/// Of the target's interactions alone. Users are numbered as they appear, because their rows depend on the
/// sources.
std::string targetFingerprint(const Dataset& data)
{
    Digest digest;
    digest.add(std::string_view(data.target.name));
    digest.add(data.positive ? *data.positive : -1.0);
    digest.add(std::string_view(data.positive ? "positive" : "all"));
    std::vector<std::uint64_t> numbers(data.users.size(), 0);
    std::uint64_t appeared = 0;
    for (std::size_t at = 0; at < data.target.events.size(); ++at) {
        const Event& event = data.target.events[at];
        std::uint64_t& number = numbers[index(event.user)];
        number = number == 0 ? ++appeared : number;
        digest.add(std::array{
            number,
            (std::uint64_t{index(event.item)} << 32U) | std::bit_cast<std::uint32_t>(event.value),
            static_cast<std::uint64_t>(std::int64_t{event.time}),
            static_cast<std::uint64_t>(data.target.partOf(at)),
        });
    }
    return digest.hex();
}

/// By names and keys, never by ids of the workspace: the same files imported into another one give the same
/// text.
Result<std::string> fingerprintOfAll(const Database& database, const Dataset& data, const JobContext& context)
{
    Digest digest;
    digest.add(std::string_view(data.positive ? "positive" : "all"));
    digest.add(data.positive.value_or(0.0));
    digest.add(std::uint64_t{data.users.size()});
    if (Status added = digestUsers(database, data, digest, context); !added) {
        return passOn(added);
    }
    if (Status added = digestDomain(database, data.target, digest, context); !added) {
        return passOn(added);
    }
    for (const DomainData& source : data.sources) {
        if (Status added = digestDomain(database, source, digest, context); !added) {
            return passOn(added);
        }
    }
    return digest.hex();
}

} // namespace

Status addFingerprints(const Database& database, Dataset& data, const JobContext& context)
{
    Result<std::string> all;
    parallelTasks(2, [&](std::size_t task) {
        if (task == 0) {
            all = fingerprintOfAll(database, data, context);
        } else {
            data.targetFingerprint = targetFingerprint(data);
        }
    });
    if (!all) {
        return passOn(all);
    }
    data.fingerprint = std::move(*all);
    return {};
}

} // namespace transept
