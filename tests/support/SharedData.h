#pragma once

#include <QtTest/QTest>

#include <filesystem>
#include <optional>

namespace transept::test {

/// The folder of real data sets beside the project (or where TRANSEPT_SHARED_DATA says); nothing when it is
/// absent.
std::optional<std::filesystem::path> sharedData();

/// True when a missing folder must fail the test instead of skipping it (TRANSEPT_REQUIRE_SHARED_DATA, set in
/// CI).
bool sharedDataIsRequired();

/// A small file kept with the tests: tests/fixtures/NAME.
std::filesystem::path fixture(const char* name);

} // namespace transept::test

/// Skips the test function when the real data sets are not there; in CI that is a failure.
#define NEED_SHARED_DATA()                                                                                   \
    do {                                                                                                     \
        if (!transept::test::sharedData()) {                                                                 \
            if (transept::test::sharedDataIsRequired()) {                                                    \
                QFAIL("the real data sets (../shared/data) are required here");                              \
            }                                                                                                \
            QSKIP("needs the real data sets in ../shared/data");                                             \
        }                                                                                                    \
    } while (false)
