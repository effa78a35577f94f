#include "core/data/NegativesReader.h"
#include "core/data/Split.h"
#include "tests/support/Datasets.h"
#include "tests/support/Interactions.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

#include <map>
#include <set>

namespace transept {

class GivenNegativesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyInteractionHasItsOwn();
    void readAsTheyStandInTheWorkspace();
    void accountsOfAPersonAddUp();
    void laterImportsAreLeftOut();
    void heldOutPartsHaveThem();
    void fingerprintTellsThemAndNothingElse();
    void negativesOutsideTheSelectionAreRefused();
    void stopIsHeard();

private:
    Dataset loaded(const DataSelection& selection, const std::optional<DataExtent>& upTo = {}) const
    {
        Dataset data = test::valueOf(loadDataset(*m_workspace, selection, {}, upTo));
        if (const Status read = loadNegatives(*m_workspace, data, {}); !read) {
            throw std::runtime_error(describe(read.error()));
        }
        return data;
    }
    /// "dune emma": the keys of what an interaction of the films is ranked among.
    std::string keysOf(const Dataset& data, const char* user, const char* item) const;
    void fill();

    std::optional<test::Temporary> m_folder;
    std::optional<Workspace> m_workspace;
};

void GivenNegativesTest::fill()
{
    m_folder.emplace();
    m_workspace.emplace(m_folder->workspace());
    test::fill(
        *m_workspace,
        "films: ann dune 5 train, ann emma 4 test, ann it 4 valid, bob dune 3 test, bob emma 5, cid up 2\n"
        "books: ann it 5, bob up 4");
    test::giveNegatives(*m_workspace, "films", "ann", "emma", {"up", "dune"});
    test::giveNegatives(*m_workspace, "films", "ann", "it", {"up"});
    test::giveNegatives(*m_workspace, "books", "ann", "it", {"up"});
}

std::string GivenNegativesTest::keysOf(const Dataset& data, const char* user, const char* item) const
{
    const auto users = std::ranges::find(data.users, test::personOf(*m_workspace, user));
    const auto items = std::ranges::find(data.target.items, test::itemOf(*m_workspace, "films", item));
    std::set<std::string> keys;
    for (const ItemRow row : data.negatives->of(static_cast<UserRow>(users - data.users.begin()),
                                                static_cast<ItemRow>(items - data.target.items.begin()))) {
        for (const char* key : {"dune", "emma", "it", "up"}) {
            if (data.target.items[index(row)] == test::itemOf(*m_workspace, "films", key)) {
                keys.insert(key);
            }
        }
    }
    std::string text;
    for (const std::string& key : keys) {
        text += (text.empty() ? "" : " ") + key;
    }
    return text;
}

void GivenNegativesTest::everyInteractionHasItsOwn()
{
    Random random(3);
    std::vector<GivenNegative> all;
    std::map<std::pair<UserRow, ItemRow>, std::set<ItemRow>> expected;
    const auto row = [&](std::uint64_t below) { return static_cast<std::int32_t>(random.below(below)); };
    for (int each = 0; each < 3000; ++each) {
        all.push_back({.user = UserRow{row(20)}, .item = ItemRow{row(15)}, .negative = ItemRow{row(40)}});
        expected[{all.back().user, all.back().item}].insert(all.back().negative);
    }

    const GivenNegatives negatives(all);

    std::size_t size = 0;
    for (std::int32_t user = 0; user < 25; ++user) {
        for (std::int32_t item = 0; item < 20; ++item) {
            const auto own = negatives.of(UserRow{user}, ItemRow{item});
            const auto& wanted = expected[{UserRow{user}, ItemRow{item}}];
            QVERIFY(std::ranges::equal(own, wanted));
            size += wanted.size();
        }
    }
    QCOMPARE(negatives.size(), size);
    QVERIFY(GivenNegatives().of(UserRow{0}, ItemRow{0}).empty());
}

void GivenNegativesTest::readAsTheyStandInTheWorkspace()
{
    fill();

    const Dataset data = loaded({.target = "films", .sources = {"books"}});

    QCOMPARE(keysOf(data, "ann", "emma"), "dune up");
    QCOMPARE(keysOf(data, "ann", "it"), "up");
    QCOMPARE(keysOf(data, "bob", "dune"), "");
    QCOMPARE(data.negatives->size(), std::size_t{3}); // none of the books'
}

