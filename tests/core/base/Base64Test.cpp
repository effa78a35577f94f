#include "core/base/Base64.h"

#include <QtCore/QByteArray>
#include <QtTest/QTest>

namespace transept {

class Base64Test final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textIsThatOfQt();
    void bytesComeBack();
    void otherTextsAreRefused_data();
    void otherTextsAreRefused();
};

namespace {

std::string bytesOf(int length)
{
    std::string bytes;
    for (int at = 0; at < length; ++at) {
        bytes += static_cast<char>(at * 151 + 77);
    }
    return bytes;
}

} // namespace

void Base64Test::textIsThatOfQt()
{
    for (int length = 0; length < 70; ++length) {
        const std::string bytes = bytesOf(length);
        QCOMPARE(base64(bytes), QByteArray::fromStdString(bytes).toBase64().toStdString());
    }
}

void Base64Test::bytesComeBack()
{
    for (int length = 0; length < 70; ++length) {
        QCOMPARE(bytesOfBase64(base64(bytesOf(length))), std::optional(bytesOf(length)));
    }
}

void Base64Test::otherTextsAreRefused_data()
{
    QTest::addColumn<std::string>("text");
    QTest::newRow("too short") << std::string("AAA");
    QTest::newRow("a letter that is none") << std::string("AA*A");
    QTest::newRow("space") << std::string(" AAAA   ");
    QTest::newRow("padding within") << std::string("A=AA");
    QTest::newRow("padding at the beginning of a group") << std::string("AAAA====");
    QTest::newRow("numbers") << std::string("[0.5, 0.25, 1.0]");
}

void Base64Test::otherTextsAreRefused()
{
    QFETCH(std::string, text);
    QVERIFY(!bytesOfBase64(text));
}

} // namespace transept

QTEST_APPLESS_MAIN(transept::Base64Test)
#include "Base64Test.moc"
