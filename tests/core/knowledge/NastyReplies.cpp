#include "tests/core/knowledge/NastyReplies.h"

namespace transept::test {
namespace {

using Answer = ScriptedServer::Answer;

std::string repeated(std::string_view piece, std::size_t count)
{
    std::string text;
    for (std::size_t time = 0; time < count; ++time) {
        text += piece;
    }
    return text;
}

/// What stands in the message of the model.
void addContents(std::vector<NastyReply>& all)
{
    const auto is = [&](const std::string& name, const std::string& content, Consequence consequence) {
        all.push_back({"content: " + name, ScriptedServer::chat(content), consequence, 2});
    };
    const std::string good = R"({"topic": "a", "mood": "b"})";
    is("empty", "", Consequence::Failed);
    is("blanks", " \n\t ", Consequence::Failed);
    is("prose", "I would be glad to help with that!", Consequence::Failed);
    is("refusal", "I'm sorry, but I cannot help with this request.", Consequence::Failed);
    is("prose before", "Of course. " + good, Consequence::Known);
    is("prose behind", good + " Anything else?", Consequence::Known);
    is("fenced", "```json\n" + good + "\n```", Consequence::Known);
    is("thoughts before", "<think>The film is old.</think>\n" + good, Consequence::Known);
    is("thoughts with braces", "<think>{ maybe }</think>" + good, Consequence::Failed);
    is("byte order mark", "\xEF\xBB\xBF" + good, Consequence::Known);
    is("empty object", "{}", Consequence::Failed);
    is("empty array", "[]", Consequence::Failed);
    is("array of the object", "[" + good + "]", Consequence::Known);
    is("two objects", good + good, Consequence::Failed);
    is("lines of objects", "{\"topic\": \"a\"}\n{\"mood\": \"b\"}", Consequence::Failed);
    is("object in a string", Json(good).dump(), Consequence::Failed);
    is("number", "7", Consequence::Failed);
    is("true", "true", Consequence::Failed);
    is("null", "null", Consequence::Failed);
    is("open brace", "{", Consequence::Failed);
    is("closing brace first", "} {", Consequence::Failed);
    is("cut in a key", R"({"topic": "a", "mo)", Consequence::Failed);
    is("cut in a text", R"({"topic": "a", "mood": "b)", Consequence::Failed);
    is("trailing comma", R"({"topic": "a", "mood": "b",})", Consequence::Failed);
    is("single quotes", "{'topic': 'a', 'mood': 'b'}", Consequence::Failed);
    is("keys without quotes", "{topic: \"a\", mood: \"b\"}", Consequence::Failed);
    is("comment", "{\"topic\": \"a\", /* hm */ \"mood\": \"b\"}", Consequence::Failed);
    is("not a number", R"({"topic": NaN, "mood": "b"})", Consequence::Failed);
    is("out of range", R"({"topic": 1e999, "mood": "b"})", Consequence::Failed);
    is("twice the key", R"({"topic": "a", "mood": "b", "topic": "c"})", Consequence::Failed);
    is("key missing", R"({"topic": "a"})", Consequence::Failed);
    is("keys in capitals", R"({"Topic": "a", "Mood": "b"})", Consequence::Failed);
    is("other keys", R"({"subject": "a", "feeling": "b"})", Consequence::Failed);
    is("further keys",
       R"({"topic": "a", "mood": "b", "password": "c", "n": {"x": [1]}})",
       Consequence::Known);
    is("object for a text", R"({"topic": {"main": "a"}, "mood": "b"})", Consequence::Failed);
    is("true for a text", R"({"topic": true, "mood": "b"})", Consequence::Failed);
    is("number for a text", R"({"topic": 7, "mood": "b"})", Consequence::Known);
    is("list for a text", R"({"topic": ["a", "c"], "mood": "b"})", Consequence::Known);
    is("list in a list", R"({"topic": [["a"]], "mood": "b"})", Consequence::Failed);
    is("list of objects", R"({"topic": [{"a": 1}], "mood": "b"})", Consequence::Failed);
    is("one text missing", R"({"topic": null, "mood": "b"})", Consequence::Known);
    is("both texts null", R"({"topic": null, "mood": null})", Consequence::None);
    is("both unknown", R"({"topic": "unknown", "mood": "N/A"})", Consequence::None);
    is("both empty", R"({"topic": "", "mood": " "})", Consequence::None);
    is("empty lists", R"({"topic": [], "mood": []})", Consequence::None);
    is("a long text", R"({"topic": ")" + std::string(20'000, 'x') + R"(", "mood": "b"})", Consequence::Known);
    is("a huge text",
       R"({"topic": ")" + std::string(2'000'000, 'x') + R"(", "mood": "b"})",
       Consequence::Failed);
    is("many keys",
       R"({"topic": "a", "mood": "b")" + repeated(R"(, "k": 1)", 50'000) + "}",
       Consequence::Failed);
    is("a long list", R"({"topic": [1)" + repeated(",1", 20'000) + R"(], "mood": "b"})", Consequence::Failed);
    is("deep arrays",
       R"({"topic": )" + repeated("[", 20'000) + repeated("]", 20'000) + R"(, "mood": "b"})",
       Consequence::Failed);
    is("deep objects", repeated(R"({"topic":)", 5'000) + "1" + repeated("}", 5'000), Consequence::Failed);
    is("HTML",
       R"({"topic": "<img src=https://x.invalid/a.png onerror=alert(1)>", "mood": "<b>b</b>"})",
       Consequence::Known);
    is("markdown link", R"j({"topic": "[click](https://x.invalid)", "mood": "b"})j", Consequence::Known);
    is("SQL", R"j({"topic": "'); DROP TABLE facet; --", "mood": "b"})j", Consequence::Known);
    is("formula", R"j({"topic": "=HYPERLINK(\"https://x.invalid\")", "mood": "b"})j", Consequence::Known);
    is("escaped NUL", R"({"topic": "a\u0000b", "mood": "b"})", Consequence::Known);
    is("lone surrogate", R"({"topic": "\ud800", "mood": "b"})", Consequence::Failed);
    is("turned direction", R"({"topic": "\u202Egnp.exe", "mood": "b"})", Consequence::Known);
    is("emoji", R"({"topic": "🎬🍿", "mood": "😀"})", Consequence::Known);
    is("Chinese", R"({"topic": "爱情", "mood": "温暖"})", Consequence::Known);
    is("raw line end in a text", "{\"topic\": \"a\nb\", \"mood\": \"b\"}", Consequence::Failed);
    is("XML", "<facets><topic>a</topic></facets>", Consequence::Failed);
    is("YAML", "topic: a\nmood: b\n", Consequence::Failed);
    is("the schema itself",
       R"({"type": "object", "properties": {"topic": {"type": "string"}}})",
       Consequence::Failed);
    is("call of a tool",
       R"({"name": "answer", "arguments": {"topic": "a", "mood": "b"}})",
       Consequence::Failed);
}

/// What stands around the message.
void addEnvelopes(std::vector<NastyReply>& all)
{
    const auto is =
        [&](const std::string& name, const std::string& body, Consequence consequence, int posts = 2) {
            all.push_back({"body: " + name, {.body = body}, consequence, posts});
        };
    const std::string message =
        R"("message": {"role": "assistant", "content": "{\"topic\": \"a\", \"mood\": \"b\"}"})";
    is("empty", "", Consequence::Failed, 1);
    is("text", "pong", Consequence::Failed, 1);
    is("web page", "<!DOCTYPE html><html><body>Welcome</body></html>", Consequence::Stops);
    is("cut", R"({"choices": [{"mess)", Consequence::Failed, 1);
    is("array", "[]", Consequence::Failed, 1);
    is("string", "\"ok\"", Consequence::Failed, 1);
    is("empty object", "{}", Consequence::Failed);
    is("no choice", R"({"choices": []})", Consequence::Failed);
    is("choices null", R"({"choices": null})", Consequence::Failed);
    is("choice null", R"({"choices": [null]})", Consequence::Failed);
    is("message null", R"({"choices": [{"message": null}]})", Consequence::Failed);
    is("content null", R"({"choices": [{"message": {"content": null}}]})", Consequence::Failed);
    is("content a number", R"({"choices": [{"message": {"content": 3}}]})", Consequence::Failed);
    is("content in parts",
       R"({"choices": [{"message": {"content": [{"type": "text", "text": "{}"}]}}]})",
       Consequence::Failed);
    is("cut at the limit",
       R"({"choices": [{"finish_reason": "length", )" + message + "}]}",
       Consequence::Failed);
    is("filtered",
       R"({"choices": [{"finish_reason": "content_filter", "message": {"content": ""}}]})",
       Consequence::Failed);
    is("error with status 200", R"({"error": {"message": "overloaded"}})", Consequence::Failed);
    is("tokens below 0",
       R"({"usage": {"prompt_tokens": -5}, "choices": [{)" + message + "}]}",
       Consequence::Known);
    is("tokens as text",
       R"({"usage": {"prompt_tokens": "many"}, "choices": [{)" + message + "}]}",
       Consequence::Known);
    is("usage null", R"({"usage": null, "choices": [{)" + message + "}]}", Consequence::Known);
    is("twice a key", R"({"choices": [], "choices": [{)" + message + "}]}", Consequence::Failed, 1);
    is("deep", repeated("[", 100'000), Consequence::Failed, 1);
    is("bytes that are no text", "{\"choices\": \"\xFF\xFE\"}", Consequence::Failed, 1);
    all.push_back({"body: Latin-1",
                   {.body = "{\"choices\": [{\"message\": {\"content\": \"caf\xE9\"}}]}",
                    .contentType = "application/json; charset=latin1"},
                   Consequence::Failed,
                   1});
    all.push_back({"body: called a web page",
                   {.body = R"({"choices": [{)" + message + "}]}", .contentType = "text/html"},
                   Consequence::Known,
                   1});
}

/// What the exchange itself does.
void addExchanges(std::vector<NastyReply>& all)
{
    const auto status = [&](int code, const std::string& said, Consequence consequence, int posts) {
        all.push_back({"status: " + std::to_string(code) + " " + said,
                       ScriptedServer::error(code, said),
                       consequence,
                       posts});
    };
    status(201, "created", Consequence::Stops, 1);
    status(204, "nothing", Consequence::Stops, 1);
    status(400, "bad request", Consequence::Failed, 1);
    status(400, "the prompt exceeds the context length", Consequence::Failed, 4);
    status(400, "invalid json_schema", Consequence::Failed, 3);
    status(400, "System role not supported", Consequence::Failed, 2);
    status(401, "no key", Consequence::Stops, 1);
    status(402, "pay", Consequence::Stops, 1);
    status(403, "forbidden", Consequence::Stops, 1);
    status(404, "model 'x' not found", Consequence::Stops, 1);
    status(405, "not allowed", Consequence::Stops, 1);
    status(408, "too slow", Consequence::Stops, 2);
    status(409, "conflict", Consequence::Stops, 2);
    status(413, "too large", Consequence::Failed, 4);
    status(418, "teapot", Consequence::Stops, 1);
    status(422, "unprocessable", Consequence::Failed, 1);
    status(429, "slow down", Consequence::Stops, 2);
    status(429, "insufficient_quota", Consequence::Stops, 1);
    status(500, "internal", Consequence::Stops, 2);
    status(502, "<html>Bad gateway</html>", Consequence::Stops, 2);
    status(503, "loading model", Consequence::Stops, 2);
    status(504, "gateway time-out", Consequence::Stops, 2);
    const auto answers = [&](const std::string& name, Answer answer, Consequence consequence, int posts) {
        all.push_back({"exchange: " + name, std::move(answer), consequence, posts});
    };
    const auto withHeader = [](int code, const char* header, const char* value) {
        Answer answer = ScriptedServer::error(code, "later");
        answer.headers = {{header, value}};
        return answer;
    };
    answers("comes back at once", withHeader(429, "Retry-After", "0"), Consequence::Stops, 2);
    answers("comes back in a second", withHeader(503, "Retry-After", "1"), Consequence::Stops, 2);
    answers("comes back in the past",
            withHeader(429, "Retry-After", "Wed, 21 Oct 2015 07:28:00 GMT"),
            Consequence::Stops,
            2);
    answers("comes back at no time", withHeader(429, "Retry-After", "soon"), Consequence::Stops, 2);
    answers("comes back before now", withHeader(429, "Retry-After", "-3"), Consequence::Stops, 2);
    for (const int code : {301, 302, 307, 308}) {
        answers("goes elsewhere, " + std::to_string(code),
                withHeader(code, "Location", "https://elsewhere.invalid/v1/chat/completions"),
                Consequence::Stops,
                1);
    }
    Answer slow = ScriptedServer::chat(R"({"topic": "a", "mood": "b"})");
    slow.pieceBytes = 16;
    slow.pause = std::chrono::milliseconds(400);
    answers("drips", slow, Consequence::Stops, 2);
    Answer cut = ScriptedServer::chat(R"({"topic": "a", "mood": "b"})");
    cut.pieceBytes = 16;
    cut.cutAfter = 48;
    answers("is cut off", cut, Consequence::Stops, 2);
}

} // namespace

std::vector<NastyReply> nastyReplies()
{
    std::vector<NastyReply> all;
    addContents(all);
    addEnvelopes(all);
    addExchanges(all);
    return all;
}

} // namespace transept::test