void GivenNegativesTest::accountsOfAPersonAddUp()
{
    fill();
    test::fill(*m_workspace, "games: ann chess 5");
    QVERIFY_OK(m_workspace->database().execute(
        "INSERT INTO account(platform, key, person) SELECT platform, 'anna', person FROM account WHERE key = "
        "'ann';"
        "INSERT INTO given_negative(domain, account, item, negative, import, line)"
        " SELECT 1, (SELECT id FROM account WHERE key = 'anna'), a.id, b.id, 1, 1 FROM item a, item b"
        " WHERE a.domain = 1 AND b.domain = 1 AND a.key = 'it' AND b.key IN ('up', 'emma')"));

    QCOMPARE(keysOf(loaded({.target = "films"}), "ann", "it"), "emma up");
}

void GivenNegativesTest::laterImportsAreLeftOut()
{
    fill();
    const DataExtent before = test::valueOf(extentOf(*m_workspace));
    test::giveNegatives(*m_workspace, "films", "bob", "dune", {"it"});

    QCOMPARE(keysOf(loaded({.target = "films"}), "bob", "dune"), "it");
    QCOMPARE(keysOf(loaded({.target = "films"}, before), "bob", "dune"), "");
    QCOMPARE(keysOf(loaded({.target = "films"}, before), "ann", "emma"), "dune up");
}

void GivenNegativesTest::heldOutPartsHaveThem()
{
    fill();
    const Dataset data = loaded({.target = "films"});

    const SplitData parts = test::valueOf(split(data, {.kind = SplitSpec::Kind::Given}));

    QVERIFY(parts.test.negatives == data.negatives);
    QVERIFY(parts.validation.negatives == data.negatives);
}

void GivenNegativesTest::fingerprintTellsThemAndNothingElse()
{
    fill();
    const Dataset plain = test::valueOf(loadDataset(*m_workspace, {.target = "films"}, {}));
    const Dataset data = loaded({.target = "films"});
    const Dataset withSource = loaded({.target = "films", .sources = {"books"}});

    QCOMPARE(std::ranges::count(fingerprintOf(plain), '.'), std::ptrdiff_t{1});
    QCOMPARE(fingerprintOf(data), fingerprintOf(plain) + "." + data.negativesFingerprint);
    QCOMPARE(withSource.negativesFingerprint, data.negativesFingerprint);
    QCOMPARE(loaded({.target = "films"}).negativesFingerprint, data.negativesFingerprint);

    test::giveNegatives(*m_workspace, "films", "bob", "dune", {"it"});

    QVERIFY(loaded({.target = "films"}).negativesFingerprint != data.negativesFingerprint);
    QCOMPARE(fingerprintOf(test::valueOf(loadDataset(*m_workspace, {.target = "films"}, {}))),
             fingerprintOf(plain));
}

void GivenNegativesTest::negativesOutsideTheSelectionAreRefused()
{
    fill();
    Dataset data = test::valueOf(loadDataset(*m_workspace, {.target = "films", .minItem = 2}, {}));

    const Status read = loadNegatives(*m_workspace, data, {});

    QVERIFY(!read);
    QCOMPARE(read.error().code, ErrorCode::InvalidInput);
    QVERIFY2(
        describe(read.error()).starts_with("1 of 2 given negatives are no items of the selection from films"),
        describe(read.error()).c_str());
}

void GivenNegativesTest::stopIsHeard()
{
    fill();
    QVERIFY_OK(m_workspace->database().execute(
        "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 9999)"
        " INSERT INTO given_negative(domain, account, item, negative, import, line)"
        " SELECT 1, 1, 1, 1000 + i, 1, 1 FROM n"));
    Dataset data = test::valueOf(loadDataset(*m_workspace, {.target = "films"}, {}));
    std::stop_source stop;
    stop.request_stop();

    const Status read = loadNegatives(*m_workspace, data, {.stop = stop.get_token()});

    QVERIFY(!read);
    QCOMPARE(read.error().code, ErrorCode::Cancelled);
    QVERIFY(data.negatives == nullptr);
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::GivenNegativesTest)
#include "GivenNegativesTest.moc"
