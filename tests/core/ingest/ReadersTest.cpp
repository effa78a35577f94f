#include "core/ingest/RecordReader.h"
#include "core/ingest/TextSource.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

using namespace transept;

class ReadersTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void delimitersSplitFields_data();
    void delimitersSplitFields();
    void quotesHoldDelimitersLineEndsAndDoubledQuotes();
    void backslashedQuotesOfBookCrossingAreRead();
    void lineEndsOfAnySystemAreRead_data();
    void lineEndsOfAnySystemAreRead();
    void physicalLinesAreCountedAcrossQuotedLineEnds();
    void strayQuoteCostsOneLine();
    void textBehindAQuoteCostsOneLine();
    void delimiterAtTheEndIsNoColumn();
    void wrongNumberOfFieldsIsSaid();
    void cutEntitiesAreRepaired();
    void offsetsPointIntoTheText();
    void rowsOverTheReadingBlockAreWhole();
    void eventsOfALineAreRows();
    void itemsOfAListAreRows();
    void badEventIsARowOfItsOwn();
    void negativesOfALineAreRows();
    void lineThatIsNoInteractionIsSaid();
    void membersOfAJsonMapAreRows();
    void truncatedJsonIsSaid();
    void openWorkspaceIsNotReadAsText();

private:
    std::string read(std::string_view bytes, const Format& format, std::size_t columns = 0) const;

    test::Temporary m_folder;
};

/// "1[a|b] 2!sentence": line numbers, fields, problems; "3-": blank.
std::string ReadersTest::read(std::string_view bytes, const Format& format, std::size_t columns) const
{
    auto reader = openRecords(m_folder.write("file.txt", bytes), format, columns);
    if (!reader) {
        return describe(reader.error());
    }
    std::string picture;
    Record record;
    Result<bool> more = (*reader)->next(record);
    for (; more && *more; more = (*reader)->next(record)) {
        picture += (picture.empty() ? "" : " ") + std::to_string(record.line);
        if (record.blank) {
            picture += "-";
            continue;
        }
        if (record.problem) {
            picture += "!" + describe({.sentence = record.problem->sentence,
                                       .arguments = record.problem->arguments});
            continue;
        }
        picture += "[";
        for (std::size_t at = 0; at < record.fields.size(); ++at) {
            picture += (at == 0 ? "" : "|") + std::string(record.fields[at]);
        }
        picture += "]";
    }
    return more ? picture : describe(more.error());
}

void ReadersTest::delimitersSplitFields_data()
{
    QTest::addColumn<QByteArray>("delimiter");
    QTest::addColumn<QByteArray>("text");
    for (const char* delimiter : {",", "\t", ";", "|", " ", "::"}) {
        const QByteArray d(delimiter);
        QTest::newRow(delimiter) << d << QByteArray("a" + d + "bc" + d + "d\n1" + d + "2" + d + "3");
    }
}

void ReadersTest::delimitersSplitFields()
{
    QFETCH(QByteArray, delimiter);
    QFETCH(QByteArray, text);

    const std::string picture = read(text.toStdString(), {.delimiter = delimiter.toStdString()});

    QCOMPARE(picture, "1[a|bc|d] 2[1|2|3]");
}

void ReadersTest::quotesHoldDelimitersLineEndsAndDoubledQuotes()
{
    QCOMPARE(read("a,\"b,c\",\"d \"\"e\"\"\"\n\"x\ny\",,\"\"\nlast,1,2\n", {}),
             "1[a|b,c|d \"e\"] 2[x\ny||] 4[last|1|2]");
    QCOMPARE(read("a,\"b\nc\n", {.quote = '\0'}), "1[a|\"b] 2[c]");
    QCOMPARE(read("a,say \"hi\"\n", {}), "1[a|say \"hi\"]");
}

void ReadersTest::backslashedQuotesOfBookCrossingAreRead()
{
    QCOMPARE(read("\"1\";\"The \\\"Best\\\" Book\";\"C:\\\"\n", {.delimiter = ";"}),
             "1[1|The \"Best\" Book|C:\\]");
}

