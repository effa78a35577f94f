#include "core/model/Registry.h"

#include "core/base/Words.h"
#include "core/model/Imported.h"
#include "core/model/Methods.h"

namespace transept {

std::span<const MethodDescription> methods()
{
    static const std::vector<MethodDescription> all = [] {
        std::vector<MethodDescription> descriptions;
        for (const auto describeMethod : allMethods) {
            descriptions.push_back(describeMethod());
        }
        return descriptions;
    }();
    return all;
}

Result<const MethodDescription*> findMethod(std::string_view name)
{
    static const MethodDescription imported = describeImported();
    if (name == imported.name) {
        return &imported;
    }
    std::vector<std::string> names;
    for (const MethodDescription& method : methods()) {
        if (method.name == name) {
            return &method;
        }
        names.push_back(method.name);
    }
    if (const auto nearest = nearestWord(name, names)) {
        return fail(ErrorCode::NotFound,
                    TRANSLATABLE("errors", "There is no method %1. Did you mean %2? There are: %3."),
                    {std::string(name), *nearest, listed(names)});
    }
    return fail(ErrorCode::NotFound,
                TRANSLATABLE("errors", "There is no method %1. There are: %2."),
                {std::string(name), listed(names)});
}

} // namespace transept
