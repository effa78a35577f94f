#include "core/knowledge/ServerStream.h"

#include "core/base/Words.h"
#include "core/knowledge/ReplyJson.h"

namespace transept {

void ServerStream::add(std::string_view bytes)
{
    m_rest += bytes;
    for (std::size_t end = 0; (end = m_rest.find('\n')) != std::string::npos;) {
        take(trimmed(std::string_view(m_rest).substr(0, end)));
        m_rest.erase(0, end + 1);
    }
}

void ServerStream::take(std::string_view line)
{
    constexpr std::string_view start = "data:";
    if (!line.starts_with(start)) {
        return;
    }
    const Result<Json> event = parseReply(m_mask.masked(std::string(trimmed(line.substr(start.size())))), {});
    if (!event || !event->is_object()) {
        return;
    }
    ++m_count;
    if (const auto usage = event->find("usage"); usage != event->end() && usage->is_object()) {
        m_usage = *usage;
    }
    const auto choices = event->find("choices");
    if (choices == event->end() || !choices->is_array() || choices->empty() || !(*choices)[0].is_object()) {
        return;
    }
    const Json& choice = (*choices)[0];
    if (const Json finish = choice.value("finish_reason", Json()); finish.is_string()) {
        m_finish = finish.get<std::string>();
    }
    const Json delta = choice.value("delta", Json());
    if (const Json piece = delta.is_object() ? delta.value("content", Json()) : Json(); piece.is_string()) {
        say(piece.get_ref<const std::string&>());
    }
}

void ServerStream::say(std::string_view piece)
{
    const std::string text = m_mask.masked(m_held.append(piece));
    const std::size_t start = m_mask.startIn(text);
    m_held = text.substr(start);
    m_text.append(text, 0, start);
    if (m_onText && start > 0) {
        m_onText(std::string_view(text).substr(0, start));
    }
}

Json ServerStream::body() const
{
    Json body{{"choices",
               {{{"index", 0},
                 {"finish_reason", m_finish},
                 {"message", {{"role", "assistant"}, {"content", m_text + m_mask.maskedEnd(m_held)}}}}}}};
    if (!m_usage.is_null()) {
        body["usage"] = m_usage;
    }
    return body;
}

} // namespace transept