void ReadersTest::lineEndsOfAnySystemAreRead_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("LF") << QByteArray("a,b\nc,d\n");
    QTest::newRow("CRLF") << QByteArray("a,b\r\nc,d\r\n");
    QTest::newRow("CR") << QByteArray("a,b\rc,d\r");
    QTest::newRow("none at the end") << QByteArray("a,b\nc,d");
    QTest::newRow("doubled CR") << QByteArray("a,b\r\r\nc,d\r\r\n");
}

void ReadersTest::lineEndsOfAnySystemAreRead()
{
    QFETCH(QByteArray, text);

    QCOMPARE(read(text.toStdString(), {}), "1[a|b] 2[c|d]");
}

void ReadersTest::physicalLinesAreCountedAcrossQuotedLineEnds()
{
    QCOMPARE(read("a,\"1\n2\n3\"\n\nb,2\n", {}), "1[a|1\n2\n3] 4- 5[b|2]");
}

void ReadersTest::strayQuoteCostsOneLine()
{
    std::string text = "a,\"oops\n";
    for (int line = 0; line < 3000; ++line) {
        text += "b,1\n";
    }

    const std::string picture = read(text, {});

    QVERIFY(picture.starts_with("1!A quote opens in this line and does not close."));
    QVERIFY(picture.find(" 2[b|1] 3[b|1]") != std::string::npos);
    QVERIFY(picture.ends_with(" 3001[b|1]"));
}

void ReadersTest::textBehindAQuoteCostsOneLine()
{
    const std::string picture = read("\"a\" b,1\nc,2\n", {});

    QVERIFY(picture.starts_with("1!Text follows a closing quote."));
    QVERIFY(picture.ends_with(" 2[c|2]"));
}

void ReadersTest::delimiterAtTheEndIsNoColumn()
{
    QCOMPARE(read("a,b,\nc,d\n", {}, 2), "1[a|b] 2[c|d]");
}

void ReadersTest::wrongNumberOfFieldsIsSaid()
{
    QCOMPARE(read("a,b,c\nd\n", {}, 2),
             "1!The row has 3 fields instead of 2. 2!The row has 1 fields instead of 2.");
}

void ReadersTest::cutEntitiesAreRepaired()
{
    const Format format{.delimiter = "\t", .quote = '\0', .repairEntities = true};

    QCOMPARE(read("1\tA &amp\t B\tC\t\n2\tD\tE\t\n3\tF\tG\tH\tI\n", format, 3),
             "1[1|A &amp; B|C] 2[2|D|E] 3!The row has 5 fields instead of 3.");
}

void ReadersTest::offsetsPointIntoTheText()
{
    const std::string text = "a,1\r\n\r\n\"b\nc\",2\r\nd,3";
    auto reader = openRecords(m_folder.write("offsets.csv", text), {}, 0);
    QVERIFY_OK(reader);
    Record record;
    while (*(*reader)->next(record)) {
        QCOMPARE(text.substr(static_cast<std::size_t>(record.offset), record.raw.size()), record.raw);
    }
    QCOMPARE((*reader)->offset(), static_cast<std::int64_t>(text.size()));
}

void ReadersTest::rowsOverTheReadingBlockAreWhole()
{
    std::string text;
    for (int row = 0; row < 60'000; ++row) {
        text += "user" + std::to_string(row) + ",\"a\nb\"\n";
    }
    auto reader = openRecords(m_folder.write("large.csv", text), {}, 2);
    QVERIFY_OK(reader);
    Record record;
    for (int row = 0; row < 60'000; ++row) {
        QVERIFY(*(*reader)->next(record));
        QVERIFY(!record.problem);
        QCOMPARE(record.fields[0], "user" + std::to_string(row));
        QCOMPARE(record.fields[1], "a\nb");
        QCOMPARE(record.line, 1 + 2 * row);
    }
    QVERIFY(!*(*reader)->next(record));
}

