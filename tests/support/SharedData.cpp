#include "tests/support/SharedData.h"

namespace transept::test {

std::optional<std::filesystem::path> sharedData()
{
    std::filesystem::path folder(TRANSEPT_SOURCE_DIR "/../shared/data");
    if (qEnvironmentVariableIsSet("TRANSEPT_SHARED_DATA")) {
        folder = qEnvironmentVariable("TRANSEPT_SHARED_DATA").toStdString();
    }
    std::error_code ignored;
    if (!std::filesystem::is_directory(folder, ignored)) {
        return std::nullopt;
    }
    return folder.lexically_normal();
}

bool sharedDataIsRequired()
{
    return qEnvironmentVariableIsSet("TRANSEPT_REQUIRE_SHARED_DATA");
}

std::filesystem::path fixture(const char* name)
{
    return std::filesystem::path(TRANSEPT_SOURCE_DIR) / "tests" / "fixtures" / name;
}

} // namespace transept::test
