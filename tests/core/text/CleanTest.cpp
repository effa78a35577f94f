#include "core/text/Clean.h"

#include <QtTest/QTest>

namespace transept {

class CleanTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAsPeopleWouldReadIt_data();
    void readsAsPeopleWouldReadIt();
    void cleanTextStaysAsItIs();
};

void CleanTest::readsAsPeopleWouldReadIt_data()
{
    QTest::addColumn<QByteArray>("raw");
    QTest::addColumn<QByteArray>("clean");

    QTest::newRow("plain") << QByteArray("Tea & cake") << QByteArray("Tea & cake");
    QTest::newRow("named entity") << QByteArray("Salt &amp; Pepper") << QByteArray("Salt & Pepper");
    QTest::newRow("entity encoded twice")
        << QByteArray("Tom&amp;#39;s &amp;quot;Inn&amp;quot;") << QByteArray("Tom's \"Inn\"");
    QTest::newRow("entity without its semicolon")
        << QByteArray("Norton &amp Company") << QByteArray("Norton & Company");
    QTest::newRow("decimal and hexadecimal") << QByteArray("caf&#233; &#x4E66;") << QByteArray("café 书");
    QTest::newRow("surrogate is no character") << QByteArray("a&#xD800;b") << QByteArray("a&#xD800;b");
    QTest::newRow("unknown name stays") << QByteArray("AT&T;x &nosuch;") << QByteArray("AT&T;x &nosuch;");
    QTest::newRow("tags become line ends")
        << QByteArray("<p>One</p><br/>two <b>three</b>") << QByteArray("One\ntwo\nthree");
    QTest::newRow("escaped tags") << QByteArray("&lt;b&gt;Bold&lt;/b&gt; move") << QByteArray("Bold\nmove");
    QTest::newRow("title in angle brackets")
        << QByteArray("<harmony/> & <3") << QByteArray("<harmony/> & <3");
    QTest::newRow("unfinished tag") << QByteArray("a <b and c") << QByteArray("a <b and c");
    QTest::newRow("comment") << QByteArray("a<!-- no -->b") << QByteArray("a\nb");
    QTest::newRow("addresses") << QByteArray("see https://example.org/a?b=1 or www.example.org.")
                               << QByteArray("see\nor");
    QTest::newRow("blanks") << QByteArray("  a \t b\xC2\xA0\xE3\x80\x80 c \n\n d ") << QByteArray("a b c\nd");
    QTest::newRow("bytes that are no UTF-8") << QByteArray("a\xFF\xC3(b\xE4\xB8") << QByteArray("a (b");
    QTest::newRow("empty") << QByteArray() << QByteArray();
}

void CleanTest::readsAsPeopleWouldReadIt()
{
    QFETCH(QByteArray, raw);
    QFETCH(QByteArray, clean);

    QCOMPARE(QByteArray::fromStdString(cleanText(raw.toStdString())), clean);
}

void CleanTest::cleanTextStaysAsItIs()
{
    const std::string text = cleanText("<p>Fish &amp; chips, 12.5 oz &#8211; “crispy”</p> 中文 http://x.y");

    QCOMPARE(cleanText(text), text);
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::CleanTest)
#include "CleanTest.moc"
