#include "core/model/Imported.h"

#include "core/model/Registry.h"
#include "tests/core/model/ModelTesting.h"
#include "tests/support/Datasets.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

#include <algorithm>
#include <cmath>
#include <limits>

namespace transept {
namespace {

using Entry = ImportedModel::Entry;

const std::vector<Entry> someLists{
    {UserRow{1}, ItemRow{2}, 0.5F}, {UserRow{1}, ItemRow{0}, 0.5F}, {UserRow{3}, ItemRow{1}, 7.0F}};
const std::vector<Entry> someRatings{{UserRow{0}, ItemRow{1}, 4.0F}, {UserRow{1}, ItemRow{2}, 2.5F}};

std::shared_ptr<const TrainingData> fewData()
{
    auto data = std::make_shared<TrainingData>();
    data->userCount = 4;
    data->target = test::domainOf("films", FeedbackKind::Explicit, 4, 3, test::generatedEvents(4, 3, 6, 3));
    return data;
}

std::vector<ItemRow> itemsOf(const ImportedModel& model, UserRow user)
{
    std::vector<ItemRow> items;
    for (const Entry& entry : model.listOf(user)) {
        items.push_back(entry.item);
    }
    return items;
}

} // namespace

class ImportedTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listsKeepTheirOrder();
    void whatIsNotSaidIsNotKnown();
    void restoredModelSaysTheSame();
    void foreignBytesAreRefused();
    void itCannotBeTrained();
};

void ImportedTest::listsKeepTheirOrder()
{
    const ImportedModel model(3, someLists, {});

    QCOMPARE(itemsOf(model, UserRow{1}), (std::vector{ItemRow{2}, ItemRow{0}}));
    QCOMPARE(itemsOf(model, UserRow{3}), std::vector{ItemRow{1}});
    QVERIFY(itemsOf(model, UserRow{2}).empty());
    QVERIFY(!model.predictsRatings());
}

void ImportedTest::whatIsNotSaidIsNotKnown()
{
    const ImportedModel lists(3, someLists, {});
    const ImportedModel ratings(3, {}, someRatings);
    std::vector<float> scores(3);

    lists.score(UserRow{1}, scores);
    QCOMPARE(scores, (std::vector{0.5F, -std::numeric_limits<float>::infinity(), 0.5F}));
    QVERIFY(ratings.predictsRatings());
    const std::vector items{ItemRow{2}, ItemRow{1}};
    std::vector<float> two(2);
    ratings.scoreItems(UserRow{1}, items, two);
    QCOMPARE(two[0], 2.5F);
    QVERIFY(std::isnan(two[1]));
}

void ImportedTest::restoredModelSaysTheSame()
{
    const auto data = fewData();
    const ImportedModel model(3, someLists, someRatings);
    const auto method = test::valueOf(findMethod("imported"))->create({});

    const auto restored = method->restore(data, *model.serialised());

    QVERIFY_OK(restored);
    const auto* same = dynamic_cast<const ImportedModel*>(restored->get());
    QVERIFY(same != nullptr);
    for (std::int32_t user = 0; user < 4; ++user) {
        QCOMPARE(itemsOf(*same, UserRow{user}), itemsOf(model, UserRow{user}));
    }
    QCOMPARE(*same->serialised(), *model.serialised());
}

void ImportedTest::foreignBytesAreRefused()
{
    const auto data = fewData();
    const ImportedModel more(9, {{UserRow{1}, ItemRow{8}, 1.0F}}, {});
    std::string damaged = *ImportedModel(3, someLists, {}).serialised();
    damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] + 1);

    for (const std::string& bytes : {*more.serialised(), damaged, std::string("IMPR"), std::string()}) {
        const auto restored = ImportedModel::restore(*data, bytes);
        QVERIFY(!restored.has_value());
        QCOMPARE(restored.error().code, ErrorCode::InvalidInput);
    }
}

void ImportedTest::itCannotBeTrained()
{
    const auto method = test::valueOf(findMethod("imported"))->create({});

    const auto fitted = method->fit(fewData(), {});

    QVERIFY(!fitted.has_value());
    QVERIFY(describe(fitted.error()).find("another program") != std::string::npos);
    QVERIFY(std::ranges::find(methods(), "imported", &MethodDescription::name) == methods().end());
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::ImportedTest)
#include "ImportedTest.moc"