void ReadersTest::eventsOfALineAreRows()
{
    const Format format{.layout = Format::Layout::Events, .delimiter = " "};

    QCOMPARE(read("7 1|10 2|20\n\n8 3|30 \n9\n", format),
             "1[7|1|10] 1[7|2|20] 2- 3[8|3|30] 4!The line has a user and no event.");
}

void ReadersTest::itemsOfAListAreRows()
{
    const Format format{.layout = Format::Layout::ItemList, .delimiter = "\t"};

    QCOMPARE(read("1\t5,6,7\r\n2\t8\r\n", format), "1[1|5] 1[1|6] 1[1|7] 2[2|8]");
}

void ReadersTest::badEventIsARowOfItsOwn()
{
    const Format format{.layout = Format::Layout::Events, .delimiter = " "};

    QCOMPARE(read("7 1|10 2|20|3 4\n", format),
             "1[7|1|10] 1!2|20|3 is not an event of the form item|time. 1[7|4|]");
}

void ReadersTest::negativesOfALineAreRows()
{
    const Format format{.layout = Format::Layout::Negatives, .delimiter = "\t", .quote = '\0'};

    QCOMPARE(read("(0, 25)\t1064\t174\n\n(1,7)\t3\t\r\n ('A 1', \"B-2\") \t x \t\ty", format),
             "1[0|25|1064] 1[0|25|174] 2- 3[1|7|3] 4[A 1|B-2|x] 4[A 1|B-2|] 4[A 1|B-2|y]");
}

void ReadersTest::lineThatIsNoInteractionIsSaid()
{
    const Format format{.layout = Format::Layout::Negatives, .delimiter = "\t", .quote = '\0'};
    const std::string tail = "\" is not an interaction of the form (user, item) with a tab behind it.";

    QCOMPARE(read("0\t25\t1\n(0, 1, 2)\t3\n(0 1)\t2\n(0, 1\t2\n(0, 1)\n(0, 1)\t\n(0, 1)\t2\n", format),
             "1!\"0" + tail + " 2!\"(0, 1, 2)" + tail + " 3!\"(0 1)" + tail + " 4!\"(0, 1" + tail +
                 " 5!The line has an interaction and no negative. 6!The line has an interaction and no "
                 "negative. 7[0|1|2]");
}

void ReadersTest::membersOfAJsonMapAreRows()
{
    const Format format{.layout = Format::Layout::JsonMap};

    QCOMPARE(read(R"({"B0": [1, 0], "x, \"y\"}": [22, "kitchen"]})", format),
             "1[B0|1|0] 1[x, \"y\"}|22|kitchen]");
    QCOMPARE(read("{\n\"u\": 3,\n\"v\": {}\n}\n", format),
             "2[u|3] 3!The value of v is not a number, a text or a list of these.");
}

void ReadersTest::truncatedJsonIsSaid()
{
    const std::string picture = read(R"({"B0": [1, 0], "B1": [2)", {.layout = Format::Layout::JsonMap});

    QVERIFY(picture.starts_with("1[B0|1|0] 1!The file is not valid JSON from here on."));
}

/// To close one of its files by other means would give up the locks on it.
void ReadersTest::openWorkspaceIsNotReadAsText()
{
    const std::filesystem::path file = m_folder.path("open.transept");
    {
        const Workspace workspace = m_folder.workspace("open.transept");
        QVERIFY_OK(workspace.database().execute("INSERT INTO platform(name) VALUES('web')"));
        for (const char* ending : {"", "-wal", "-shm"}) {
            const std::filesystem::path name = file.string() + ending;
            QVERIFY(std::filesystem::exists(name));

            const Result<ByteSource> source = ByteSource::open(name, false);

            QVERIFY(!source);
            QCOMPARE(source.error().code, ErrorCode::InvalidInput);
            QVERIFY(describe(source.error()).find("is a workspace that is open") != std::string::npos);
        }
    }
    QVERIFY_OK(ByteSource::open(file, false));
}

QTEST_GUILESS_MAIN(ReadersTest)
#include "ReadersTest.moc"
