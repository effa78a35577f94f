#pragma once

#include "core/base/Json.h"
#include "core/knowledge/ServerKey.h"

#include <functional>
#include <string>
#include <string_view>

namespace transept {

/// Reads a chat reply that comes in pieces, as server-sent events: lines "data: {...}", at the end "data:
/// [DONE]". Lines that are something else are passed over.
class ServerStream
{
public:
    /// `onText` is handed the text of each piece, without the key; it may be null.
    explicit ServerStream(std::function<void(std::string_view)> onText, KeyMask mask = {})
        : m_onText(std::move(onText))
        , m_mask(std::move(mask))
    {
    }

    void add(std::string_view bytes);             ///< of the body, cut anywhere
    std::size_t count() const { return m_count; } ///< events so far
    Json body() const;                            ///< of the reply, as if it had come in one piece

private:
    void take(std::string_view line);
    void say(std::string_view piece);

    std::function<void(std::string_view)> m_onText;
    std::string m_rest; ///< of a line whose end has not come
    KeyMask m_mask;
    std::string m_text;
    std::string m_held; ///< the text's end, which may begin a key
    std::string m_finish;
    Json m_usage;
    std::size_t m_count = 0;
};

} // namespace transept
