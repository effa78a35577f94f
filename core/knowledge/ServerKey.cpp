#include "core/knowledge/ServerKey.h"

#include "core/knowledge/Extractor.h"

#include <cstdlib>
#include <mutex>

namespace transept {
namespace {

std::mutex sourceMutex;
std::shared_ptr<const KeySource> source;

} // namespace

void setKeySource(std::shared_ptr<const KeySource> newSource)
{
    const std::lock_guard lock(sourceMutex);
    source = std::move(newSource);
}

std::optional<std::string> serverKey(const std::string& environmentVariable, const std::string& server)
{
    if (!environmentVariable.empty()) {
        const char* value =
            std::getenv(environmentVariable.c_str()); // NOLINT(concurrency-mt-unsafe): nobody writes it
        if (value != nullptr && *value != '\0') {
            return value;
        }
    }
    std::shared_ptr<const KeySource> present;
    {
        const std::lock_guard lock(sourceMutex);
        present = source;
    }
    return present ? present->key(environmentVariable, server) : std::nullopt;
}

} // namespace transept
