#include "core/knowledge/Redaction.h"

#include <QtTest/QTest>

namespace transept {

class RedactionTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void replacesWhatIsPersonal_data();
    void replacesWhatIsPersonal();
    void namesAreContentInACatalogue();
    void countsWhatItFound();
    void onlyReviewFieldsAreWrittenByPeople();
    void hugeTextsTakeNoTime_data();
    void hugeTextsTakeNoTime();
};

void RedactionTest::replacesWhatIsPersonal_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");

    const auto is = [](const char* text, const char* expected) { QTest::newRow(text) << text << expected; };
    const auto stays = [&](const char* text) { is(text, text); };
    is("write to jo.doe+x@mail.example.com, please", "write to [e-mail], please");
    is("jo (at) example (dot) com", "[e-mail]");
    is("jo[at]example[dot]org!", "[e-mail]!");
    is("call +49 30 1234567 now", "call [phone] now");
    is("call (030) 123-4567", "call [phone]");
    is("1-800-555-0199", "[phone]");
    is("138-1234-5678", "[phone]");
    is("电话13812345678，邮箱a@b.cn。", "电话[number]，邮箱[e-mail]。");
    is("card 4111111111111111 was charged", "card [number] was charged");
    is("by A3SGXH7AUHU8GW on", "by [number] on");
    is("id 123e4567-e89b-12d3-a456-426614174000.", "id [number].");
    is("My name is Jane O'Neill and I liked it", "My name is [name] and I liked it");
    is("as Dr. Smith says", "as Dr. [name] says");
    is("thanks @film_fan99", "thanks [name]");
    is("Great. Regards, John Miller", "Great. Regards, [name]");
    is("Loved it. - Mary Ann", "Loved it. - [name]");
    is("我叫王小明", "我叫[name]");
    is("李老师推荐的", "[name]老师推荐的");
    stays("The Matrix (1999)");
    stays("2001: A Space Odyssey");
    stays("from 1990-1995 and 2001-02-03 or 3.2.2001");
    stays("sold 10 000 000 copies at $12.99");
    stays("pi is 3.14159265");
    stays("ISBN 978-3-16-148410-0");
    stays("ISBN 9783161484100");
    stays("I am Legend");
    stays("meet me @ home");
    stays("Windows 95 and 98");
    stays("Apollo 11 of 1969");
    stays("my name is unknown");
    stays("我的先生很喜欢");
    stays("a@b");
    stays("");
}

void RedactionTest::replacesWhatIsPersonal()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    Redactions found;

    const std::string kept = redacted(text.toStdString(), TextKind::WrittenByPeople, found);

    QCOMPARE(QString::fromStdString(kept), expected);
    QCOMPARE(found.count() > 0, text != expected);
}

void RedactionTest::namesAreContentInACatalogue()
{
    Redactions found;

    QCOMPARE(redacted("Dr. Strange meets Mr. Bean - Jim Carrey", TextKind::Catalogue, found),
             std::string("Dr. Strange meets Mr. Bean - Jim Carrey"));
    QCOMPARE(found.count(), 0);
}

void RedactionTest::countsWhatItFound()
{
    Redactions found;
    const ItemText item{
        .title = "Dr. Who, +44 20 7946 0958",
        .fields = {{"description", "write to a@b.example"}, {"review_text", "Dr. Who is best"}}};

    const ItemText kept = redacted(item, found);

    QCOMPARE(kept.title, std::string("Dr. Who, [phone]"));
    QCOMPARE(kept.fields[0].second, std::string("write to [e-mail]"));
    QCOMPARE(kept.fields[1].second, std::string("Dr. [name] is best"));
    QCOMPARE(found.phones, 1);
    QCOMPARE(found.addresses, 1);
    QCOMPARE(found.names, 1);
    QCOMPARE(found.count(), 3);
}

void RedactionTest::onlyReviewFieldsAreWrittenByPeople()
{
    for (const char* field : {"review", "ReviewText", "comments", "短评", "feedback_de"}) {
        QVERIFY2(isWrittenByPeople(field), field);
    }
    for (const char* field : {"title", "description", "genre", "cast"}) {
        QVERIFY2(!isWrittenByPeople(field), field);
    }
}

void RedactionTest::hugeTextsTakeNoTime_data()
{
    QTest::addColumn<QString>("piece");
    for (const char* piece : {"a.", "12 ", "1-", "@", "Mr Aa ", "aaaaaaaa", "我叫", "A1", "(at)"}) {
        QTest::newRow(piece) << piece;
    }
}

void RedactionTest::hugeTextsTakeNoTime()
{
    QFETCH(QString, piece);
    std::string text;
    while (text.size() < 500'000) {
        text += piece.toStdString();
    }
    Redactions found;
    const auto start = std::chrono::steady_clock::now();

    (void)redacted(text, TextKind::WrittenByPeople, found);

    QVERIFY(std::chrono::steady_clock::now() - start < std::chrono::seconds(4));
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::RedactionTest)
#include "RedactionTest.moc"
