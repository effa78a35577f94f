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
    const auto is = [&](const std::string& name, const std::string& content, Outcome outcome) {
        all.push_back({"content: " + name, ScriptedServer::chat(content), outcome, 2});
    };
    const std::string good = R"({"topic": "a", "mood": "b"})";
    is("empty", "", Outcome::Failed);
    is("blanks", " \n\t ", Outcome::Failed);
    is("prose", "I would be glad to help with that!", Outcome::Failed);
    is("refusal", "I'm sorry, but I cannot help with this request.", Outcome::Failed);
    is("prose before", "Of course. " + good, Outcome::Known);
    is("prose behind", good + " Anything else?", Outcome::Known);
    is("fenced", "```json\n" + good + "\n```", Outcome::Known);
    is("thoughts before", "<think>The film is old.</think>\n" + good, Outcome::Known);
    is("thoughts with braces", "<think>{ maybe }</think>" + good, Outcome::Failed);
    is("byte order mark", "\xEF\xBB\xBF" + good, Outcome::Known);
    is("empty object", "{}", Outcome::Failed);
    is("empty array", "[]", Outcome::Failed);
    is("array of the object", "[" + good + "]", Outcome::Known);
    is("two objects", good + good, Outcome::Failed);
    is("lines of objects", "{\"topic\": \"a\"}\n{\"mood\": \"b\"}", Outcome::Failed);
    is("object in a string", Json(good).dump(), Outcome::Failed);
    is("number", "7", Outcome::Failed);
    is("true", "true", Outcome::Failed);
    is("null", "null", Outcome::Failed);
    is("open brace", "{", Outcome::Failed);
    is("closing brace first", "} {", Outcome::Failed);
    is("cut in a key", R"({"topic": "a", "mo)", Outcome::Failed);
    is("cut in a text", R"({"topic": "a", "mood": "b)", Outcome::Failed);
    is("trailing comma", R"({"topic": "a", "mood": "b",})", Outcome::Failed);
    is("single quotes", "{'topic': 'a', 'mood': 'b'}", Outcome::Failed);
    is("keys without quotes", "{topic: \"a\", mood: \"b\"}", Outcome::Failed);
    is("comment", "{\"topic\": \"a\", /* hm */ \"mood\": \"b\"}", Outcome::Failed);
    is("not a number", R"({"topic": NaN, "mood": "b"})", Outcome::Failed);
    is("out of range", R"({"topic": 1e999, "mood": "b"})", Outcome::Failed);
    is("twice the key", R"({"topic": "a", "mood": "b", "topic": "c"})", Outcome::Failed);
    is("key missing", R"({"topic": "a"})", Outcome::Failed);
    is("keys in capitals", R"({"Topic": "a", "Mood": "b"})", Outcome::Failed);
    is("other keys", R"({"subject": "a", "feeling": "b"})", Outcome::Failed);
    is("further keys", R"({"topic": "a", "mood": "b", "password": "c", "n": {"x": [1]}})", Outcome::Known);
    is("object for a text", R"({"topic": {"main": "a"}, "mood": "b"})", Outcome::Failed);
    is("true for a text", R"({"topic": true, "mood": "b"})", Outcome::Failed);
    is("number for a text", R"({"topic": 7, "mood": "b"})", Outcome::Known);
    is("list for a text", R"({"topic": ["a", "c"], "mood": "b"})", Outcome::Known);
    is("list in a list", R"({"topic": [["a"]], "mood": "b"})", Outcome::Failed);
    is("list of objects", R"({"topic": [{"a": 1}], "mood": "b"})", Outcome::Failed);
    is("one text missing", R"({"topic": null, "mood": "b"})", Outcome::Known);
    is("both texts null", R"({"topic": null, "mood": null})", Outcome::None);
    is("both unknown", R"({"topic": "unknown", "mood": "N/A"})", Outcome::None);
    is("both empty", R"({"topic": "", "mood": " "})", Outcome::None);
    is("empty lists", R"({"topic": [], "mood": []})", Outcome::None);
    is("a long text", R"({"topic": ")" + std::string(20'000, 'x') + R"(", "mood": "b"})", Outcome::Known);
    is("a huge text", R"({"topic": ")" + std::string(2'000'000, 'x') + R"(", "mood": "b"})", Outcome::Failed);
    is("many keys", R"({"topic": "a", "mood": "b")" + repeated(R"(, "k": 1)", 50'000) + "}", Outcome::Failed);
    is("a long list", R"({"topic": [1)" + repeated(",1", 20'000) + R"(], "mood": "b"})", Outcome::Failed);
    is("deep arrays",
       R"({"topic": )" + repeated("[", 20'000) + repeated("]", 20'000) + R"(, "mood": "b"})",
       Outcome::Failed);
    is("deep objects", repeated(R"({"topic":)", 5'000) + "1" + repeated("}", 5'000), Outcome::Failed);
    is("HTML",
       R"({"topic": "<img src=https://x.invalid/a.png onerror=alert(1)>", "mood": "<b>b</b>"})",
       Outcome::Known);
    is("markdown link", R"j({"topic": "[click](https://x.invalid)", "mood": "b"})j", Outcome::Known);
    is("SQL", R"j({"topic": "'); DROP TABLE facet; --", "mood": "b"})j", Outcome::Known);
    is("formula", R"j({"topic": "=HYPERLINK(\"https://x.invalid\")", "mood": "b"})j", Outcome::Known);
    is("escaped NUL", R"({"topic": "a\u0000b", "mood": "b"})", Outcome::Known);
    is("lone surrogate", R"({"topic": "\ud800", "mood": "b"})", Outcome::Failed);
    is("turned direction", R"({"topic": "\u202Egnp.exe", "mood": "b"})", Outcome::Known);
    is("emoji", R"({"topic": "🎬🍿", "mood": "😀"})", Outcome::Known);
    is("Chinese", R"({"topic": "爱情", "mood": "温暖"})", Outcome::Known);
    is("raw line end in a text", "{\"topic\": \"a\nb\", \"mood\": \"b\"}", Outcome::Failed);
    is("XML", "<facets><topic>a</topic></facets>", Outcome::Failed);
    is("YAML", "topic: a\nmood: b\n", Outcome::Failed);
    is("the schema itself",
       R"({"type": "object", "properties": {"topic": {"type": "string"}}})",
       Outcome::Failed);
    is("call of a tool", R"({"name": "answer", "arguments": {"topic": "a", "mood": "b"}})", Outcome::Failed);
}

/// What stands around the message.
void addEnvelopes(std::vector<NastyReply>& all)
{
    const auto is = [&](const std::string& name, const std::string& body, Outcome outcome, int posts = 2) {
        all.push_back({"body: " + name, {.body = body}, outcome, posts});
    };
    const std::string message =
        R"("message": {"role": "assistant", "content": "{\"topic\": \"a\", \"mood\": \"b\"}"})";
    is("empty", "", Outcome::Failed, 1);
    is("text", "pong", Outcome::Failed, 1);
    is("web page", "<!DOCTYPE html><html><body>Welcome</body></html>", Outcome::Stops);
    is("cut", R"({"choices": [{"mess)", Outcome::Failed, 1);
    is("array", "[]", Outcome::Failed, 1);
    is("string", "\"ok\"", Outcome::Failed, 1);
    is("empty object", "{}", Outcome::Failed);
    is("no choice", R"({"choices": []})", Outcome::Failed);
    is("choices null", R"({"choices": null})", Outcome::Failed);
    is("choice null", R"({"choices": [null]})", Outcome::Failed);
    is("message null", R"({"choices": [{"message": null}]})", Outcome::Failed);
    is("content null", R"({"choices": [{"message": {"content": null}}]})", Outcome::Failed);
    is("content a number", R"({"choices": [{"message": {"content": 3}}]})", Outcome::Failed);
    is("content in parts",
       R"({"choices": [{"message": {"content": [{"type": "text", "text": "{}"}]}}]})",
       Outcome::Failed);
    is("cut at the limit", R"({"choices": [{"finish_reason": "length", )" + message + "}]}", Outcome::Failed);
    is("filtered",
       R"({"choices": [{"finish_reason": "content_filter", "message": {"content": ""}}]})",
       Outcome::Failed);
    is("error with status 200", R"({"error": {"message": "overloaded"}})", Outcome::Failed);
    is("tokens below 0",
       R"({"usage": {"prompt_tokens": -5}, "choices": [{)" + message + "}]}",
       Outcome::Known);
    is("tokens as text",
       R"({"usage": {"prompt_tokens": "many"}, "choices": [{)" + message + "}]}",
       Outcome::Known);
    is("usage null", R"({"usage": null, "choices": [{)" + message + "}]}", Outcome::Known);
    is("twice a key", R"({"choices": [], "choices": [{)" + message + "}]}", Outcome::Failed, 1);
    is("deep", repeated("[", 100'000), Outcome::Failed, 1);
    is("bytes that are no text", "{\"choices\": \"\xFF\xFE\"}", Outcome::Failed, 1);
    all.push_back({"body: Latin-1",
                   {.body = "{\"choices\": [{\"message\": {\"content\": \"caf\xE9\"}}]}",
                    .contentType = "application/json; charset=latin1"},
                   Outcome::Failed,
                   1});
    all.push_back({"body: called a web page",
                   {.body = R"({"choices": [{)" + message + "}]}", .contentType = "text/html"},
                   Outcome::Known,
                   1});
}

/// What the exchange itself does.
void addExchanges(std::vector<NastyReply>& all)
{
    const auto status = [&](int code, const std::string& said, Outcome outcome, int posts) {
        all.push_back({"status: " + std::to_string(code) + " " + said,
                       ScriptedServer::error(code, said),
                       outcome,
                       posts});
    };
    status(201, "created", Outcome::Stops, 1);
    status(204, "nothing", Outcome::Stops, 1);
    status(400, "bad request", Outcome::Failed, 1);
    status(400, "the prompt exceeds the context length", Outcome::Failed, 4);
    status(400, "invalid json_schema", Outcome::Failed, 3);
    status(400, "System role not supported", Outcome::Failed, 2);
    status(401, "no key", Outcome::Stops, 1);
    status(402, "pay", Outcome::Stops, 1);
    status(403, "forbidden", Outcome::Stops, 1);
    status(404, "model 'x' not found", Outcome::Stops, 1);
    status(405, "not allowed", Outcome::Stops, 1);
    status(408, "too slow", Outcome::Stops, 2);
    status(409, "conflict", Outcome::Stops, 2);
    status(413, "too large", Outcome::Failed, 4);
    status(418, "teapot", Outcome::Stops, 1);
    status(422, "unprocessable", Outcome::Failed, 1);
    status(429, "slow down", Outcome::Stops, 2);
    status(429, "insufficient_quota", Outcome::Stops, 1);
    status(500, "internal", Outcome::Stops, 2);
    status(502, "<html>Bad gateway</html>", Outcome::Stops, 2);
    status(503, "loading model", Outcome::Stops, 2);
    status(504, "gateway time-out", Outcome::Stops, 2);
    const auto answers = [&](const std::string& name, Answer answer, Outcome outcome, int posts) {
        all.push_back({"exchange: " + name, std::move(answer), outcome, posts});
    };
    const auto withHeader = [](int code, const char* header, const char* value) {
        Answer answer = ScriptedServer::error(code, "later");
        answer.headers = {{header, value}};
        return answer;
    };
    answers("comes back at once", withHeader(429, "Retry-After", "0"), Outcome::Stops, 2);
    answers("comes back in a second", withHeader(503, "Retry-After", "1"), Outcome::Stops, 2);
    answers("comes back in the past",
            withHeader(429, "Retry-After", "Wed, 21 Oct 2015 07:28:00 GMT"),
            Outcome::Stops,
            2);
    answers("comes back at no time", withHeader(429, "Retry-After", "soon"), Outcome::Stops, 2);
    answers("comes back before now", withHeader(429, "Retry-After", "-3"), Outcome::Stops, 2);
    for (const int code : {301, 302, 307, 308}) {
        answers("goes elsewhere, " + std::to_string(code),
                withHeader(code, "Location", "https://elsewhere.invalid/v1/chat/completions"),
                Outcome::Stops,
                1);
    }
    Answer slow = ScriptedServer::chat(R"({"topic": "a", "mood": "b"})");
    slow.pieceBytes = 16;
    slow.pause = std::chrono::milliseconds(400);
    answers("drips", slow, Outcome::Stops, 2);
    Answer cut = ScriptedServer::chat(R"({"topic": "a", "mood": "b"})");
    cut.pieceBytes = 16;
    cut.cutAfter = 48;
    answers("is cut off", cut, Outcome::Stops, 2);
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
