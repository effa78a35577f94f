#include "core/experiment/JsonFields.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace transept {

tl::unexpected<Error> mustBe(const std::string& path, std::string_view wanted)
{
    return fail(
        ErrorCode::InvalidInput, TRANSLATABLE("errors", "%1 must be %2."), {path, std::string(wanted)});
}

const Json& valueAt(const Json& object, const std::string& key)
{
    static const Json absent;
    const auto found = object.find(key);
    return found == object.end() ? absent : *found;
}

Result<std::string> textAt(const Json& object, const std::string& key, const std::string& path)
{
    const Json& value = valueAt(object, key);
    if (value.is_null()) {
        return std::string();
    }
    return value.is_string() ? Result<std::string>(value.get<std::string>()) : mustBe(path, "a text");
}

Result<std::optional<double>> realAt(const Json& object, const std::string& key, const std::string& path)
{
    const Json& value = valueAt(object, key);
    if (value.is_null()) {
        return std::optional<double>{};
    }
    if (!value.is_number() || !std::isfinite(value.get<double>())) {
        return mustBe(path, "a number or null");
    }
    return std::optional(value.get<double>());
}

Result<bool> flagAt(const Json& object, const std::string& key, const std::string& path)
{
    const Json& value = valueAt(object, key);
    if (value.is_null()) {
        return false;
    }
    return value.is_boolean() ? Result<bool>(value.get<bool>()) : mustBe(path, "true or false");
}

Result<std::vector<std::string>> textsAt(const Json& object, const std::string& key, const std::string& path)
{
    const Json& value = valueAt(object, key);
    std::vector<std::string> texts;
    if (value.is_null()) {
        return texts;
    }
    if (!value.is_array()) {
        return mustBe(path, "a list of texts, as in [\"one\", \"two\"]");
    }
    for (const Json& each : value) {
        if (!each.is_string()) {
            return mustBe(fmt::format("{}[{}]", path, texts.size()), "a text");
        }
        const auto text = each.get<std::string>();
        if (std::find(texts.begin(), texts.end(), text) != texts.end()) {
            return fail(ErrorCode::InvalidInput,
                        TRANSLATABLE("errors", "%1 names %2 twice. Once is enough."),
                        {path, text});
        }
        texts.push_back(text);
    }
    return texts;
}

} // namespace transept
