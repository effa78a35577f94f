#include "core/knowledge/ReplyJson.h"

#include <set>

namespace transept {
namespace {

/// Watches a parse: what passes a limit is dropped as it comes.
class Watch
{
public:
    explicit Watch(const JsonLimits& limits) : m_limits(limits) {}

    bool keep(int depth, Json::parse_event_t event, const Json& parsed)
    {
        const auto level = static_cast<std::size_t>(depth);
        switch (event) {
        case Json::parse_event_t::object_start:
        case Json::parse_event_t::array_start:
            m_keys.resize(std::min(level, static_cast<std::size_t>(m_limits.depth)) + 2);
            m_keys[std::min(level + 1, m_keys.size() - 1)].clear();
            break;
        case Json::parse_event_t::key:
            m_repeats = m_repeats ||
                        (level < m_keys.size() && !m_keys[level].insert(parsed.get<std::string>()).second);
            break;
        default:
            ++m_values;
        }
        m_tooLarge = m_tooLarge || depth > m_limits.depth || m_values > m_limits.values;
        return !m_tooLarge;
    }

    bool isTooLarge() const { return m_tooLarge; }
    bool repeats() const { return m_repeats; }

private:
    const JsonLimits& m_limits;
    std::vector<std::set<std::string>> m_keys; ///< of the object that is open at each depth
    std::size_t m_values = 0;
    bool m_tooLarge = false;
    bool m_repeats = false;
};

} // namespace

Result<Json> parseReply(std::string_view text, const JsonLimits& limits)
{
    const auto tooLarge = [&] {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors",
                         "The reply is larger than a reply may be (%1 bytes, %2 levels, %3 values)."),
            {std::to_string(limits.bytes), std::to_string(limits.depth), std::to_string(limits.values)});
    };
    if (text.size() > limits.bytes) {
        return tooLarge();
    }
    Watch watch(limits);
    Json value = Json::parse(
        text,
        [&](int depth, Json::parse_event_t event, Json& parsed) { return watch.keep(depth, event, parsed); },
        false);
    if (watch.isTooLarge()) {
        return tooLarge();
    }
    if (watch.repeats()) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors", "The reply gives one key of an object twice."));
    }
    if (value.is_discarded()) {
        return fail(ErrorCode::InvalidInput, TRANSLATABLE("errors", "The reply is no JSON."));
    }
    return value;
}

} // namespace transept
