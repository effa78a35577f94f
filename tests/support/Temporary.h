#pragma once

#include "core/store/Workspace.h"

#include <QtCore/QTemporaryDir>

#include <filesystem>
#include <string_view>

namespace transept::test {

/// A folder of its own for one test, gone afterwards.
class Temporary
{
public:
    std::filesystem::path path(std::string_view name) const;

    /// Writes a file with these bytes and returns its path.
    std::filesystem::path write(std::string_view name, std::string_view bytes) const;

    /// A new workspace; the test fails when it cannot be made.
    Workspace workspace(std::string_view name = "test.transept") const;

private:
    QTemporaryDir m_folder;
};

/// The whole content of a file.
std::string contentOf(const std::filesystem::path& file);

} // namespace transept::test

/// Passes when the Result holds a value; else fails the test and prints the error's sentence.
#define QVERIFY_OK(result)                                                                                   \
    do {                                                                                                     \
        const auto& checkedResult = (result);                                                                \
        QVERIFY2(checkedResult.has_value(),                                                                  \
                 checkedResult.has_value() ? "" : transept::describe(checkedResult.error()).c_str());        \
    } while (false)
