#pragma once

#include <QtTest/QTest>

#include <utility>

namespace transept::test {

/// How long a test waits for what must come, in milliseconds. It ends a test that would never end; it proves
/// nothing about speed, so it is far longer than the five seconds of Qt Test, which a loaded machine exceeds.
inline constexpr int patience = 20000;

template<typename Condition>
bool waitFor(Condition condition)
{
    return QTest::qWaitFor(std::move(condition), patience);
}

} // namespace transept::test

// The macros of Qt Test with this patience.
#undef QTRY_VERIFY
#define QTRY_VERIFY(expression) QTRY_VERIFY_WITH_TIMEOUT(expression, transept::test::patience)
#undef QTRY_VERIFY2
#define QTRY_VERIFY2(expression, text) QTRY_VERIFY2_WITH_TIMEOUT(expression, text, transept::test::patience)
#undef QTRY_COMPARE
#define QTRY_COMPARE(actual, expected) QTRY_COMPARE_WITH_TIMEOUT(actual, expected, transept::test::patience)
